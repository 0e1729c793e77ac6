"""Nobody waits in silence, or for ever: a scheduler that hangs, workers that leave, hang or never come."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from clusters import Local, local, until
from distributed import Client
from small_course import autograder, records, write_course

from autograder.course.settings import load_course
from autograder.errors import UsageError
from autograder.grading import dask_client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SLOW = "import time\ndef double(x):\n    time.sleep(0.4)\n    return 2 * x\n"
STOPS = r"autograder: the scheduler at tcp://\S+ {}, and run the same command again; what is done is kept .*"
HURRY = """
import sys
from autograder.grading import dask_client, progress, scheduler
dask_client.SAY_SECONDS, dask_client.ANSWER_SECONDS, dask_client.IDLE_SECONDS = 1, 6, 9
dask_client._COUNT_SECONDS = progress.WAIT_SECONDS = scheduler._LOOK_SECONDS = 0.5
from autograder.cli.main import run
run()
"""


@contextlib.contextmanager
def stopped(pid: int) -> Iterator[None]:
    """A process that hangs for a while."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def retire(found: Local) -> contextlib.AbstractContextManager[None]:
    """Have all workers leave for good."""
    with Client(found.address, set_as_default=False) as client:
        client.retire_workers(list(client.nthreads()), close_workers=True)
    return contextlib.nullcontext()


FAULTS: dict[str, tuple[Callable[[Local], contextlib.AbstractContextManager[None]], str, str]] = {
    "a scheduler that hangs": (
        lambda found: stopped(found.process.pid),
        r"waiting \d s for s\d+ \(tiny\).*: the scheduler at tcp://\S+ does not answer",
        "has not answered for \\d+ s: see to it",
    ),
    "workers that leave": (
        retire,
        r"waiting \d s for s\d+ \(tiny\).*: the scheduler at tcp://\S+ has no worker",
        "has had no worker for \\d+ s: start some",
    ),
}


@pytest.mark.parametrize(
    "fault",
    [name if name == "a scheduler that hangs" else pytest.param(name, marks=pytest.mark.full) for name in FAULTS],
)
def test_in_the_middle_of_a_run(tmp_path: Path, fault: str) -> None:
    """A line says who is waited for and why; at the limit the run stops with exit code 1, and keeps what is done."""
    act, waits, stops = FAULTS[fault]
    root = write_course(tmp_path / "course", {f"s{number:02}": SLOW for number in range(10)})
    with local(1, tmp_path / "workers") as found:
        command = [sys.executable, "-c", HURRY, "grade", "--cluster", found.address]
        run = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        until(lambda: len(records(root)) >= 2)
        with act(found):
            _, told = run.communicate(timeout=300)

    lines = told.splitlines()
    assert run.returncode == 1, told
    assert any(re.match(waits, line) for line in lines), told
    assert re.fullmatch(STOPS.format(stops), lines[-1]), told
    assert {record["status"] for record in records(root).values()} == {"graded"}
    assert f"not graded again: {len(records(root))}" in autograder(root, "grade", "--jobs", "1").stdout


@pytest.mark.rotating("cluster waits")
def test_a_scheduler_that_hangs_from_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the connection and says nothing: no longer than it takes to see that nobody answers."""
    monkeypatch.setattr(dask_client, "CONNECT_SECONDS", 1.0)
    root = write_course(tmp_path / "course")
    with (
        local(0, tmp_path / "workers") as found,
        stopped(found.process.pid),
        pytest.raises(UsageError, match="no Dask scheduler answers at"),
    ):
        dask_client.ClusterPool(load_course(root), found.address, ["tiny"], sandbox=True)


@pytest.mark.rotating("cluster waits")
def test_a_worker_that_hangs_from_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its versions can't be asked for: a line says so after a while, and then the run does not begin."""
    monkeypatch.setattr(dask_client, "SAY_SECONDS", 0.5)
    monkeypatch.setattr(dask_client, "ANSWER_SECONDS", 2.0)
    root = write_course(tmp_path / "course")
    with local(1, tmp_path / "workers") as found:
        with Client(found.address, set_as_default=False) as client:
            (pid,) = client.run(os.getpid).values()
        with stopped(pid), pytest.raises(UsageError, match=r"every worker of .* has not answered for 2 s"):
            dask_client.ClusterPool(load_course(root), found.address, ["tiny"], sandbox=True)

    assert "s for every worker of the scheduler at" in capsys.readouterr().err


@pytest.mark.rotating("cluster waits")
def test_no_worker_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A scheduler without workers is not waited for in silence."""
    monkeypatch.setattr(dask_client, "SAY_SECONDS", 0.2)
    monkeypatch.setattr(dask_client, "JOIN_SECONDS", 1.0)
    root = write_course(tmp_path / "course")
    with local(0, tmp_path / "workers") as found, pytest.raises(UsageError, match="no worker has joined"):
        dask_client.ClusterPool(load_course(root), found.address, ["tiny"], sandbox=True)

    assert "s for a worker of the scheduler at" in capsys.readouterr().err
