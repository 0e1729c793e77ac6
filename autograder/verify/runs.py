"""Rules that run the suites: they grade the solution and the untouched release of each lab, by the engine itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.record import CheckStatus, Status
from autograder.verify.rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.verify.course import CourseView


@rule("solution-passes", slow=True)
def solution_passes(view: CourseView) -> Iterator[Finding]:
    """The solution passes each check of its suite."""
    for lab in view.labs:
        place = view.where(lab.master.path)
        record = view.grader.grade_file(lab.master.path, "solution", lab.name)
        if record.status is not Status.GRADED:
            yield Finding(place, f"can't be graded: {_last_line(record.message)}", "mend the suite or the solution")
        for check in record.checks:
            if check.status is not CheckStatus.PASSED:
                what = f"fails {check.id} ({check.status.value}): {check.message} {check.staff or ''}".strip()
                yield Finding(place, what, "mend the solution, or the check that is wrong about it")


@rule("stub-fails", slow=True)
def stub_fails(view: CourseView) -> Iterator[Finding]:
    """The untouched release passes no check of its suite."""
    for lab in view.labs:
        place = view.where(lab.released.path)
        record = view.grader.grade_file(lab.released.path, "stub", lab.name)
        if record.status is not Status.GRADED:
            yield Finding(place, f"can't be graded: {_last_line(record.message)}", "mend the suite or the release")
        for check in record.checks:
            if check.status is CheckStatus.PASSED:
                yield Finding(place, f"passes {check.id} with nothing written", "make that check ask for an answer")


def _last_line(message: str) -> str:
    """Of a traceback, the error itself."""
    return (message.strip().splitlines() or ["no reason given"])[-1][:300]
