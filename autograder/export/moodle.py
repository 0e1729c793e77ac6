"""`export moodle`: the instructor's downloaded grading worksheet, filled in.

Only grade and feedback of students with a result are written; every other cell stays as it is, because Moodle skips
rows that look stale, and says nothing. What it would skip is named here instead.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from autograder.errors import UsageError
from autograder.export.final_score import remarks
from autograder.export.moodle_columns import columns_of, numbers
from autograder.export.spreadsheet import (
    Cell,
    Filled,
    fill,
    find_students,
    listed,
    maximum_in_words,
    number,
    read_sheet,
    unknown_rows,
    write_sheet,
)
from autograder.report import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from autograder.export.final_score import Final


def moodle_csv(
    into: bytes, results: Sequence[Final], nothing: Sequence[Iterable[str]] = (), *, keep: bool = False
) -> Filled:
    """The worksheet, what the instructor should know, and who is not in it; raises `UsageError`.

    `nothing` are the ids of each student who handed nothing in.
    """
    sheet = read_sheet(into)
    sheet.rows[:] = [row for row in sheet.rows if any(cell.strip() for cell in row)]  # Excel leaves empty ones behind
    there = columns_of(sheet)
    graded = {result.record.student: result for result in results if result.score is not None}
    ids = {who: result.known_as for who, result in graded.items()}
    spell = numbers(sheet, there.identifier)
    where, missing = find_students(ids, sheet.rows, there.keys, spell)
    placed = [(graded[who], sheet.rows[row]) for who, row in where.items()]
    too_many = _over_the_maximum(placed, there.most)
    open_rows = [(result, row) for result, row in placed if result.record.student not in too_many]
    locked = [
        result.record.student
        for result, row in open_rows
        if there.open is not None and row[there.open].strip() == there.no
    ]
    open_rows = [(result, row) for result, row in open_rows if result.record.student not in locked]
    notes = [f"locked in Moodle, left as they are: {listed([graded[who].who for who in locked])}"] if locked else []
    if there.open is None and there.no == "":
        notes.append("in this language it can't be told which grades are locked: Moodle skips those")
    comma = there.most is not None and any("," in row[there.most] for row in sheet.rows)
    notes += fill(
        (Cell(result.who, row, there.grade, _grade(result, comma=comma)) for result, row in open_rows),
        keep=keep,
    )
    notes += _comment(open_rows, there.feedback)
    if too_many:
        over = listed([graded[who].who for who in too_many])
        notes.append(f"more points than Moodle's maximum, which Moodle would skip: {over}")
    if there.feedback is None:
        called = f"`{there.feedback_called}`" if there.feedback_called else "for comments"
        notes.append(f"no column {called}: switch that feedback type on in Moodle to hand the feedback over")
    if unknown := unknown_rows(sheet.rows, [*where.values()], there.keys, nothing, spell):
        by = [*there.keys[1:], there.keys[0]]  # a participant's number says less than the other ids
        ids_there = [next((row[key].strip() for key in by if row[key].strip()), "?") for row in unknown]
        notes.append(f"in the file without a result, left as they were: {listed(ids_there)}")
    return Filled(write_sheet(sheet), notes, [graded[who].who for who in (*missing, *too_many)])


def feedback_html(result: Final) -> str:
    """The feedback as Moodle takes it, HTML, with nothing in it but paragraphs and escaped text."""
    return "".join(f"<p>{escape(line).replace(chr(10), '<br>')}</p>" for line in remarks(result))


def _grade(result: Final, *, comma: bool) -> str:
    """The score with the decimal mark that the worksheet has."""
    shown = wording.number(result.score or 0.0)
    return shown.replace(".", ",") if comma else shown


def _comment(rows: Sequence[tuple[Final, list[str]]], feedback: int | None) -> list[str]:
    """Write the feedback where there is none, or ours of before; say where somebody's comment stands."""
    if feedback is None:
        return []
    remarked = []
    for result, row in rows:
        if not row[feedback].strip() or _is_ours(row[feedback]):
            row[feedback] = feedback_html(result)
        else:
            remarked.append(result.who)
    return [f"somebody's comment stands there, left as it is: {listed(remarked)}"] if remarked else []


def _is_ours(cell: str) -> bool:
    """Tell whether a comment is one that an earlier export of ours wrote: it begins with the points."""
    return re.match(r"<p>(\d+(\.\d+)? of \d+(\.\d+)? points\.|Not graded yet: )", cell.strip()) is not None


def _over_the_maximum(placed: Sequence[tuple[Final, list[str]]], most: int | None) -> list[str]:
    """List who has more points than Moodle takes. Raises `UsageError` for what Moodle would read as another share."""
    over = []
    for result, row in placed if most is not None else ():
        maximum = number(row[most or 0])
        if maximum is None:
            cell = row[most or 0]
            raise UsageError(f"the maximum grade in --into is {cell!r}, not a number: grade by points in Moodle")
        if maximum not in {result.max_score, result.whole}:
            raise UsageError(
                f"Moodle says {wording.number(maximum)}; here {maximum_in_words(result)}: make them the same in "
                "Moodle, then download the worksheet again"
            )
        if (result.score or 0.0) > maximum:
            over.append(result.record.student)
    return over
