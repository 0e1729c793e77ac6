"""`export canvas`: a file for Canvas' gradebook import, made from the instructor's own Canvas export.

Taken over are the identity columns, the line of points, and the columns of the assignments at hand; Canvas leaves
alone what is not in the file. Cells of students without a result stay as they were.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from autograder.errors import UsageError
from autograder.report import digest
from autograder.report.sheets import (
    Cell,
    Filled,
    Sheet,
    fill,
    find_students,
    number,
    points_here,
    read_sheet,
    write_sheet,
)
from autograder.report.table import inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.report.final import Final

_IDENTITY = (
    "Student",
    "LastName",
    "FirstName",
    "ID",
    "SIS User ID",
    "SIS Login ID",
    "Integration ID",
    "Root Account",
    "Section",
)
_KEYS = ("SIS Login ID", "SIS User ID", "ID")
_POINTS = "Points Possible"
_TITLED = re.compile(r"(?P<title>.*\S)\s*\(\d+\)")


class Column(NamedTuple):
    """An assignment as Canvas is to know it: by its title in `course.yml`, or by its name."""

    name: str
    title: str
    results: Sequence[Final]


def canvas_csv(into: bytes, columns: Sequence[Column], *, keep: bool = False) -> Filled:
    """The file, what the instructor should know, and who is not in it; raises `UsageError`."""
    sheet = read_sheet(into)
    names = ["Student"] if sheet.column("LastName") is None else ["LastName", "FirstName"]
    *people, ident, _ = sheet.required(*names, "ID", "Section")
    head = next((row for row in sheet.rows[:3] if _POINTS in row[0]), None)
    if head is None:
        raise UsageError(f"no line {_POINTS!r} under the header of --into: give Canvas' own export of the gradebook")
    rows = [list(row) for row in sheet.rows if row is not head and row[ident].strip()]
    left_out: dict[str, None] = {}
    places = {column.name: _place(sheet, column) for column in columns}
    keys = [place for key in _KEYS if (place := sheet.column(key)) is not None]
    notes = []
    for column in columns:
        place = places[column.name]
        _same_points(head[place], column)
        graded = [result for result in column.results if result.score is not None]
        where, missing = find_students([result.record.student for result in graded], rows, keys)
        left_out |= dict.fromkeys(missing)
        placed = [result for result in graded if result.record.student in where]
        notes += fill(
            (
                Cell(result.record.student, rows[where[result.record.student]], place, digest.number(result.score or 0))
                for result in placed
            ),
            keep=keep,
        )
        if without := len(rows) - len(placed):
            notes.append(
                f"{column.name}: {digest.counted(without, 'student')} in the file without a result, left as they were"
            )
    for row in rows:
        for place in people:
            row[place] = inert(row[place])  # Canvas goes by the ID, which is there
    identity = [place for name in _IDENTITY if (place := sheet.column(name)) is not None]
    kept = [*identity, *places.values()]
    made = [[row[place] for place in kept] for row in (sheet.header, head, *rows)]
    return Filled(write_sheet(Sheet(made[0], made[1:], sheet.delimiter, sheet.bom)), notes, list(left_out))


def _place(sheet: Sheet, column: Column) -> int:
    found = []
    for place, header in enumerate(sheet.header):
        titled = _TITLED.fullmatch(header.strip())
        if (titled["title"] if titled else header.strip()) in {column.title, column.name}:
            found.append(place)
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} columns" if found else "no column"
    raise UsageError(
        f"{what} called {column.title!r} or {column.name!r} in --into: have one assignment of that name in Canvas, "
        "then export its gradebook again (an unknown title would make a new assignment)"
    )


def _same_points(text: str, column: Column) -> None:
    """Refuse where Canvas counts to another number than we do: the same score would mean something else."""
    possible = number(text)
    if possible is None:
        raise UsageError(f"the points possible of {column.title!r} in --into are {text!r}: set them in Canvas")
    for result in column.results:
        if possible not in {result.max_score, result.whole}:
            raise UsageError(
                f"{column.title!r} has {digest.number(possible)} points in Canvas; here {points_here(result)}: "
                "make them the same"
            )
