"""`export canvas`: a file for Canvas' gradebook import, made from the instructor's own Canvas export.

The file has the identity columns, the line of points, and the columns of the assignments at hand; Canvas leaves
alone what is not in the file. Cells of students without a result stay as they were.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from autograder.errors import UsageError
from autograder.export.gradebook_sheet import System, fill_columns, narrowed
from autograder.export.spreadsheet import Filled, read_sheet
from autograder.report.score_table import inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.export.gradebook_sheet import Column

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
_POINTS = "Points Possible"
_HEADER = re.compile(r"(?P<title>.*?\S)(?:\s*\(\d+\))?")  # Canvas adds its own number of the assignment


CANVAS = System(
    "Canvas", ("SIS Login ID", "SIS User ID", "ID"), _HEADER, "which Canvas takes as extra points", people=("Student",)
)


def canvas_csv(into: bytes, columns: Sequence[Column], *, keep: bool = False) -> Filled:
    """Fill grades into Canvas's own gradebook file; raises `UsageError` where it is none."""
    sheet = read_sheet(into)
    names = ["Student"] if sheet.column("LastName") is None else ["LastName", "FirstName"]
    *people, ident, _ = sheet.required(*names, "ID", "Section")
    head = next((row for row in sheet.rows[:3] if _POINTS in row[0]), None)
    if head is None:
        raise UsageError(f"no line {_POINTS!r} under the header of --into: give Canvas' own export of the gradebook")
    rows = [list(row) for row in sheet.rows if row is not head and row[ident].strip()]
    filled = fill_columns(sheet, rows, columns, CANVAS, head, keep=keep)
    for row in rows:
        for place in people:
            row[place] = inert(row[place])  # Canvas goes by the ID, which is there
    identity = [found for name in _IDENTITY if (found := sheet.column(name)) is not None]
    return Filled(narrowed(sheet, [head, *rows], [*identity, *filled.places]), filled.notes, filled.left_out)
