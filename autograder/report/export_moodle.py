"""`export moodle`: the instructor's downloaded grading worksheet, filled in.

Only `Grade` and `Feedback comments` of students with a result are written; every other cell stays as it is, because
Moodle skips rows that look stale, and says nothing. What it would skip is named here instead.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from autograder.errors import UsageError
from autograder.report import digest
from autograder.report.final import remarks
from autograder.report.sheets import (
    Cell,
    Filled,
    fill,
    find_students,
    listed,
    number,
    points_here,
    read_sheet,
    write_sheet,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.report.final import Final

_KEYS = ("Identifier", "Username", "ID number", "Email address")
_PARTICIPANT = re.compile(r"Participant (\d+)")


def moodle_csv(into: bytes, results: Sequence[Final], *, keep: bool = False) -> Filled:
    """The worksheet, what the instructor should know, and who is not in it; raises `UsageError`."""
    sheet = read_sheet(into)
    sheet.rows[:] = [row for row in sheet.rows if any(cell.strip() for cell in row)]  # Excel leaves empty ones behind
    identifier, grade, _ = sheet.required("Identifier", "Grade", "Last modified (grade)")
    feedback, most, open_ = (
        sheet.column(name) for name in ("Feedback comments", "Maximum Grade", "Grade can be changed")
    )
    if bad := [row[identifier] for row in sheet.rows if not _PARTICIPANT.fullmatch(row[identifier].strip())]:
        raise UsageError(f"identifiers that are not `Participant <number>` in --into: {listed(bad)}; download it anew")
    keys = [place for key in _KEYS if (place := sheet.column(key)) is not None]
    graded = [result for result in results if result.score is not None]
    where, missing = find_students([result.record.student for result in graded], sheet.rows, keys, _spelt)
    placed = [(result, sheet.rows[where[result.record.student]]) for result in graded if result.record.student in where]
    too_many = _over_the_maximum(placed, most)
    open_rows = [(result, row) for result, row in placed if result.record.student not in too_many]
    locked = [r.record.student for r, row in open_rows if open_ is not None and row[open_].strip() == "No"]
    open_rows = [(result, row) for result, row in open_rows if result.record.student not in locked]
    notes = [f"locked in Moodle, left as they are: {listed(locked)}"] if locked else []
    notes += fill(
        (Cell(r.record.student, row, grade, digest.number(r.score or 0.0)) for r, row in open_rows), keep=keep
    )
    notes += _comment(open_rows, feedback)
    if too_many:
        notes.append(f"more points than Moodle's maximum, which Moodle would skip: {listed(too_many)}")
    if feedback is None:
        notes.append("no column `Feedback comments`: switch that feedback type on in Moodle to hand the feedback over")
    if without := len(sheet.rows) - len(placed):
        notes.append(f"{digest.counted(without, 'student')} in the file without a result, left as they were")
    return Filled(write_sheet(sheet), notes, [*missing, *too_many])


def feedback_html(result: Final) -> str:
    """The feedback as Moodle takes it, HTML, with nothing in it but paragraphs and escaped text."""
    return "".join(f"<p>{escape(line).replace(chr(10), '<br>')}</p>" for line in remarks(result))


def _spelt(cell: str) -> str:
    """A folder may be called `Participant 12` or `12`: the number is what is compared."""
    found = _PARTICIPANT.fullmatch(cell.strip())
    return found[1] if found else cell.strip()


def _comment(rows: Sequence[tuple[Final, list[str]]], feedback: int | None) -> list[str]:
    """Write the feedback where there is none, or ours of before; say where somebody's comment stands."""
    if feedback is None:
        return []
    remarked = []
    for result, row in rows:
        if not row[feedback].strip() or _is_ours(row[feedback]):
            row[feedback] = feedback_html(result)
        else:
            remarked.append(result.record.student)
    return [f"somebody's comment stands there, left as it is: {listed(remarked)}"] if remarked else []


def _is_ours(cell: str) -> bool:
    """Whether a comment is one that an earlier export of ours wrote: it begins with the points."""
    return re.match(r"<p>(\d+(\.\d+)? of \d+(\.\d+)? points\.|Not graded yet: )", cell.strip()) is not None


def _over_the_maximum(placed: Sequence[tuple[Final, list[str]]], most: int | None) -> list[str]:
    """Who has more points than Moodle takes. Raises `UsageError` for what Moodle would read as another share."""
    over = []
    for result, row in placed if most is not None else ():
        maximum = number(row[most or 0])
        if maximum is None:
            cell = row[most or 0]
            raise UsageError(f"the maximum grade in --into is {cell!r}, not a number: grade by points in Moodle")
        if maximum not in {result.max_score, result.whole}:
            raise UsageError(
                f"the maximum grade is {digest.number(maximum)} in Moodle; here {points_here(result)}: "
                "make them the same, then download the worksheet anew"
            )
        if (result.score or 0.0) > maximum:
            over.append(result.record.student)
    return over
