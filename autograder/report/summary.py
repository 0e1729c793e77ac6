"""A class in numbers: what the class report and its short form show, gathered record by record.

Nothing is kept of a record but counts, a few numbers and one line for the table, so that ten thousand records cost some
megabytes, whatever stands in them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import fmean, quantiles
from typing import TYPE_CHECKING, NamedTuple

from autograder.record import CheckStatus, Status
from autograder.report import wording
from autograder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.course.roster import Person
    from autograder.record import Check, Record

LIMITS = (CheckStatus.TIMEOUT, CheckStatus.MEMORY, CheckStatus.CRASHED)
# Why a person should look at a submission, the most urgent first.
REASONS = {
    "fault": "Not graded, and the fault is ours",
    "rejected": "Rejected",
    "nothing": "Handed nothing in",
    "stranger": "Not on the roster",
    "look": "To be looked at",
    "changed": "Check cells changed or deleted (which costs nothing)",
    "late": "Late",
}
_NAME_CAP = 300
_REMARK_CAP = 160


class Row(NamedTuple):
    """One submission in the table of all."""

    student: str
    name: str
    section: str
    standing: str
    final: float | None
    max_score: float
    remark: str


class Remark(NamedTuple):
    """A submission that a person should look at, and what there is to see."""

    student: str
    what: str
    page: bool = True  # whether there is one


@dataclass
class CheckTally:
    """The outcomes of one check in the class, and who failed it for a reason of its own."""

    title: str
    cell: str
    max_points: float
    outcomes: Counter[CheckStatus] = field(default_factory=Counter)
    failed_by: list[str] = field(default_factory=list)

    @property
    def passed(self) -> int:
        """The number of submissions that passed it."""
        return self.outcomes[CheckStatus.PASSED]

    @property
    def skipped(self) -> int:
        """The number of submissions in which it was skipped under its cause."""
        return self.outcomes[CheckStatus.SKIPPED]

    @property
    def failed(self) -> int:
        """The number of submissions that did not pass it for a reason of its own."""
        return self.outcomes.total() - self.passed - self.skipped

    @property
    def failure_rate(self) -> float:
        """The share of all graded submissions that failed it."""
        return self.failed / max(self.outcomes.total(), 1)


@dataclass
class Accuracies:
    """The accuracies reached for one threshold."""

    threshold: float
    values: list[float] = field(default_factory=list)

    @property
    def below(self) -> int:
        """The number of submissions that did not reach it."""
        return sum(value < self.threshold for value in self.values)


class Spread(NamedTuple):
    """A few numbers instead of many."""

    mean: float
    low: float
    median: float
    high: float
    most: float

    @classmethod
    def of(cls, values: list[float]) -> Spread:
        """Compute mean, lower quartile, median, upper quartile and maximum of one value or more."""
        low, median, high = quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
        return cls(fmean(values), low, median, high, max(values))


class Same(NamedTuple):
    """Submissions whose code is the same up to names and layout, and how much code that is."""

    students: list[str]
    tokens: int


@dataclass
class ClassSummary:
    """One assignment; `add` every record, in the order of the table."""

    assignment: str
    title: str = ""
    max_score: float = 0.0
    manual_points: float = 0.0
    standings: Counter[str] = field(default_factory=Counter)  # in words, see `wording.standing`
    names: dict[str, str] = field(default_factory=dict)  # from the roster, by student
    absent: list[Person] = field(default_factory=list)  # on the roster, without a record
    finals: list[float] = field(default_factory=list)  # of the graded
    checks: dict[str, CheckTally] = field(default_factory=dict)
    mistakes: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # (graded function, mistake) -> students
    accuracies: dict[str, Accuracies] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    limits: Counter[CheckStatus] = field(default_factory=Counter)  # submissions that hit one
    people: dict[str, list[Remark]] = field(default_factory=lambda: {reason: [] for reason in REASONS})
    rows: list[Row] = field(default_factory=list)
    isolation: Counter[str] = field(default_factory=Counter)
    versions: Counter[str] = field(default_factory=Counter)
    _codes: dict[str, Same] = field(default_factory=dict)

    def add(self, record: Record, *, stranger: bool = False) -> None:
        """Count one submission; `stranger` is one of somebody who is not on the roster."""
        final = wording.final_score(record)
        self.max_score = max(self.max_score, record.max_score)
        self.manual_points = max(self.manual_points, record.manual_points)
        self.standings[wording.standing(record)] += 1
        if record.name:
            self.names[record.student] = one_line(record.name, _NAME_CAP)
        remark = one_line(wording.remark(record), _REMARK_CAP)
        known = (record.student, one_line(record.name, _NAME_CAP), one_line(record.section, _NAME_CAP))
        self.rows.append(Row(*known, wording.standing(record), final, record.max_score, remark))
        for reason, what in _reasons(record, stranger=stranger):
            self.people[reason].append(Remark(record.student, what))
        for counter, facts in ((self.isolation, record.isolation), (self.versions, record.environment)):
            counter["; ".join(f"{name} {value}" for name, value in wording.facts(facts)) or "not recorded"] += 1
        if record.status is not Status.GRADED:
            return
        self.finals.append(final or 0.0)
        self.seconds.append(record.seconds)
        self.slowest = sorted([*self.slowest, (record.seconds, record.student)], reverse=True)[:5]
        self.limits.update({check.status for check in record.checks if check.status in LIMITS})
        for check in record.checks:
            self._count(check, record.student)
        for found in {(check.cell, check.mistake) for check in record.checks if check.mistake}:
            self.mistakes.setdefault(found, []).append(record.student)
        if record.code_hash:
            same = self._codes.setdefault(record.code_hash, Same([], record.code_tokens))
            same.students.append(record.student)

    def set_absent(self, people: list[Person]) -> None:
        """Note `people` as absent: they are on the roster and have no record."""
        self.absent = people
        for person in people:
            if person.name:
                self.names[person.id] = one_line(person.name, _NAME_CAP)
            self.people["nothing"].append(Remark(person.id, "no record, though on the roster", page=False))

    def who(self, student: str) -> str:
        """A student in one line, by name where there is one."""
        return wording.who(student, self.names.get(student, ""))

    def sections(self) -> list[tuple[str, int, Spread | None]]:
        """Each section with its submissions, and the scores of those that were graded; none without a roster."""
        names = sorted({row.section for row in self.rows} - {""})
        found = []
        for name in names:
            rows = [row for row in self.rows if row.section == name]
            scores = [row.final for row in rows if row.standing == wording.GRADED and row.final is not None]
            found.append((name, len(rows), Spread.of(scores) if scores else None))
        return found

    def _count(self, check: Check, student: str) -> None:
        tally = self.checks.setdefault(check.id, CheckTally(check.title, check.cell, check.max_points))
        tally.outcomes[check.status] += 1
        if check.status not in {CheckStatus.PASSED, CheckStatus.SKIPPED}:
            tally.failed_by.append(student)
        if check.reached is not None:
            name, threshold = check.reached.name, check.reached.threshold
            self.accuracies.setdefault(name, Accuracies(threshold)).values.append(check.reached.value)

    def by_failure_rate(self) -> list[CheckTally]:
        """The checks, the one that most submissions fail first; where it is the same, in the suite's order."""
        return sorted(self.checks.values(), key=lambda tally: -tally.failure_rate)

    def commonest(self, most: int) -> list[tuple[str, str, list[str]]]:
        """Return named mistakes with their function and whose submissions have them, the most common first."""
        ranked = sorted(self.mistakes.items(), key=lambda item: (-len(item[1]), item[0]))[:most]
        return [(mistake, cell, students) for (cell, mistake), students in ranked]

    def same_code(self) -> list[Same]:
        """Groups of two and more, the longest code first: short code is easily the same by chance."""
        return sorted((same for same in self._codes.values() if len(same.students) > 1), key=lambda same: -same.tokens)


def _reasons(record: Record, *, stranger: bool) -> Iterator[tuple[str, str]]:
    """List why a person should look at a submission; mostly nothing."""
    if record.status is Status.GRADER_ERROR:
        yield "fault", one_line(record.message)
    if record.status is Status.REJECTED:
        yield "nothing" if record.submission.missing else "rejected", one_line(record.message)
    if stranger:
        yield "stranger", "nobody on the roster has this id"
    if record.submission.look:
        yield "look", "; ".join(one_line(line) for line in record.submission.look)
    for manual in record.manual:
        if manual.note:
            yield "look", one_line(f"{manual.cell}: {manual.note}")
    if record.submission.changed:
        yield "changed", ", ".join(one_line(name, 60) for name in record.submission.changed[:20])
    if late := wording.late_line(record):
        yield "late", late
