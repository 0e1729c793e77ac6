"""Show what was found at one graded cell, as HTML and as text for the cell's output; a pure function of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from autograder.record import Check, CheckStatus, Record, Status
from autograder.report import wording
from autograder.report.student_page import for_students, template
from autograder.text import one_line, plain

if TYPE_CHECKING:
    from collections.abc import Iterator


class Verdict(NamedTuple):
    """The points of a cell, None where a person has to give them, and what to show there."""

    points: float | None
    html: str
    text: str


def verdict(record: Record, cell: str, max_points: float) -> Verdict:
    """Show what `record` says about `cell`, worth `max_points`. Without a check there are no points to give."""
    checks = [check for check in for_students(record).checks if check.cell == cell]
    points = _points(record, checks, max_points)
    passed = sum(check.status is CheckStatus.PASSED for check in checks)
    tone = "success" if checks and passed == len(checks) else "warning" if passed else "danger"
    page = template("cell.html").render(
        record=for_students(record),
        status=str(record.status),
        checks=checks,
        points=points,
        max_points=max_points,
        passed=passed,
        tone=tone,
        words=wording.WORDS,
    )
    return Verdict(points, page, "\n".join(_lines(record, checks, points, max_points)))


def _points(record: Record, checks: list[Check], max_points: float) -> float | None:
    if record.status is Status.REJECTED:
        return 0.0
    if record.status is Status.GRADER_ERROR or not checks:
        return None
    return min(max(round(sum(check.points for check in checks), 6), 0.0), max_points)


def _lines(record: Record, checks: list[Check], points: float | None, max_points: float) -> Iterator[str]:
    if points is None:
        yield "No check belongs to this cell. A person will grade it."
        return
    yield f"{wording.number(points)} of {wording.number(max_points)} points"
    if record.status is Status.REJECTED:
        yield plain(record.message)
    for check in checks:
        yield f"{one_line(check.title)}: {wording.WORDS[check.status]}"
        if check.status is not CheckStatus.PASSED and check.message:
            yield f"  {plain(check.message)}"
