"""Kills, for real: which of them are the place's, and which the student's."""

from __future__ import annotations

import os
import resource
import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_course import write_course

from autograder.course.settings import load_course
from autograder.course.submission import collect
from autograder.grading import machine
from autograder.grading.grader import Grader
from autograder.record import Status
from autograder.sandbox import protocol as p

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.record import Record

MEMORY, PIDS = Path("/sys/fs/cgroup/memory"), Path("/sys/fs/cgroup/pids")
SLOW = "import time\ndef double(x):\n    time.sleep(0.1)\n    return 2 * x\n"


# ---------------------------------------------------------------- kills


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """A grader of a small course."""
    root = write_course(tmp_path_factory.mktemp("course"), {"ann": SLOW, "bob": "def double(x): raise MemoryError\n"})
    with Grader(load_course(root)) as found:
        yield found


def graded(warm: Grader, student: str, number: signal.Signals | None = None, times: int = 0) -> Record:
    """The record, while the first `times` children are sent a signal from outside."""
    unit = collect(warm.course.root / "submitted", student, "tiny", most_bytes=2**20)
    children = Path(f"/proc/{warm._server.pid}/task/{warm._server.pid}/children")
    over = threading.Event()

    def kill() -> None:
        struck: set[str] = set()
        while not over.is_set() and len(struck) < times:
            for pid in set(children.read_text().split()) - struck:
                time.sleep(0.05)  # it is at work by then
                struck.add(pid)
                os.kill(int(pid), number or 0)
            time.sleep(0.005)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        return warm.grade(unit)
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_kill_from_outside_costs_nothing(warm: Grader, number: signal.Signals) -> None:
    """What was killed is asked once more in a fresh child, and has full marks."""
    record = graded(warm, "ann", number, 1)

    assert (record.status, record.score) == (Status.GRADED, 4.0)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGKILL, "grader_error"), (signal.SIGSEGV, "graded")])
def test_kills_again_and_again(warm: Grader, number: signal.Signals, status: str) -> None:
    """A second time it is the place's, if no program could have done it to itself; else it costs the checks."""
    record = graded(warm, "ann", number, 99)

    assert (record.status, record.score) == (status, None if status == "grader_error" else 0.0)


def test_a_claim_is_no_evidence(warm: Grader) -> None:
    """A program that raises MemoryError by itself is asked twice, and has its zero."""
    record = graded(warm, "bob")

    assert (record.status, record.score, record.checks[0].status) == (Status.GRADED, 0.0, "memory")


def test_evidence_of_too_little_memory() -> None:
    """What this process is refused too counts; it is asked for addresses only, so asking is free."""
    assert machine.short_of_memory(p.Limits(memory_bytes=2**30)) == ""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (2**33, hard))
    try:
        assert "refuses 16 GiB" in machine.short_of_memory(p.Limits(memory_bytes=2**34))
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
