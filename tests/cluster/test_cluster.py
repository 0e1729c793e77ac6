"""`--cluster` on a LocalCluster of separate processes: same records, and what happens when parts of it are lost.

The tests stand in the order of what they leave of the one cluster that they share; the last one kills it.
"""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from clusters import Local, course_modes, local, mortal, units, until
from small_course import COMMAND, RIGHT, WRONG, autograder, hand_in, records, write_course

from autograder.course.settings import load_course
from autograder.errors import GivenUpError, StoppedError
from autograder.grading import local_workers, scheduler
from autograder.grading.dask_client import ClusterPool
from autograder.grading.local_workers import grade
from autograder.record import Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VARIES = {"started_at", "seconds", "cpu_seconds"}
KINDS = [RIGHT, WRONG, "def double(x):\n    raise ValueError\n", "def double(x:\n"]
SPY = """\
import pathlib
def double(x):
    try:
        found = [path.read_text() for path in pathlib.Path({folder!r}).glob("**/course.yml")]
    except OSError:
        found = []
    return x + 2 if found else 2 * x
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of twelve and their results from this machine."""
    root = write_course(tmp_path_factory.mktemp("course"), {f"s{n:02}": KINDS[n % 4] for n in range(12)})
    assert autograder(root, "grade", "--jobs", "1").returncode == 0
    return root


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Local]:
    """Two workers."""
    with local(2, tmp_path_factory.mktemp("workers")) as found:
        yield found


@pytest.fixture(scope="module")
def pool(course: Path, cluster: Local) -> Iterator[ClusterPool]:
    """The executor itself, in this process, for several tests: each worker's first submission takes seconds."""
    found = ClusterPool(load_course(course), cluster.address, ["tiny"], sandbox=True)
    yield found
    found.shutdown()


def essence(root: Path) -> dict[str, dict[str, Any]]:
    """All records less their times."""
    return {who: {k: v for k, v in record.items() if k not in VARIES} for who, record in records(root).items()}


def test_the_same_records_as_on_this_machine(course: Path, cluster: Local) -> None:
    """All but the times is the same, and with the same fingerprint: neither way grades again what the other graded."""
    here = essence(course)
    done = autograder(course, "grade", "--force", "--cluster", cluster.address)

    assert (done.returncode, done.stderr) == (0, "")
    assert essence(course) == here
    assert "not graded again: 12" in autograder(course, "grade", "--jobs", "1").stdout


@pytest.mark.rotating("cluster")
def test_another_text_of_the_catalogue_is_taken_on_the_same_workers(course: Path, cluster: Local) -> None:
    """A worker process that has graded with one catalogue grades with the next, and keeps no file of either."""
    suite = course / "autograder" / "suites" / "tiny" / "mistakes.yml"
    text = suite.read_text()
    suite.write_text(text.replace("not doubled", "not twice"))
    assert autograder(course, "grade", "--student", "s01", "--cluster", cluster.address).returncode == 0
    suite.write_text(text)

    assert [check["mistake"] for check in records(course)["s01"]["checks"]] == [None, "not twice"]
    assert not list(cluster.folder.glob("**/course-*"))


@pytest.mark.rotating("cluster")
def test_a_student_cannot_read_the_course_on_a_worker(pool: ClusterPool, cluster: Local) -> None:
    """It is there, in a folder of mode 0700, and a submission that looks for it finds nothing; the record has proof."""
    modes = pool._client.run(course_modes)
    spy = SPY.format(folder=str(cluster.folder))
    (record,) = pool.submit(grade, list(units({"spy": spy}))).result(120)

    assert list(modes.values()) == [[0o700], [0o700]]
    assert record.score == 4.0
    assert record.isolation["landlock"] >= 3


def test_a_worker_killed_in_the_middle(pool: ClusterPool, monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGKILL of a worker at work costs a retry: every submission has its record, and none has two."""
    slow = "import time\ndef double(x):\n    time.sleep(0.1)\n    return 2 * x\n"
    sources = {f"s{number:02}": slow for number in range(16)}
    pids = pool._client.run(os.getpid)
    found = []
    monkeypatch.setattr(pool, "shutdown", lambda **_: None)  # other tests go on with it
    for handed_in, record in scheduler.graded(lambda: pool, units(sources)):
        found.append((handed_in.student, record.status, record.score))
        if len(found) == 3:
            os.kill(next(iter(pids.values())), signal.SIGKILL)

    assert sorted(found) == [(student, Status.GRADED, 4.0) for student in sources]


@pytest.mark.full
def test_a_submission_under_which_workers_die(pool: ClusterPool, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given up once Dask has tried it on several workers: a grader error. Its neighbours are graded."""
    until(lambda: len(pool._client.nthreads()) == 2)
    monkeypatch.setattr(local_workers, "grade", mortal)
    monkeypatch.setattr(pool, "shutdown", lambda **_: None)  # other tests go on with it
    monkeypatch.setattr(pool, "chunk", lambda _assignment: 3)
    found = {
        handed_in.student: record
        for handed_in, record in scheduler.graded(lambda: pool, units(dict.fromkeys(("ada", "ann", "eve"), RIGHT)))
    }

    assert (found["ann"].status, found["ann"].score) == (Status.GRADER_ERROR, None)
    assert found["ann"].message == "every worker that began to grade it died"
    assert [found[student].score for student in ("ada", "eve")] == [4.0, 4.0]


@pytest.mark.rotating("cluster")
def test_a_worker_without_the_course_stops_the_run(pool: ClusterPool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that must not take part (here: the course never reached it) is named, and no submission is blamed."""
    monkeypatch.setattr(pool, "_run", "another")
    error = pool.submit(grade, list(units({"ann": RIGHT}))).exception(60)

    assert isinstance(error, StoppedError)
    assert not isinstance(error, GivenUpError)
    assert "can't take part: the course has not reached it; take it off the cluster" in str(error)


@pytest.mark.rotating("cluster")
def test_the_scheduler_killed(cluster: Local, tmp_path: Path) -> None:
    """One line and exit code 1; what was done is kept whole, and the next run, on this machine, does the rest."""
    root = write_course(tmp_path / "course")
    slow = "import time\ndef double(x):\n    time.sleep(0.2)\n    return 2 * x\n"
    for number in range(14):
        hand_in(root, f"s{number:02}", slow)
    command = [COMMAND, "grade", "--cluster", cluster.address]
    run = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    until(lambda: len(records(root)) >= 3)
    cluster.kill_scheduler()
    _, told = run.communicate(timeout=120)
    kept = records(root)

    assert run.returncode == 1
    assert [
        line.startswith(f"autograder: the scheduler at {cluster.address} is gone") for line in told.splitlines()
    ] == [True]
    assert "run the same command again" in told
    assert 3 <= len(kept) < 16
    assert {record["status"] for record in kept.values()} == {"graded"}

    assert f"not graded again: {len(kept)}" in autograder(root, "grade", "--jobs", "1").stdout
    assert {who: record["status"] for who, record in records(root).items()}.keys() == {
        "ann", "bob", *(f"s{number:02}" for number in range(14)),
    }  # fmt: skip
    assert all(records(root)[who] == record for who, record in kept.items())
