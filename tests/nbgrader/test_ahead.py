"""Grading ahead of nbgrader's loop: who waits for whom, what an error stops, what Ctrl-C ends."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from typing import TYPE_CHECKING

import pytest
from nbcourse import BIN, LAB1, copy_of, solved
from small_course import HEEDS
from test_crash_safety import descendants, gone

from autograder.errors import GraderError, StoppedError
from autograder.nbgrader.prefetch import Ahead
from autograder.record import Record, Status, SubmissionFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from pathlib import Path

    from nbcourse import NbCourse

ENDLESS = "def sigmoid(x):\n    while True:\n        pass\n"


def record(student: str) -> Record:
    """A record of no content."""
    file = SubmissionFile(path="x")
    return Record(assignment=LAB1, student=student, status=Status.GRADED, submission=file, score=1.0, max_score=1.0)


def no_workers() -> Executor:
    """None is made here."""
    raise AssertionError


def test_the_loop_waits_for_the_one_it_is_at() -> None:
    """It goes on with the first while the second is still graded, and `finish` waits for what comes after all."""
    second, after = threading.Event(), []

    def run(_make: object, done: Callable[[Record], None]) -> None:
        done(record("ada"))
        second.wait(10)
        done(record("bob"))
        time.sleep(0.05)
        after.append("tables")

    ahead = Ahead(["ada", "bob"], no_workers, run)
    ahead.wait("ada")
    assert not second.is_set()
    second.set()
    ahead.wait("bob")
    ahead.wait("who was graded before")
    ahead.finish()
    assert after == ["tables"]


@pytest.mark.parametrize("error", [GraderError("the disk is full"), SystemExit("the disk is full")])
def test_an_error_is_told_to_those_who_are_not_graded(error: BaseException) -> None:
    """The one before it has its record; the one after it gets the reason, whatever ended the thread."""

    def run(_make: object, done: Callable[[Record], None]) -> None:
        done(record("ada"))
        raise error

    ahead = Ahead(["ada", "bob"], no_workers, run)
    ahead.wait("ada")
    with pytest.raises(type(error), match="the disk is full"):
        ahead.wait("bob")


def test_it_ends_with_the_loop_that_it_was_made_for() -> None:
    """When that thread is gone, no further submission is begun."""
    made: list[Ahead] = []
    begun, gone_on = threading.Event(), threading.Event()
    graded = []

    def run(_make: object, done: Callable[[Record], None]) -> None:
        begun.wait(10)
        for student in ("ada", "bob"):
            graded.append(student)
            done(record(student))
        gone_on.set()

    loop = threading.Thread(target=lambda: made.append(Ahead(["ada", "bob"], no_workers, run)))
    loop.start()
    loop.join()
    begun.set()
    made[0].finish()

    assert graded == ["ada"]
    assert not gone_on.is_set()
    with pytest.raises(StoppedError):
        made[0].wait("bob")


@pytest.mark.rotating("ctrl-c")
def test_ctrl_c_ends_workers_too(generated: NbCourse, tmp_path: Path) -> None:
    """Within seconds, though each of them has an endless loop at hand; what was not graded has no record."""
    course = copy_of(generated, tmp_path)
    course.hand_in("s0", solved())
    for number in range(1, 12):
        course.hand_in(f"s{number:02}", solved(sigmoid_answer=ENDLESS))
    run = subprocess.Popen(
        [*HEEDS, str(BIN / "nbgrader"), "autograde", LAB1, "--SubmissionExporter.jobs=2"],
        cwd=course.root, env=course.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not list(course.root.glob(f"autograded/s0/{LAB1}/*.ipynb")):
        time.sleep(0.01)
    below = descendants(run.pid)
    begun = time.monotonic()
    os.killpg(run.pid, signal.SIGINT)
    _, told = run.communicate(timeout=100)

    assert run.returncode != 0
    assert told.count("Canceled") == 1
    assert "Traceback" not in told
    assert told.strip().splitlines()[-1].endswith("Canceled")
    assert time.monotonic() - begun < 20
    assert gone(below)
    assert len(list((course.root / "results" / LAB1).glob("*.json"))) < 12
