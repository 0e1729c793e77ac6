"""What the exports that fill an instructor's own file have in common: reading it, finding students in it.

A student is found by an id that stands in exactly one row. Whatever does not fit is an error that names everyone
concerned; nobody is guessed, and nothing is written.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from autograder.errors import UsageError
from autograder.report.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_BOM = b"\xef\xbb\xbf"
_MOST_NAMES = 20


class Sheet(NamedTuple):
    """An instructor's file: every cell as it was, and how it was written."""

    header: list[str]
    rows: list[list[str]]
    delimiter: str
    bom: bool

    def column(self, name: str) -> int | None:
        """Where the column `name` is, if there is one; raises `UsageError` where there are two."""
        places = [place for place, title in enumerate(self.header) if title.strip() == name]
        if len(places) > 1:
            raise UsageError(f"the column {name!r} is there {len(places)} times: download the file anew")
        return places[0] if places else None

    def required(self, *names: str) -> list[int]:
        """Where these columns are; raises `UsageError` that names all that are missing."""
        places = {name: self.column(name) for name in names}
        if missing := [name for name, place in places.items() if place is None]:
            raise UsageError(
                f"no column {listed(missing)} in --into: download the file anew, in English, and edit nothing"
            )
        return [place for place in places.values() if place is not None]


def read_sheet(data: bytes) -> Sheet:
    """The file as cells; raises `UsageError` where it is no CSV file of UTF-8 text with rows of one length."""
    try:
        text = data.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        raise UsageError(f"the file for --into is not UTF-8 ({error}): download it anew as CSV") from error
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [row for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True) if row]
    except csv.Error as error:
        raise UsageError(f"the file for --into is not CSV ({error}): download it anew") from error
    if not rows:
        raise UsageError("the file for --into is empty: download it anew")
    header, *rest = rows
    for place, row in enumerate(rest, 2):
        if len(row) > len(header):
            raise UsageError(f"row {place} of --into has {len(row)} cells, the header {len(header)}: download it anew")
        row.extend([""] * (len(header) - len(row)))
    return Sheet(header, rest, delimiter, data.startswith(_BOM))


def write_sheet(sheet: Sheet) -> bytes:
    """The file as bytes, in the way that it came."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=sheet.delimiter, lineterminator="\r\n")
    writer.writerow(sheet.header)
    writer.writerows(sheet.rows)
    return (_BOM if sheet.bom else b"") + out.getvalue().encode()


def find_students(
    students: Sequence[str], rows: Sequence[list[str]], columns: Iterable[int], spell: Callable[[str], str] = str.strip
) -> dict[str, int]:
    """Student -> row. Raises `UsageError` that names who is in no row, in several, or in the row of another."""
    places: dict[str, set[int]] = {}
    for column in columns:
        for number, row in enumerate(rows):
            if key := spell(row[column]):
                places.setdefault(key, set()).add(number)
    found = {student: places.get(spell(student), set()) for student in students}
    problems = []
    if missing := [student for student, rows_of in found.items() if not rows_of]:
        problems.append(f"in no row: {listed(missing)}")
    if several := [student for student, rows_of in found.items() if len(rows_of) > 1]:
        problems.append(f"in several rows: {listed(several)}")
    owners: dict[int, list[str]] = {}
    for student, rows_of in found.items():
        for number in rows_of:
            owners.setdefault(number, []).append(student)
    if shared := [student for names in owners.values() if len(names) > 1 for student in names]:
        problems.append(f"two folders for one row: {listed(shared)}")
    if problems:
        raise UsageError(
            f"students that can't be told apart or found in --into, {'; '.join(problems)}. A folder of submissions "
            "is to have the id that the file has; nothing was written"
        )
    return {student: min(rows_of) for student, rows_of in found.items()}


def number(cell: str) -> float | None:
    """A cell's number, with a decimal point or comma; None where it is none."""
    try:
        return float(cell.strip().replace(",", "."))
    except ValueError:
        return None


def listed(names: Sequence[str]) -> str:
    """The names, cut after some."""
    shown = ", ".join(one_line(name, 80) for name in names[:_MOST_NAMES])
    rest = len(names) - _MOST_NAMES
    return f"{shown} and {rest} more" if rest > 0 else shown
