"""What the exports that fill an instructor's own file have in common: reading it, finding students in it.

A student is found by an id that stands in exactly one row. Who stands in none is left out and named; where two could be
meant, that is an error that names everyone concerned, and nothing is written. Nobody is guessed.
"""

from __future__ import annotations

import csv
import unicodedata
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from autograder.errors import UsageError
from autograder.report import digest
from autograder.report.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from autograder.report.final import Final

_BOM = b"\xef\xbb\xbf"
_MOST_NAMES = 20
EXCUSED = {"EX", "EXCUSED", "EXEMPT"}
"""Cells that excuse a student from an assignment: no export of ours turns that into a grade."""


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


class Filled(NamedTuple):
    """An instructor's file with grades in it, what the instructor should know, and who stands nowhere in it."""

    data: bytes
    notes: list[str]
    left_out: list[str]


def points_here(result: Final) -> str:
    """The points of an assignment in words: the automatic ones, and those that people give."""
    automatic, by_hand = digest.number(result.record.max_score), digest.number(result.record.manual_points)
    return f"{automatic} automatic + {by_hand} by hand" if result.record.manual else f"{automatic}"


class Placed(NamedTuple):
    """Students with the row of each, and those who stand in no row."""

    rows: dict[str, int]
    missing: list[str]


def folded(text: str) -> str:
    """An id as it is compared: without spaces around it, in one Unicode form, in one case."""
    return unicodedata.normalize("NFC", text.strip()).casefold()


def find_students(
    students: Sequence[str], rows: Sequence[list[str]], columns: Iterable[int], spell: Callable[[str], str] = str.strip
) -> Placed:
    """The row of each student. Raises `UsageError` that names who is in several rows, or in the row of another."""
    places: dict[str, set[int]] = {}
    for column in columns:
        for number, row in enumerate(rows):
            if key := folded(spell(row[column])):
                places.setdefault(key, set()).add(number)
    found = {student: places.get(folded(spell(student)), set()) for student in students}
    problems = []
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
            f"students that can't be told apart in --into, {'; '.join(problems)}. A folder of submissions "
            "is to have the id that the file has; nothing was written"
        )
    missing = [student for student, rows_of in found.items() if not rows_of]
    return Placed({student: min(rows_of) for student, rows_of in found.items() if rows_of}, missing)


class Cell(NamedTuple):
    """A grade to be written: the student, the cell's place, and the grade as text."""

    student: str
    row: list[str]
    place: int
    grade: str


def fill(cells: Iterable[Cell], *, keep: bool) -> list[str]:
    """Write grades into their cells, and say what else was there: excuses stay, other grades stay only if `keep`."""
    excused, changed = [], []
    for student, row, place, grade in cells:
        before = row[place].strip()
        if before.upper() in EXCUSED:
            excused.append(student)
        elif before and not _same_grade(before, grade):
            changed.append(f"{one_line(student, 80)} ({one_line(before, 20)}, here {grade})")
            row[place] = before if keep else grade
        else:
            row[place] = grade
    notes = [f"excused there, left as they are: {listed(excused)}"] if excused else []
    if changed:
        what = "had another grade there, left as it is" if keep else "had another grade there, replaced"
        notes.append(f"{what}: {listed(changed)}")
    return notes


def _same_grade(before: str, grade: str) -> bool:
    there, here = number(before), number(grade)
    return there is not None and here is not None and abs(there - here) < 0.005


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
