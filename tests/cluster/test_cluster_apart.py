"""Two workers in two network namespaces, each with folders of its own: nothing is shared but the network.

Scheduler and workers each see empty folders of their own where the course and its submissions are (mount namespaces),
and reach each other through a bridge only. Needs root and `ip`; only addresses of these namespaces are talked to.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from small_course import RIGHT, WRONG, records, write_course

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTS = {"scheduler": "10.77.6.1", "one": "10.77.6.2", "two": "10.77.6.3", "client": "10.77.6.4"}
BRIDGE = "ag6bridge"
DASK = str(Path(sysconfig.get_path("scripts"), "dask"))
VARIES = {"started_at", "seconds", "cpu_seconds"}


def ip(*arguments: str) -> bool:
    """One `ip` command."""
    return subprocess.run(["ip", *arguments], check=False, capture_output=True).returncode == 0


@pytest.fixture
def apart() -> Iterator[None]:
    """A network namespace per host, tied to a bridge that lives in the scheduler's."""
    if os.geteuid() != 0 or shutil.which("ip") is None or shutil.which("unshare") is None:
        pytest.skip("needs root, ip and unshare: network namespaces are made")
    with contextlib.ExitStack() as stack:
        for host in HOSTS:
            stack.callback(ip, "netns", "del", f"ag6{host}")
            if not ip("netns", "add", f"ag6{host}"):
                pytest.skip("this machine makes no network namespaces")
        ip("-n", "ag6scheduler", "link", "add", BRIDGE, "type", "bridge")
        for host, address in HOSTS.items():
            plug = f"ag6{host[:3]}"
            assert ip("-n", "ag6scheduler", "link", "add", f"{plug}s", "type", "veth", "peer", "name", plug)
            ip("-n", "ag6scheduler", "link", "set", f"{plug}s", "master", BRIDGE, "up")
            if host == "scheduler":
                ip("-n", "ag6scheduler", "addr", "add", f"{address}/24", "dev", BRIDGE)
            else:
                ip("-n", "ag6scheduler", "link", "set", plug, "netns", f"ag6{host}")
                ip("-n", f"ag6{host}", "addr", "add", f"{address}/24", "dev", plug)
                ip("-n", f"ag6{host}", "link", "set", plug, "up")
            ip("-n", f"ag6{host}", "link", "set", "lo", "up")
        ip("-n", "ag6scheduler", "link", "set", BRIDGE, "up")
        yield


def on(host: str, hidden: Path, *command: str) -> subprocess.Popen[str]:
    """Start a command on a host: in its network, with folders `hidden` and /tmp that are empty and its own."""
    own = f'mount -t tmpfs tmpfs {hidden}; mount -t tmpfs tmpfs /tmp; cd /tmp; exec "$@"'
    inside = ["unshare", "-m", "--propagation", "private", "sh", "-c", own, "sh", *command]
    return subprocess.Popen(["ip", "netns", "exec", f"ag6{host}", *inside], stderr=subprocess.DEVNULL, text=True)


@contextlib.contextmanager
def running(*processes: subprocess.Popen[str]) -> Iterator[None]:
    """End them afterwards."""
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(30)


@pytest.mark.full
@pytest.mark.usefixtures("apart")
def test_no_shared_folder(tmp_path: Path) -> None:
    """Same records as on this machine, though no worker ever sees the client's course or submissions."""
    sources = {f"s{number}": [RIGHT, WRONG][number % 2] for number in range(8)}
    here = write_course(tmp_path / "course", sources)
    subprocess.run([sys.executable, "-m", "autograder", "grade", "--jobs", "1"], cwd=here, check=True)
    expected = {who: essence(record) for who, record in records(here).items()}
    address = f"tcp://{HOSTS['scheduler']}:8786"
    scheduler = on("scheduler", tmp_path, DASK, "scheduler", "--host", HOSTS["scheduler"], "--no-dashboard")
    workers = [
        on(name, tmp_path, DASK, "worker", address, "--nthreads", "1", "--no-dashboard") for name in ("one", "two")
    ]
    with running(scheduler, *workers):
        time.sleep(1)
        grade = [sys.executable, "-m", "autograder", "grade", "--force", "--cluster", address]
        done = subprocess.run(
            ["ip", "netns", "exec", "ag6client", *grade], cwd=here, capture_output=True, text=True, check=False
        )

    assert (done.returncode, done.stderr) == (0, "")
    assert {who: essence(record) for who, record in records(here).items()} == expected


def essence(record: dict[str, Any]) -> dict[str, Any]:
    """A record less its times."""
    return {key: value for key, value in record.items() if key not in VARIES}
