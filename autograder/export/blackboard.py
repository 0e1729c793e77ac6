"""`export blackboard`: a file for Blackboard's gradebook upload, made from the instructor's own download of it.

Blackboard finds a student by `Username`, and a column by the number at the end of its header: without that number it
would make a new column. The file stays as it came: text of UTF-16 between tabs, or CSV.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from autograder.export.gradebook_sheet import System, fill_columns, narrowed
from autograder.export.spreadsheet import Filled, read_sheet
from autograder.report.score_table import inert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.export.gradebook_sheet import Column

_NAMES = ("Last Name", "First Name")
_HEADER = re.compile(r"(?P<title>.*\S)\s*\[Total Pts: (?:up to )?(?P<points>\S+)[^\]]*\]\s*\|\s*\d+")


BLACKBOARD = System(
    "Blackboard",
    ("Username", "Student ID"),
    _HEADER,
    "which Blackboard takes as extra points",
    people=("First Name", "Last Name"),
)


def blackboard_csv(into: bytes, columns: Sequence[Column], *, keep: bool = False) -> Filled:
    """The file, what the instructor should know, and who is not in it; raises `UsageError`."""
    sheet = read_sheet(into)
    (username,) = sheet.required("Username")
    rows = [list(row) for row in sheet.rows if row[username].strip()]
    filled = fill_columns(sheet, rows, columns, BLACKBOARD, keep=keep)
    names = [place for name in _NAMES if (place := sheet.column(name)) is not None]
    for row in rows:
        for place in names:
            row[place] = inert(row[place])
    keys = [place for name in BLACKBOARD.keys if (place := sheet.column(name)) is not None]
    return Filled(narrowed(sheet, rows, [*names, *keys, *filled.places]), filled.notes, filled.left_out)
