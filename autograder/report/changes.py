"""Two gradings of a class: whose score changed, from what to what, and by which check."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from autograder.record import Status
from autograder.report import wording

if TYPE_CHECKING:
    from autograder.record import Record

_ABSENT = "no such check"


class Change(NamedTuple):
    """One student: the two results in words, and each cause."""

    student: str
    before: str
    after: str
    causes: list[str]


@dataclass
class Changes:
    """The differences that `--against` found; `add` every pair, in the order of the table."""

    against: str
    compared: int = 0
    changed: list[Change] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def add(self, before: Record | None, after: Record) -> None:
        """Compare one student's two records; None where there is no old one."""
        if before is None:
            self.new.append(after.student)
            return
        self.compared += 1
        if _result(before) != _result(after):
            self.changed.append(Change(after.student, _result(before), _result(after), _causes(before, after)))


def _result(record: Record) -> str:
    match record.status:
        case Status.GRADER_ERROR:
            return "not graded"
        case Status.REJECTED:
            return "rejected"
    return wording.score_of(record)


def _causes(before: Record, after: Record) -> list[str]:
    """Each check whose points differ, what became of the file, the late penalty."""
    causes = []
    if before.submission.sha256 != after.submission.sha256:
        causes.append("another file was handed in")
    if before.late.penalty != after.late.penalty:
        causes.append(f"late penalty {wording.number(before.late.penalty)}, now {wording.number(after.late.penalty)}")
    old = {check.id: check for check in before.checks}
    new = {check.id: check for check in after.checks}
    for name in {**old, **new}:
        was, now = old.get(name), new.get(name)
        if (was.points if was else 0.0) == (now.points if now else 0.0):
            continue
        title = (now or was or after.checks[0]).title
        words = [
            f"{wording.WORDS[check.status]} ({wording.number(check.points)})" if check else _ABSENT
            for check in (was, now)
        ]
        causes.append(f"{title}: {words[0]}, now {words[1]}")
    if before.max_score != after.max_score:
        causes.append(f"points to reach: {wording.number(before.max_score)}, now {wording.number(after.max_score)}")
    return causes
