"""The result that every export writes: automatic points, hand-given marks, the late penalty, one number.

Computed here once, so that no two formats can disagree: rounded to two decimals here, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from autograder.course import lateness
from autograder.record import Status
from autograder.report import wording
from autograder.text import one_line, plain

if TYPE_CHECKING:
    from autograder.course.settings import LateSettings
    from autograder.record import Check, Record

_REMARK_CAP = 1500


class Marks(NamedTuple):
    """The marks people gave: points by written answer, and changes to automatic points; `due` is what is still open."""

    written: dict[str, float]
    changes: float = 0.0
    due: tuple[str, ...] = ()


class Final(NamedTuple):
    """One submission's result. `score` is None where nothing could be graded, and that is never a zero."""

    record: Record
    automatic: float
    manual: float
    penalty: float
    score: float | None
    max_score: float
    marks: Marks | None
    ids: tuple[str, ...] = ()  # by which other systems may know the student, beside the folder's name

    @property
    def who(self) -> str:
        """The student in one line, by name where there is one."""
        return wording.who(self.record.student, self.record.name)

    @property
    def known_as(self) -> tuple[str, ...]:
        """Every id of the student, the folder's name first."""
        return (self.record.student, *self.ids)

    @property
    def nothing(self) -> bool:
        """Tell whether nothing was handed in, and nobody gave points all the same: no grade, and no zero either."""
        return self.record.submission.missing and self.score == 0

    @property
    def whole(self) -> float:
        """All points, those for written answers too: what a course may count to before anyone has marked them."""
        return self.record.max_score + self.record.manual_points


def final(record: Record, marks: Marks | None, policy: LateSettings, ids: tuple[str, ...] = ()) -> Final:
    """The result with the marks, or of the automatic points alone where there are none to add."""
    manual = sum(marks.written.values()) + marks.changes if marks else 0.0
    most = record.max_score + (record.manual_points if marks else 0.0)
    earned = (record.score or 0.0) + manual
    penalty = lateness.penalty(earned, record.late, policy)
    score = None if record.status is Status.GRADER_ERROR else round(max(0.0, earned - penalty), 2)
    return Final(record, record.score or 0.0, manual, penalty, score, most, marks, ids)


def share(result: Final) -> float:
    """The score as a number from 0 to 1, for systems that count in shares."""
    if not result.score or result.max_score <= 0:
        return 0.0
    return min(1.0, round(result.score / result.max_score, 6))


def check_text(check: Check) -> str:
    """All that a student is told about a check that did not pass, as lines of the form `name: value`."""
    return "\n".join(f"{name}: {plain(value)}" for name, value in wording.details(check))


def remarks(result: Final) -> list[str]:
    """The result in a few lines: the verdict, the first thing to look at, lateness, marks given by hand."""
    record = result.record
    if record.status is Status.GRADER_ERROR:
        return ["Not graded yet: the fault is ours. A person will look at it."]
    if result.nothing:
        return [plain(record.message, _REMARK_CAP)]
    lines = [f"{wording.number(result.score or 0.0)} of {wording.number(result.max_score)} points."]
    if record.status is Status.REJECTED:
        lines.append(f"It could not be graded as it is: {plain(record.message, _REMARK_CAP)}")
    elif (first := wording.first_problem(record)) is not None:
        lines.append(f"{len(wording.passed(record))} of {wording.counted(len(record.checks), 'check')} passed.")
        lines.append(f"Look at this first: {one_line(first.title)}")
        lines += [f"{name}: {plain(value, _REMARK_CAP)}" for name, value in wording.details(first)]
    elif record.checks:
        lines.append("Every automatic check passed.")
    if result.marks is not None and record.manual:
        lines.append(f"Marks given by hand: {wording.number(result.manual)}.")
    elif record.manual and record.status is Status.GRADED:
        points = wording.number(record.manual_points)
        lines.append(f"Not counted yet: written answers, {points} points.")
    if result.penalty or record.late.seconds:
        off = f"{wording.number(result.penalty)} points are taken off" if result.penalty else "no points are taken off"
        lines.append(f"Handed in {wording.duration(record.late.seconds)} late: {off}.")
    return lines
