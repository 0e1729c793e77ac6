"""Decide what every renderer has to agree on: which check comes first, what was skipped with it, how points read.

`record.score` is the sum of the checks' points, before the late penalty; what is shown as the result is
`final_score`, after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from autograder.record import Check, CheckStatus, Record, Status
from autograder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

# How a check's outcome reads, in the terminal and on the page: the word carries it, never the colour alone.
WORDS = {
    CheckStatus.PASSED: "passed",
    CheckStatus.FAILED: "failed",
    CheckStatus.ERROR: "raised an error",
    CheckStatus.TIMEOUT: "took too long",
    CheckStatus.MEMORY: "out of memory",
    CheckStatus.CRASHED: "Python stopped",
    CheckStatus.SKIPPED: "skipped",
}
GRADED, REJECTED, NOTHING, FAULT = "graded", "rejected", "nothing handed in", "our fault"
STANDINGS = (GRADED, REJECTED, NOTHING, FAULT)
ABSENT = "absent"  # on the roster, and without a folder
_MOST_FACTS = 40
_DONE = (CheckStatus.PASSED, CheckStatus.SKIPPED)


class Card(NamedTuple):
    """Checks that fail for the same reason, told once."""

    check: Check  # the first of them
    also: list[Check]
    skipped: list[Check]
    gain: float  # the points that may come back where it is put right

    @property
    def checks(self) -> list[Check]:
        """The checks that failed by themselves."""
        return [self.check, *self.also]


def cards(record: Record) -> list[Card]:
    """List what is to be put right, in the order to go about it.

    What was attempted comes before what is untouched; then tasks come in the notebook's order, and within a task what
    brings most points.
    """
    skipped = skipped_under(record)
    same: dict[tuple[str | None, ...], list[Check]] = {}
    for check in record.checks:
        if check.status not in _DONE:
            reason = (check.message, check.hint, check.mistake, check.where)
            same.setdefault(reason if check.message else (check.id,), []).append(check)
    found = []
    for first, *also in same.values():
        under = [other for check in (first, *also) for other in skipped.get(check.id, [])]
        gain = sum(check.max_points - check.points for check in (first, *also, *under))
        found.append(Card(first, also, under, gain))
    tasks = list(dict.fromkeys(check.cell for check in record.checks))
    found.sort(key=lambda card: (card.check.untouched, tasks.index(card.check.cell), -card.gain))
    return found


def problems(record: Record) -> list[Check]:
    """The checks that did not pass for a reason of their own, those with one reason together, in the cards' order."""
    return [check for card in cards(record) for check in card.checks]


def first_problem(record: Record) -> Check | None:
    """The one thing to look at first."""
    return next(iter(problems(record)), None)


def passed(record: Record) -> list[Check]:
    """The checks that passed."""
    return [check for check in record.checks if check.status is CheckStatus.PASSED]


def skipped_under(record: Record) -> dict[str | None, list[Check]]:
    """The skipped checks by the id of the problem at their root, or None where that is not known."""
    by_id = {check.id: check for check in record.checks}
    groups: dict[str | None, list[Check]] = {}
    for check in record.checks:
        if check.status is CheckStatus.SKIPPED:
            groups.setdefault(_root(check, by_id), []).append(check)
    return groups


def _root(check: Check, by_id: dict[str, Check]) -> str | None:
    """The id of the problem that the chain of causes ends at; None for no problem or a circle."""
    for _ in by_id:
        cause = by_id.get(check.cause or "")
        if cause is None or cause.status is CheckStatus.PASSED:
            return None
        if cause.status is not CheckStatus.SKIPPED:
            return cause.id
        check = cause
    return None


def final_score(record: Record) -> float | None:
    """The automatic points less the late penalty, never below 0; None where nothing could be graded."""
    if record.score is None:
        return None
    return max(0.0, record.score - record.late.penalty)


def number(value: float) -> str:
    """Write a number with at most two decimals, and none that say nothing: 7, 6.5, 0.33."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def counted(count: float, noun: str) -> str:
    """Write a number with its word: `1 check`, `2 checks`, `0.5 points`."""
    return f"{number(count)} {noun}" if count == 1 else f"{number(count)} {noun}s"


def gain(points: float) -> str:
    """Say what it is worth to put something right; nothing where it costs nothing by itself."""
    return f"Fixing this can bring up to {counted(points, 'point')}." if points > 0 else ""


def who(student: str, name: str) -> str:
    """A student in one line: `Ada Lovelace (ada)`, or the folder's name where no roster knows more."""
    return f"{one_line(name, 80)} ({one_line(student, 60)})" if name else one_line(student, 60)


def standing(record: Record) -> str:
    """Name the outcome of a submission, in the words of every table."""
    if record.status is Status.REJECTED:
        return NOTHING if record.submission.missing else REJECTED
    return GRADED if record.status is Status.GRADED else FAULT


def score_of(record: Record) -> str:
    """Write the score as `5.5 / 10`, or a dash where there is no score."""
    final = final_score(record)
    return f"{'-' if final is None else number(final)} / {number(record.max_score)}"


def duration(seconds: float) -> str:
    """A time in its two largest units, rounded up to minutes: `2 h 10 min`, `1 day 3 h`."""
    minutes = -(-int(max(seconds, 1)) // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [
        counted(days, "day") if days else "",
        f"{hours} h" if hours else "",
        f"{minutes} min" if minutes and not days else "",
    ]
    return " ".join(part for part in parts if part)


def late_line(record: Record) -> str:
    """Say how late the submission was, and what it costs; empty where it was in time."""
    if record.late.seconds <= 0 and record.late.penalty <= 0:
        return ""
    late = f"Handed in {duration(record.late.seconds)} late" if record.late.seconds > 0 else "Handed in late"
    if record.late.penalty <= 0:
        return f"{late}; no points are taken off."
    return f"{late}, which takes {number(record.late.penalty)} off the {number(record.score or 0)} points earned."


def details(check: Check) -> list[tuple[str, str]]:
    """List what there is to say about a failed check, each with its name, in the order of every report."""
    found = (
        ("happened", check.message or WORDS[check.status]),
        ("expected", check.expected),
        ("got", check.got),
        ("where", check.where),
        ("looks like", check.mistake),
        ("next step", check.hint),
        ("explained in", check.lesson),
    )
    return [(name, value) for name, value in found if value]


def remark(record: Record) -> str:
    """Say to staff, in one line, why there is no grade, or the one thing to look at first."""
    if record.status is not Status.GRADED:
        return record.message
    first = first_problem(record)
    if first is None:
        return ""
    return f"{first.title}: {first.mistake or first.message or WORDS[first.status]}"


def slim(record: Record) -> Record:
    """Reduce a record to what tables need of it, a tenth of its size."""
    first = first_problem(record)
    kept = [msgspec.structs.replace(first, hint="", staff=None, got=None, expected=None)] if first else []
    return msgspec.structs.replace(record, checks=kept, isolation={}, environment={}, code_hash="", fingerprint="")


def facts(mapping: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Isolation or environment as lines of name and value, nested ones flattened."""
    lines: list[tuple[str, str]] = []
    for key, value in mapping.items():
        name = f"{prefix}{key}".replace("_", " ")
        if isinstance(value, dict):
            lines += facts(value, f"{name} ")
        else:
            lines.append((one_line(name), one_line(_fact(value))))
    return lines[:_MOST_FACTS]


def _fact(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(_fact(item) for item in value) or "none"
    return "none" if value is None else str(value)


def by_student(records: Iterable[Record]) -> list[Record]:
    """The records in the order of every table."""
    return sorted(records, key=lambda record: (record.student, record.assignment))
