"""Rules that run the suites: they grade the solution and the untouched release of each lab, by the engine itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.authoring.verify.catalogues import is_read
from autograder.authoring.verify.rule import Finding, rule
from autograder.record import CheckStatus, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.authoring.verify.labs import CourseView
    from autograder.authoring.verify.notebooks import Book
    from autograder.record import Record


@rule("solution-passes", slow=True)
def solution_passes(view: CourseView) -> Iterator[Finding]:
    """The solution passes each check of its suite."""
    for lab in view.labs:
        record = view.grader.grade_file(lab.master.path, "solution", lab.name)
        yield from _not_graded(view, lab.master, record, "fix the suite or the solution")
        for check in record.checks:
            if check.status is not CheckStatus.PASSED:
                what = f"fails {check.id} ({check.status.value}): {check.message} {check.staff or ''}".strip()
                mend = "fix the solution, or the check that is wrong about it"
                yield Finding(view.where(lab.master.path), what, mend)


@rule("stub-fails", slow=True)
def stub_fails(view: CourseView) -> Iterator[Finding]:
    """The untouched release passes no check of its suite."""
    for lab in filter(lambda lab: is_read(view.trials(lab.name)), view.labs):
        record = view.grader.grade_file(lab.released.path, "stub", lab.name)
        yield from _not_graded(view, lab.released, record, "fix the suite or the release")
        for check in record.checks:
            if check.status is CheckStatus.PASSED:
                what = f"passes {check.id} with nothing written"
                yield Finding(view.where(lab.released.path), what, "make that check ask for an answer")


def _not_graded(view: CourseView, book: Book, record: Record, mend: str) -> Iterator[Finding]:
    """Say why there is no grade, the first line of it; nothing where there is one."""
    if record.status is not Status.GRADED:
        reason = (record.message.strip().splitlines() or ["no reason given"])[0]
        yield Finding(view.where(book.path), f"can't be graded: {reason}", mend)
