"""`export brightspace`: a file for Brightspace's grade import, made from the instructor's own export of grades.

Brightspace takes `Username` or `OrgDefinedId`, columns called `<title> Points Grade`, and at the end `End-of-Line
Indicator` with a `#` in each row. Names, e-mail and weighted grades are not to be imported, so they are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from autograder.errors import UsageError
from autograder.export.gradebook_sheet import System, fill_columns, narrowed
from autograder.export.spreadsheet import Filled, read_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.export.gradebook_sheet import Column

_END = "End-of-Line Indicator"
_HEADER = re.compile(r"(?P<title>.*\S) Points Grade(?: <(?:[^>]*\b)?MaxPoints:(?P<points>[\d.,]+)[^>]*>)?")


def _spelt(cell: str) -> str:
    """An id without the `#` that keeps spreadsheets from reading it as a number."""
    return cell.strip().removeprefix("#")


BRIGHTSPACE = System(
    "Brightspace",
    ("OrgDefinedId", "Username", "Email"),
    _HEADER,
    "which Brightspace cuts down unless the grade item has `Can Exceed`",
    _spelt,
    ("First Name", "Last Name"),
)


def brightspace_csv(into: bytes, columns: Sequence[Column], *, keep: bool = False) -> Filled:
    """The file, what the instructor should know, and who is not in it; raises `UsageError`."""
    sheet = read_sheet(into)
    (end,) = sheet.required(_END)
    keys = [place for name in BRIGHTSPACE.keys[:2] if (place := sheet.column(name)) is not None]
    if not keys:
        raise UsageError("no column OrgDefinedId or Username in --into: export the grades with a key field")
    rows = [list(row) for row in sheet.rows if any(row[place].strip() for place in keys)]
    filled = fill_columns(sheet, rows, columns, BRIGHTSPACE, keep=keep)
    for row in rows:
        row[end] = "#"
    return Filled(narrowed(sheet, rows, [*keys, *filled.places, end]), filled.notes, filled.left_out)
