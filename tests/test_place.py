"""Faults of the place, for real: a share that goes away, too little memory, room or a low ulimit, kills."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_course import COMMAND, RIGHT, WRONG, autograder, records, scores, write_course

from autograder.grading import machine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


MEMORY, PIDS = Path("/sys/fs/cgroup/memory"), Path("/sys/fs/cgroup/pids")
SLOW = "import time\ndef double(x):\n    time.sleep(0.1)\n    return 2 * x\n"
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: something is mounted or limited")
needs_v1 = pytest.mark.skipif(not os.access(MEMORY / "cgroup.procs", os.W_OK), reason="needs a v1 memory controller")


# ---------------------------------------------------------------- the share


@pytest.mark.rotating
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_share_that_drops_out(tmp_path: Path, jobs: str) -> None:
    """The folder moved away in the middle of a run is one line and exit code 1, nobody's zero; the next run goes on."""
    root = write_course(tmp_path, {f"s{number:02}": SLOW for number in range(30)})
    run = subprocess.Popen(
        [COMMAND, "grade", "--jobs", jobs], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while not records(root) and time.monotonic() < deadline:
        time.sleep(0.02)
    (root / "submitted").rename(root / "away")
    _, told = run.communicate(timeout=120)

    assert run.returncode == 1
    assert len([line for line in told.splitlines() if "the folder of submissions submitted can't be read" in line]) == 1
    assert "Traceback" not in told
    assert set(scores(root).values()) == {4.0}
    assert 0 < len(records(root)) < 30

    (root / "away").rename(root / "submitted")
    assert autograder(root, "grade", "--jobs", "2").returncode == 0
    assert list(scores(root).values()) == [4.0] * 30


@needs_root
def test_a_machine_without_room_for_semaphores(tmp_path: Path) -> None:
    """A /dev/shm that can't be written to is one line with what to do, and that works; as in a chroot without it."""
    root = write_course(tmp_path, {f"s{number:02}": RIGHT for number in range(20)})
    mounts = 'mount -t tmpfs -o ro tmpfs /dev/shm && exec "$@"'
    apart = ["unshare", "-m", "--propagation", "private", "sh", "-c", mounts, "sh", COMMAND, "grade", "--jobs"]
    two, one = (
        subprocess.run([*apart, jobs], cwd=root, capture_output=True, text=True, check=False) for jobs in ("2", "1")
    )

    assert two.returncode == 1
    assert "processes can't share semaphores here, in /dev/shm: Read-only file system" in two.stderr
    assert "Traceback" not in two.stderr + two.stdout
    assert (one.returncode, set(scores(root).values())) == (0, {4.0})


@pytest.mark.rotating("drops out")
@needs_root
def test_a_mount_that_goes_away(tmp_path: Path) -> None:
    """A share that is unmounted in the middle of a run, in a mount namespace, leaves an empty folder: nobody's zero."""
    root = write_course(tmp_path / "course", {f"s{number:02}": SLOW for number in range(16)})
    share = tmp_path / "share"
    share.mkdir()
    mounts = (
        f"mount --bind submitted {share} && mount -t tmpfs tmpfs submitted && mount --bind {share} submitted && "
        'exec "$@"'
    )
    apart = ["unshare", "-m", "--propagation", "private", "sh", "-c", mounts, "sh"]
    run = subprocess.Popen(
        [*apart, COMMAND, "grade", "--jobs", "1"], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 240
    while not records(root) and time.monotonic() < deadline:
        time.sleep(0.02)
    inside = ["nsenter", "-t", str(run.pid), "-m", "umount", "-l", str(root / "submitted")]
    subprocess.run(inside, check=True)
    _, told = run.communicate(timeout=240)

    assert run.returncode == 1
    assert "the folder of submissions submitted is empty: bring it back" in told
    assert "Traceback" not in told
    assert set(scores(root).values()) == {4.0}
    assert 0 < len(records(root)) < 16
    assert autograder(root, "grade", "--jobs", "1").returncode == 0
    assert list(scores(root).values()) == [4.0] * 16


@pytest.mark.rotating("drops out")
def test_one_folder_that_drops_out(tmp_path: Path) -> None:
    """A submission that was seen when the run began and is gone is a grader error; who never handed in has a zero."""
    root = write_course(tmp_path, {f"s{number:02}": SLOW for number in range(20)} | {"t": RIGHT})
    shutil.rmtree(root / "submitted" / "t" / "tiny")
    run = subprocess.Popen([COMMAND, "grade", "--jobs", "1"], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not records(root) and time.monotonic() < deadline:
        time.sleep(0.02)
    shutil.rmtree(root / "submitted" / "s19" / "tiny")
    run.communicate(timeout=120)

    assert run.returncode == 1
    assert (records(root)["s19"]["status"], scores(root)["s19"]) == ("grader_error", None)
    assert "is gone" in records(root)["s19"]["message"]
    assert (records(root)["t"]["status"], scores(root)["t"]) == ("rejected", 0.0)


# ---------------------------------------------------------------- ulimits


@pytest.mark.rotating
@pytest.mark.parametrize(
    ("option", "figure", "jobs"),
    [
        ("-v 500000", "488 MiB", "1"),
        ("-v 500000", "488 MiB", "2"),
        ("-f 1000", "MiB", "1"),
        ("-t 5", "5", "1"),
        ("-u 4", "0 more threads and processes" if os.geteuid() else "4 more threads and processes", "1"),
    ],
)
def test_a_low_ulimit_is_refused(tmp_path: Path, option: str, figure: str, jobs: str) -> None:
    """One line with the figures before anything is graded, exit code 2; the records that are there stay."""
    root = write_course(tmp_path, {f"s{number}": RIGHT for number in range(8)})
    assert autograder(root, "grade").returncode == 0
    before = {path: path.read_bytes() for path in (root / "results" / "tiny").glob("*.json")}
    done = autograder(
        root, "grade", "--force", "--jobs", jobs, before=("bash", "-c", f'ulimit {option}; exec "$0" "$@"')
    )

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert f"`ulimit {option[:2]}`" in done.stderr
    assert figure in done.stderr
    assert {path: path.read_bytes() for path in before} == before


# ---------------------------------------------------------------- memory


@pytest.fixture
def small_group() -> Iterator[Callable[[int], tuple[str, ...]]]:
    """`small_group(mib)`: what to put before a command so that it runs in a memory cgroup of that size."""
    with group(MEMORY) as folder:

        def prefix(mib: int) -> tuple[str, ...]:
            (folder / "memory.limit_in_bytes").write_text(str(mib * 2**20))
            return into(folder)

        yield prefix


def into(folder: Path) -> tuple[str, ...]:
    """What to put before a command so that it runs in a cgroup."""
    return ("bash", "-c", f'echo $$ > {folder}/cgroup.procs; exec "$0" "$@"')


@contextlib.contextmanager
def group(controller: Path) -> Iterator[Path]:
    """A cgroup of version 1."""
    folder = controller / f"autograder-test-{os.getpid()}"
    folder.mkdir()
    yield folder
    for _ in range(100):
        try:
            folder.rmdir()
        except OSError:  # the last process is on its way out
            time.sleep(0.05)
        else:
            return


@needs_root
@needs_v1
@pytest.mark.parametrize("jobs", [pytest.param("1", marks=pytest.mark.full), "2"])
def test_a_server_that_can_not_start(tmp_path: Path, small_group: Callable[[int], tuple[str, ...]], jobs: str) -> None:
    """Where the warm server is killed for want of memory the run stops with what would do; good records stay."""
    root = write_course(tmp_path, {f"s{number}": RIGHT for number in range(8)})
    assert autograder(root, "grade").returncode == 0
    before = {path: path.read_bytes() for path in (root / "results" / "tiny").glob("*.json")}
    done = autograder(root, "grade", "--force", "--jobs", jobs, before=small_group(150 if jobs == "1" else 300))

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "need" in done.stderr
    assert {path: path.read_bytes() for path in before} == before


@needs_root
@needs_v1
def test_less_memory_than_promised(tmp_path: Path, small_group: Callable[[int], tuple[str, ...]]) -> None:
    """A program within its 2 GiB that the kernel kills is a grader error; who takes too much by itself has its zero."""
    takes = "def double(x):\n    a = bytearray({})\n    for i in range(0, len(a), 4096): a[i] = 1\n    return 2 * x\n"
    root = write_course(tmp_path, {"ann": RIGHT, "bob": takes.format("2**30"), "cyd": takes.format("4 * 2**30")})
    done = autograder(root, "grade", "--jobs", "1", before=small_group(900))

    assert done.returncode == 1
    assert "may need" in done.stderr
    assert scores(root) == {"ann": 4.0, "bob": None, "cyd": 0.0}
    assert "ran out of memory" in records(root)["bob"]["message"]


def test_memory_of_both_kinds_of_cgroups(tmp_path: Path) -> None:
    """What is left is the least of all groups around us, less files that can be let go; kills are counted in ours."""
    mine = tmp_path / "cgroup"
    for name, files in {
        "v2/a/b": {"memory.max": "max", "memory.current": "5", "memory.events": "low 0\noom 3\noom_kill 2\n"},
        "v2/a": {"memory.max": "1000", "memory.current": "700", "memory.stat": "anon 1\ninactive_file 50\n"},
        "v1/memory/c": {
            "memory.limit_in_bytes": "400", "memory.usage_in_bytes": "300", "memory.oom_control": "oom_kill 7\n",
        },
    }.items():  # fmt: skip
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
        for file, text in files.items():
            (tmp_path / name / file).write_text(text)
    mine.write_text("0::/a/b\n")
    assert (machine.memory(tmp_path / "v2", mine), machine.oom_kills(tmp_path / "v2", mine)) == (350, 2)
    mine.write_text("4:memory:/c\n0::/\n")
    assert (machine.memory(tmp_path / "v1", mine), machine.oom_kills(tmp_path / "v1", mine)) == (100, 7)


# ---------------------------------------------------------------- threads


@needs_root
@pytest.mark.skipif(not os.access(PIDS / "cgroup.procs", os.W_OK), reason="needs a v1 pids controller")
def test_fewer_threads_than_promised(tmp_path: Path) -> None:
    """A warning with the figures; who can't start threads that are allowed is a grader error, and nobody else is."""
    starts = (
        "import threading, time\ndef double(x):\n"
        "    found = [threading.Thread(target=time.sleep, args=[0.1]) for _ in range(30)]\n"
        "    for each in found: each.start()\n    for each in found: each.join()\n    return 2 * x\n"
    )
    root = write_course(tmp_path, {"ann": RIGHT, "bob": starts, "cyd": WRONG})
    assert autograder(root, "grade", "--student", "bob", "--jobs", "1").returncode == 0
    assert scores(root) == {"bob": 4.0}
    with group(PIDS) as folder:
        (folder / "pids.max").write_text("30")
        done = autograder(root, "grade", "--force", "--jobs", "1", before=into(folder))

        assert done.returncode == 1
        assert re.search(r"\d+ more threads and processes can be started here, .*; 1 at once may need 72", done.stderr)
        assert scores(root) == {"ann": 4.0, "bob": 4.0, "cyd": 1.0}, "a good record of the same file stands"
        assert "could not start its threads" in done.stderr


def test_tasks_of_both_kinds_of_cgroups(tmp_path: Path) -> None:
    """The least of all groups around us, and of `ulimit -u`."""
    mine = tmp_path / "cgroup"
    for name, most, now in (("v2/a/b", "max", "5"), ("v2/a", "100", "70"), ("v1/pids/c", "50", "48")):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
        (tmp_path / name / "pids.max").write_text(most)
        (tmp_path / name / "pids.current").write_text(now)
    mine.write_text("0::/a/b\n")
    assert machine.free_tasks(tmp_path / "v2", mine) == 30
    mine.write_text("8:pids:/c\n0::/\n")
    assert machine.free_tasks(tmp_path / "v1", mine) == 2


# ---------------------------------------------------------------- room


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A temporary folder of 12 MiB."""
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m,mode=1777", "tmpfs", str(folder)], check=True)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@needs_root
def test_less_room_than_promised(tmp_path: Path, small_disk: Path) -> None:
    """A warning with the figures; what fails for want of room is a grader error, and a wrong answer is still one."""
    writes = "def double(x):\n    open('f', 'wb').write(bytes(20 * 2**20))\n    return 2 * x\n"
    root = write_course(tmp_path / "course", {"ann": RIGHT, "bob": WRONG, "cyd": writes})
    done = autograder(root, "grade", "--jobs", "1", before=("env", f"TMPDIR={small_disk}"))

    assert done.returncode == 1
    assert "has room for 12 MiB" in done.stderr
    assert scores(root) == {"ann": 4.0, "bob": 1.0, "cyd": None}
    assert "too little room" in records(root)["cyd"]["message"]
    assert list(small_disk.iterdir()) == []
