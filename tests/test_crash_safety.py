"""`grade` killed, run twice at once, on a full or read-only disk: nothing lost, doubled or half-written."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from small_course import COMMAND, HEEDS, RIGHT, WRONG, autograder, records, write_course

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIES = {"started_at", "seconds", "cpu_seconds", "fingerprint"}  # the last one knows the versions of the kit
SEED = 20261122  # of the moments at which runs are killed
needs_mount = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: a small file system is mounted")


def many(root: Path, count: int) -> Path:
    """A course with `count` submissions: right, wrong, raising, not Python."""
    kinds = [RIGHT, WRONG, "def double(x):\n    raise ValueError\n", "def double(x:\n"]
    return write_course(root, {f"s{number:03}": kinds[number % 4] for number in range(count)})


def essence(root: Path) -> dict[str, dict[str, Any]]:
    """All records less their times, and a child's user, which depends on where scratch folders are.

    A half-written one would not parse.
    """
    return {
        student: {key: value for key, value in record.items() if key not in {*VARIES, "isolation"}}
        for student, record in records(root).items()
    }


def copy_of(course: Path, root: Path) -> Path:
    """The same submissions in a fresh course, without results."""
    return many(root, len(list((course / "submitted").iterdir())))


def start(root: Path, *options: str) -> subprocess.Popen[bytes]:
    """The command, left running; its temporary files go below the course."""
    (root / "tmp").mkdir(exist_ok=True)
    return subprocess.Popen(
        [COMMAND, "grade", *options],
        cwd=root,
        env=os.environ | {"TMPDIR": str(root / "tmp")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def descendants(pid: int) -> set[tuple[int, str]]:
    """Every process below `pid`, with its start time, so that a number that is used again is no mistake."""
    parents: dict[int, tuple[int, str]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(fields[1]), fields[19]
    found, grew = {pid}, True
    while grew:
        below = {child for child, (parent, _) in parents.items() if parent in found}
        grew = not below <= found
        found |= below
    return {(child, parents[child][1]) for child in found - {pid} if child in parents}


def gone(processes: set[tuple[int, str]], seconds: float = 60) -> bool:
    """Whether all of them end within `seconds`; a zombie that nobody collects has ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(_runs(*process) for process in processes):
            return True
        time.sleep(0.05)
    return False


def _runs(pid: int, started: str) -> bool:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return False
    return fields[0] != "Z" and fields[19] == started


@pytest.mark.parametrize(
    ("submissions", "kills"), [(8, 3), pytest.param(200, 100, marks=pytest.mark.full)], ids=["short", "full"]
)
def test_killed_at_random_moments(tmp_path: Path, submissions: int, kills: int) -> None:
    """After SIGKILLs at random moments one clean run completes: the records of an undisturbed run, all of them."""
    undisturbed = many(tmp_path / "undisturbed", submissions)
    begun = time.monotonic()
    assert autograder(undisturbed, "grade", "--jobs", "2").returncode == 0
    whole = time.monotonic() - begun
    course = copy_of(undisturbed, tmp_path / "killed")
    moments = random.Random(SEED)
    progress = []
    for number in range(kills):
        jobs = str(1 + number % 2)
        run = start(course, "--jobs", jobs, *(["--force"] if len(essence(course)) == submissions else []))
        time.sleep(moments.uniform(0.1, max(1.0, 0.8 * whole)) if kills < 10 else moments.uniform(0.1, 6.0))
        below = descendants(run.pid)
        run.kill()
        run.wait()

        assert gone(below), "processes outlive the run that was killed"
        progress.append(len(essence(course)))
    clean = autograder(course, "grade", "--jobs", "2")

    assert clean.returncode == 0, clean.stderr
    assert essence(course) == essence(undisturbed)
    assert list((course / "tmp").iterdir()) == [], f"left in the temporary folder; records after each kill: {progress}"


@pytest.mark.rotating("crash safety")
def test_a_finished_run_grades_only_what_is_missing(tmp_path: Path) -> None:
    """A record that is there is not written again; one that is gone is."""
    course = many(tmp_path, 4)
    assert autograder(course, "grade", "--jobs", "1").returncode == 0
    folder = course / "results" / "tiny"
    (folder / "s001.json").unlink()
    before = {path.name: path.stat().st_ino for path in folder.glob("*.json")}
    assert "graded again: 3" in autograder(course, "grade", "--jobs", "1").stdout
    after = {path.name: path.stat().st_ino for path in folder.glob("*.json")}

    assert set(after) - set(before) == {"s001.json"}
    assert {name: after[name] for name in before} == before


@pytest.mark.rotating("crash safety")
def test_stale_temporary_files_are_removed(tmp_path: Path) -> None:
    """What a killed writer left goes with a later run; what another run may be writing just now stays."""
    course = many(tmp_path, 1)
    folder = course / "results" / "tiny"
    folder.mkdir(parents=True)
    old, new = folder / ".autograder-0.tmp", folder / ".autograder-1.tmp"
    for file in (old, new):
        file.touch()
    os.utime(old, (1, 1))
    assert autograder(course, "grade").returncode == 0

    assert (old.exists(), new.exists()) == (False, True)


@pytest.mark.rotating("crash safety")
def test_two_runs_at_once(tmp_path: Path) -> None:
    """Two runs over the same results end well, and leave what one run leaves."""
    undisturbed = many(tmp_path / "one", 6)
    assert autograder(undisturbed, "grade", "--jobs", "1").returncode == 0
    course = copy_of(undisturbed, tmp_path / "two")
    runs = [start(course, "--jobs", "1") for _ in range(2)]

    assert [run.wait() for run in runs] == [0, 0]
    assert essence(course) == essence(undisturbed)
    assert not list((course / "results" / "tiny").glob(".*"))


# ---------------------------------------------------------------- disks


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A course whose results stand on a file system of 100 KiB."""
    course = many(tmp_path, 12)
    results = course / "results"
    results.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(results)], check=True)
    yield course
    subprocess.run(["umount", str(results)], check=True)


def remount(course: Path, options: str) -> None:
    """Change the small file system."""
    subprocess.run(["mount", "-o", f"remount,{options}", str(course / "results")], check=True)


@needs_mount
def test_full_disk(small_disk: Path) -> None:
    """One line and exit code 1; what was written is whole; with room again the run is completed."""
    done = autograder(small_disk, "grade", "--jobs", "1")

    assert done.returncode == 1
    assert [line.startswith("autograder: can't write") for line in done.stderr.splitlines()] == [True]
    assert "No space left" in done.stderr
    for path in (small_disk / "results" / "tiny").glob("*.json"):
        assert json.loads(path.read_text())["status"] == "graded"
    assert not list((small_disk / "results" / "tiny").glob(".*"))

    remount(small_disk, "size=10m")
    assert autograder(small_disk, "grade", "--jobs", "1").returncode == 0
    assert len(essence(small_disk)) == 12


@needs_mount
def test_read_only_results(small_disk: Path) -> None:
    """One line that names the folder and the option; exit code 2, since another folder mends it."""
    remount(small_disk, "ro")
    done = autograder(small_disk, "grade")

    assert done.returncode == 2
    assert [line.startswith("autograder: can't write results to") for line in done.stderr.splitlines()] == [True]
    assert "--results" in done.stderr


@pytest.mark.rotating("crash safety")
def test_no_room_for_scratch(tmp_path: Path) -> None:
    """A temporary folder that can't be used is one line too, and nobody's zero."""
    course = many(tmp_path, 1)
    done = autograder(course, "grade", before=("env", "TMPDIR=/proc/none", "HOME=/proc/none"))

    assert "Traceback" not in done.stderr
    assert done.returncode in {0, 1}


@pytest.mark.rotating("crash safety")
def test_an_interrupted_run_says_how_to_go_on(tmp_path: Path) -> None:
    """Ctrl-C ends the run in order: exit code 1, and what was graded is there."""
    course = many(tmp_path, 24)
    run = subprocess.Popen([*HEEDS, COMMAND, "grade", "--jobs", "1"], cwd=course, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not list((course / "results" / "tiny").glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    _, told = run.communicate()

    assert run.returncode == 1
    assert "run the same command again to go on" in told
    assert 0 < len(essence(course)) < 24
