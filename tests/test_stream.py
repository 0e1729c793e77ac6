"""Submissions to records over an executor: what travels together, and what becomes of chunks that are lost."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, Any

from autograder.course.submission import Submission
from autograder.errors import GivenUpError
from autograder.grading.scheduler import graded
from autograder.record import Record, Status, SubmissionFile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def unit(student: str, size: int = 10, assignment: str = "tiny") -> Submission:
    """A submission of `size` bytes."""
    return Submission(student=student, assignment=assignment, path=f"{student}.py", data=bytes(size))


def record(handed_in: Submission) -> Record:
    """Full marks."""
    file = SubmissionFile(path=handed_in.path, sha256=handed_in.sha256)
    return Record(
        assignment="tiny",
        student=handed_in.student,
        status=Status.GRADED,
        submission=file,
        score=4.0,
        max_score=4.0,
    )


class Fragile(Executor):
    """Loses each chunk with ann in it."""

    def __init__(self, chunk: int, loss: Exception) -> None:
        self._parcel = chunk
        self.sent: list[list[str]] = []
        self._loss = loss

    def chunk(self, assignment: str) -> int:
        """As many for each assignment but `slow`."""
        return 1 if assignment == "slow" else self._parcel

    def submit(self, _fn: Callable[..., Any], /, *args: Any, **_kwargs: Any) -> Future[Any]:
        """Note what is sent."""
        chunk: Sequence[Submission] = args[0]
        self.sent.append([handed_in.student for handed_in in chunk])
        future: Future[Any] = Future()
        if "ann" in self.sent[-1]:
            future.set_exception(self._loss)
        else:
            future.set_result([record(handed_in) for handed_in in chunk])
        return future


def run(executor: Fragile, units: list[Submission]) -> dict[str, Record]:
    """By student."""
    return {handed_in.student: found for handed_in, found in graded(lambda: executor, units)}


def test_a_lost_parcel_is_taken_apart() -> None:
    """Who was sent along with a submission that is given up is graded for itself; each has one record."""
    executor = Fragile(3, GivenUpError("every worker died"))
    found = run(executor, [unit(student) for student in ("ada", "ann", "bob", "cyd")])

    assert executor.sent == [["ada", "ann", "bob"], ["ada"], ["ann"], ["bob"], ["cyd"]]
    assert {student: one.status for student, one in found.items()} == {
        "ada": Status.GRADED, "ann": Status.GRADER_ERROR, "bob": Status.GRADED, "cyd": Status.GRADED,
    }  # fmt: skip
    assert found["ann"].message == "every worker died"


def test_a_submission_is_tried_twice() -> None:
    """The loss of a chunk of several is held against none of them, a second loss of its own is a grader error."""
    executor = Fragile(2, RuntimeError("lost"))
    found = run(executor, [unit("ann"), unit("bob")])

    assert executor.sent == [["ann", "bob"], ["ann"], ["bob"], ["ann"]]
    assert found["ann"].status is Status.GRADER_ERROR
    assert found["ann"].score is None
    assert "lost" in found["ann"].message


def test_quick_submissions_travel_together() -> None:
    """A quarter of a second of work makes a chunk, of at most 32 submissions; slow ones are sent one by one."""
    from autograder.grading.dask_client import parcel_of

    assert [parcel_of(seconds) for seconds in (0.0, 0.004, 0.025, 0.1, 0.7)] == [32, 32, 10, 2, 1]


def test_a_parcel_is_for_one_assignment() -> None:
    """Each has its own pace: how many go together is asked for each."""
    executor = Fragile(2, RuntimeError("lost"))
    quick = [unit(student, assignment="quick") for student in ("ada", "bob", "cyd")]
    slow = [unit(student, assignment="slow") for student in ("ada", "bob")]
    run(executor, [*quick, *slow, unit("eve")])

    assert executor.sent == [["ada", "bob"], ["cyd"], ["ada"], ["bob"], ["eve"]]


def test_large_submissions_travel_alone() -> None:
    """A chunk ends with the submission that brings it to two MiB."""
    executor = Fragile(5, RuntimeError("lost"))
    run(executor, [unit("ada", 2**20), unit("bob", 2**20), unit("cyd", 3 * 2**20), unit("dan"), unit("eve")])

    assert executor.sent == [["ada", "bob"], ["cyd"], ["dan", "eve"]]
