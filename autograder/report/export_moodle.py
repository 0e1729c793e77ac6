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
from autograder.report.sheets import find_students, listed, number, read_sheet, write_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.report.final import Final

_KEYS = ("Identifier", "Username", "ID number", "Email address")
_PARTICIPANT = re.compile(r"Participant (\d+)")


def moodle_csv(into: bytes, results: Sequence[Final]) -> tuple[bytes, list[str]]:
    """The worksheet, and what the instructor should know; raises `UsageError`."""
    sheet = read_sheet(into)
    identifier, grade, _ = sheet.required("Identifier", "Grade", "Last modified (grade)")
    feedback, most, open_ = (
        sheet.column(name) for name in ("Feedback comments", "Maximum Grade", "Grade can be changed")
    )
    if bad := [row[identifier] for row in sheet.rows if not _PARTICIPANT.fullmatch(row[identifier].strip())]:
        raise UsageError(f"identifiers that are not `Participant <number>` in --into: {listed(bad)}; download it anew")
    keys = [place for key in _KEYS if (place := sheet.column(key)) is not None]
    graded = [result for result in results if result.score is not None]
    where = find_students([result.record.student for result in graded], sheet.rows, keys, _spelt)
    if most is not None:
        _same_maximum(graded, [sheet.rows[where[result.record.student]][most] for result in graded])
    locked = []
    for result in graded:
        row = sheet.rows[where[result.record.student]]
        if open_ is not None and row[open_].strip() == "No":
            locked.append(result.record.student)
            continue
        row[grade] = digest.number(result.score or 0.0)
        if feedback is not None:
            row[feedback] = feedback_html(result)
    notes = [f"locked in Moodle, left as they are: {listed(locked)}"] if locked else []
    if feedback is None:
        notes.append("no column `Feedback comments`: switch that feedback type on in Moodle to hand the feedback over")
    if without := len(sheet.rows) - len(graded):
        notes.append(f"{digest.counted(without, 'student')} in the file without a result, left as they were")
    return write_sheet(sheet), notes


def feedback_html(result: Final) -> str:
    """The feedback as Moodle takes it, HTML, with nothing in it but paragraphs and escaped text."""
    return "".join(f"<p>{escape(line).replace(chr(10), '<br>')}</p>" for line in remarks(result))


def _spelt(cell: str) -> str:
    """A folder may be called `Participant 12` or `12`: the number is what is compared."""
    found = _PARTICIPANT.fullmatch(cell.strip())
    return found[1] if found else cell.strip()


def _same_maximum(graded: Sequence[Final], cells: Sequence[str]) -> None:
    """Refuse what Moodle would skip, or read as another share of the points."""
    for result, cell in zip(graded, cells, strict=True):
        most = number(cell)
        if most is None:
            raise UsageError(f"the maximum grade in --into is {cell!r}, not a number: grade by points in Moodle")
        if most not in {result.max_score, result.whole}:
            raise UsageError(
                f"the maximum grade is {digest.number(most)} in Moodle and {digest.number(result.max_score)} here: "
                "make them the same, then download the worksheet anew"
            )
        if (result.score or 0.0) > most:
            raise UsageError(f"{result.record.student} has more points than Moodle's maximum of {digest.number(most)}")
