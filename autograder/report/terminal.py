"""Print the output of `autograder check` and `autograder grade`.

Readable at 80 columns and without colour: words carry the outcome. All foreign text is put into `Text`, so
that rich reads no markup in it, and is cleaned of control characters first. rich costs about 85 ms to import,
which `autograder --help` should not pay: it is imported inside the functions.
"""

from __future__ import annotations

from collections import Counter
from statistics import mean
from typing import TYPE_CHECKING

from autograder.record import Check, CheckStatus, Record, Status
from autograder.report import wording
from autograder.report.summary import REASONS, Spread
from autograder.text import one_line, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from autograder.report.changes import Changes
    from autograder.report.summary import ClassSummary

_MESSAGE_CAP = 1200  # about a screen
_MOST_LINES = 5  # of a list in the short report
_MOST_ROWS = 300  # beyond it the table is no reading matter; scores.csv has everybody
_URGENT = (Status.GRADER_ERROR, Status.REJECTED, Status.GRADED)
_STYLE = {CheckStatus.PASSED: "green", CheckStatus.SKIPPED: "dim"}
_STYLES = {wording.GRADED: "", wording.FAULT: "bold red"}


def check_table(record: Record) -> RenderableType:
    """One submission: every check with its outcome, then each problem in full, the first thing first."""
    from rich.console import Group
    from rich.text import Text

    head = Text.assemble(
        (one_line(record.assignment), "bold"),
        f" of {wording.who(record.student, record.name)}: ",
        (f"{wording.score_of(record)} points", "bold"),
    )
    parts: list[RenderableType] = [head]
    if record.status is not Status.GRADED:
        parts.append(Text(_verdict(record)))
    elif record.checks:
        parts.append(_overview(record))
    if record.status is Status.GRADED:
        parts += _problems(record)
    parts += [Text(line) for line in _remarks(record)]
    return Group(*parts)


def class_table(records: Sequence[Record], most_rows: int = _MOST_ROWS) -> RenderableType:
    """One row a submission, by student, and a summary; beyond `most_rows`, those that need a person stay."""
    from rich.console import Group
    from rich.text import Text

    ordered = wording.by_student(records)
    shown = wording.by_student(sorted(ordered, key=lambda record: _URGENT.index(record.status))[:most_rows])
    assignments = sorted({record.assignment for record in shown})
    parts: list[RenderableType] = []
    for assignment in assignments:
        parts.append(Text(one_line(assignment), "bold"))
        parts.append(_class([record for record in shown if record.assignment == assignment]))
    if len(shown) < len(records):
        parts.append(Text(f"... and {len(records) - len(shown):,} more, all of them in scores.csv"))
    return Group(*parts, Text(_summary(records), "bold"))


def short_report(summary: ClassSummary, changes: Changes | None = None) -> RenderableType:
    """The class report in short: how it went, what fails most, who needs a person."""
    from rich.text import Text

    lines = [f"{wording.counted(len(summary.rows), 'submission')}: {_counts(summary.standings)}."]
    if summary.finals:
        middle = Spread.of(summary.finals)
        lines.append(
            f"Scores: mean {wording.number(middle.mean)} of {wording.number(summary.max_score)}, "
            f"median {wording.number(middle.median)}, "
            f"middle half {wording.number(middle.low)} to {wording.number(middle.high)}."
        )
    lines += _listed(
        "Failed most",
        [
            f"{100 * tally.failure_rate:.0f} %  {one_line(tally.title)}"
            for tally in summary.by_failure_rate()
            if tally.failed
        ],
    )
    lines += _listed(
        "Most common mistakes",
        [
            f"{len(students)}  {one_line(mistake)} (in {one_line(cell)})"
            for mistake, cell, students in summary.commonest(_MOST_LINES + 1)
        ],
    )
    lines += _listed(
        "Accuracies below their threshold",
        [f"{found.below} of {len(found.values)}  {one_line(name)}" for name, found in summary.accuracies.items()],
    )
    for reason, people in summary.people.items():
        lines += _listed(REASONS[reason], [f"{summary.who(who)}: {one_line(what)}" for who, what, _ in people])
    same = [
        f"{len(students)}  {one_line(', '.join(map(summary.who, students)))}" for students, _ in summary.same_code()
    ]
    lines += _listed("The same code up to names and layout", same)
    lines += [] if changes is None else _changed(changes, summary)
    return Text("\n".join(lines))


def _changed(changes: Changes, summary: ClassSummary) -> list[str]:
    about = f"Changed since {one_line(changes.against)}: {len(changes.changed)} of {changes.compared} compared"
    about += "".join(
        f", {len(names)} {word}" for names, word in ((changes.new, "new"), (changes.gone, "no longer there")) if names
    )
    lines = [
        f"{summary.who(who)}: {before}, now {after} ({one_line('; '.join(causes), 400)})"
        for who, before, after, causes in changes.changed
    ]
    return [f"{about}.", *_listed("", lines, _MOST_ROWS)]


def _listed(title: str, lines: list[str], most: int = _MOST_LINES) -> list[str]:
    """The lines under a title; nothing where there are none."""
    more = [f"  ... and {len(lines) - most:,} more, in report.html"] if len(lines) > most else []
    return ([f"{title}:"] if lines and title else []) + [f"  {line}" for line in lines[:most]] + more


def _class(records: list[Record]) -> Table:
    """The rows of one assignment."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Student", max_width=36, overflow="fold")
    sections = any(record.section for record in records)
    if sections:
        table.add_column("Section", max_width=12, overflow="fold")
    table.add_column("Status", no_wrap=True)
    table.add_column("Score", justify="right", no_wrap=True)
    table.add_column("Look at first", max_width=70, overflow="fold")
    for record in records:
        word = wording.standing(record)
        table.add_row(
            Text(wording.who(record.student, record.name)),
            *([Text(one_line(record.section, 60))] if sections else []),
            Text(word, _STYLES.get(word, "yellow")),
            wording.score_of(record),
            Text(one_line(wording.remark(record), 160)),
        )
    return table


def _overview(record: Record) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Outcome", no_wrap=True)
    table.add_column("Check", max_width=50, overflow="fold")
    table.add_column("Points", justify="right", no_wrap=True)
    for check in record.checks:
        points = f"{wording.number(check.points)} / {wording.number(check.max_points)}"
        outcome = Text(wording.WORDS[check.status], _STYLE.get(check.status, "bold red"))
        table.add_row(outcome, Text(one_line(check.title)), points)
    return table


def _problems(record: Record) -> list[RenderableType]:
    """Each problem under a heading; what was skipped with it is named, not told."""
    from rich.text import Text

    parts: list[RenderableType] = []
    skipped = wording.skipped_under(record)
    for position, check in enumerate(wording.problems(record)):
        lead = "Look at this first: " if position == 0 else "Then: "
        parts += [
            Text.assemble(lead, (one_line(check.title), "bold")),
            _detail(check, skipped.get(check.id, [])),
            "",
        ]
    return parts


def _detail(check: Check, skipped: list[Check]) -> Table:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold", max_width=90)
    lines = [*wording.details(check), ("skipped", "; ".join(one_line(other.title) for other in skipped))]
    for name, value in lines:
        if value:
            style = "bold" if name == "looks like" else ""
            grid.add_row(Text(f"  {name}", "dim"), Text(plain(value, _MESSAGE_CAP), style))
    return grid


def _verdict(record: Record) -> str:
    """Say why there are no checks to show."""
    if record.status is Status.REJECTED:
        return f"Rejected: {plain(record.message, _MESSAGE_CAP)}"
    return f"Not graded, and not the student's fault: {plain(record.message, _MESSAGE_CAP)}"


def _remarks(record: Record) -> list[str]:
    """List what else there is to know: notes on the file, lateness, what a person grades, the isolation."""
    lines = [f"Note: {one_line(note)}" for note in record.submission.notes[:20]]
    if late := wording.late_line(record):
        lines.append(late)
    if record.manual and record.status is Status.GRADED:
        points = wording.number(record.manual_points)
        cells = ", ".join(one_line(manual.cell) for manual in record.manual)
        lines.append(f"Still to be graded by a person: {cells} ({points} points).")
    isolation = "; ".join(f"{name} {value}" for name, value in wording.facts(record.isolation))
    return [*lines, f"Isolation: {isolation or 'not recorded'}"]


def _counts(standings: Counter[str]) -> str:
    return ", ".join(f"{standings[word]:,} {word}" for word in wording.STANDINGS if standings[word])


def _summary(records: Sequence[Record]) -> str:
    """Sum up a class, as in: 15 submissions: 12 graded, 3 rejected. Mean of the graded: 63 % of the points."""
    parts = _counts(Counter(map(wording.standing, records)))
    if any(record.status is Status.GRADER_ERROR for record in records):
        parts += " (a person must look)"
    shares = [
        (wording.final_score(record) or 0.0) / record.max_score
        for record in records
        if record.status is Status.GRADED and record.max_score > 0
    ]
    line = wording.counted(len(records), "submission") + (": " if parts else "") + parts + "."
    return line + (f" Mean of the graded: {100 * mean(shares):.0f} % of the points." if shares else "")
