"""The common part of exports that fill an instructor's own file: reading it, finding students in it.

A student is found by an id that stands in exactly one row. Who stands in none is left out and named; where two could be
meant, that is an error that names everyone concerned, and nothing is written. Nobody is guessed.
"""

from __future__ import annotations

import codecs
import csv
import re
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from autograder.course.roster import folded, without_zeros
from autograder.errors import UsageError
from autograder.report import wording
from autograder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from autograder.export.final_score import Final

# How a file begins, and how its text is then written; Blackboard's download is the last.
_ENCODINGS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_MOST_NAMES = 20
EXCUSED = {"EX", "EXCUSED", "EXEMPT"}
"""Cells that excuse a student from an assignment: no export of ours turns that into a grade."""
_NO_GRADE = re.compile(r"-?|(needs grading|in progress).*", re.IGNORECASE)


class Sheet(NamedTuple):
    """An instructor's file: every cell as it was, and how it was written."""

    header: list[str]
    rows: list[list[str]]
    delimiter: str = ","
    encoding: str = "utf-8"
    quoted: bool = False  # every cell is

    def column(self, *names: str) -> int | None:
        """Return the place of the column with one of these names, or None; raises `UsageError` where there are two."""
        places = [place for place, title in enumerate(self.header) if title.strip() in names]
        if len(places) > 1:
            found = self.header[places[0]].strip()
            raise UsageError(f"the column {found!r} is there {len(places)} times: download the file again")
        return places[0] if places else None

    def required(self, *names: str) -> list[int]:
        """Return the places of these columns; raises `UsageError` that names all that are missing."""
        places = {name: self.column(name) for name in names}
        if missing := [name for name, place in places.items() if place is None]:
            raise UsageError(f"no column {listed(missing)} in --into: download the file again, and edit nothing")
        return [place for place in places.values() if place is not None]


def read_sheet(data: bytes) -> Sheet:
    """The file as cells; raises `UsageError` where it is no table of UTF-8 or UTF-16 text with rows of one length."""
    encoding = next((name for begin, name in _ENCODINGS.items() if data.startswith(begin)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UsageError(f"the file for --into is not UTF-8 ({error}): download it again as CSV") from error
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [row for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True) if row]
    except csv.Error as error:
        raise UsageError(f"the file for --into is not CSV ({error}): download it again") from error
    if not rows:
        raise UsageError("the file for --into is empty: download it again")
    header, *rest = rows
    for place, row in enumerate(rest, 2):
        if len(row) > len(header):
            raise UsageError(f"row {place} of --into has {len(row)} cells, the header {len(header)}: download it again")
        row.extend([""] * (len(header) - len(row)))
    return Sheet(header, rest, delimiter, encoding, first.startswith('"'))


def write_sheet(sheet: Sheet) -> bytes:
    """The file as bytes, in the way that it came."""
    out = StringIO(newline="")
    writer = csv.writer(
        out,
        delimiter=sheet.delimiter,
        lineterminator="\r\n",
        quoting=csv.QUOTE_ALL if sheet.quoted else csv.QUOTE_MINIMAL,
    )
    writer.writerow(sheet.header)
    writer.writerows(sheet.rows)
    return out.getvalue().encode(sheet.encoding)


class Filled(NamedTuple):
    """An instructor's file with grades in it, what the instructor should know, and who stands nowhere in it."""

    data: bytes
    notes: list[str]
    left_out: list[str]


def maximum_in_words(result: Final) -> str:
    """The most points that an assignment can give, in words: the automatic ones, and those that people give."""
    automatic, by_hand = wording.number(result.record.max_score), wording.number(result.record.manual_points)
    return f"{automatic} automatic + {by_hand} by hand" if result.record.manual else f"{automatic}"


class Placed(NamedTuple):
    """Students with the row of each, and those who stand in no row."""

    rows: dict[str, int]
    missing: list[str]


def find_students(
    students: Mapping[str, Iterable[str]],
    rows: Sequence[list[str]],
    columns: Iterable[int],
    spell: Callable[[str], str] = str.strip,
) -> Placed:
    """The row of each student, by any of their ids. Raises `UsageError` that names who can't be told apart.

    Who stands nowhere is looked for once more without leading zeros, which spreadsheets take away, in the rows that are
    nobody's yet.
    """
    columns = list(columns)
    ids = {student: {folded(spell(name)) for name in names} - {""} for student, names in students.items()}
    found = _places(ids, rows, columns, lambda cell: folded(spell(cell)))
    taken = set().union(*found.values())
    rest = {student: {without_zeros(name) for name in ids[student]} - {""} for student in found if not found[student]}
    for student, places in _places(rest, rows, columns, lambda cell: without_zeros(folded(spell(cell)))).items():
        found[student] = places - taken
    problems = []
    if several := [student for student, places in found.items() if len(places) > 1]:
        problems.append(f"in several rows: {listed(several)}")
    owners: dict[int, list[str]] = {}
    for student, places in found.items():
        for place in places:
            owners.setdefault(place, []).append(student)
    if shared := [student for names in owners.values() if len(names) > 1 for student in names]:
        problems.append(f"two folders for one row: {listed(shared)}")
    if problems:
        raise UsageError(
            f"students that can't be told apart in --into, {'; '.join(problems)}. A folder of submissions "
            "is to have the id that the file has; nothing was written"
        )
    missing = [student for student, places in found.items() if not places]
    return Placed({student: min(places) for student, places in found.items() if places}, missing)


def _places(
    ids: Mapping[str, set[str]], rows: Sequence[list[str]], columns: Iterable[int], key: Callable[[str], str]
) -> dict[str, set[int]]:
    """The rows in which one of a student's ids stands."""
    places: dict[str, set[int]] = {}
    for column in columns:
        for place, row in enumerate(rows):
            places.setdefault(key(row[column]), set()).add(place)
    return {student: set().union(*(places.get(name, ()) for name in names)) for student, names in ids.items()}


def unknown_rows(
    rows: Sequence[list[str]],
    placed: Iterable[int],
    columns: Iterable[int],
    known: Iterable[Iterable[str]],
    spell: Callable[[str], str] = str.strip,
) -> list[list[str]]:
    """The rows that are not `placed`, and are of nobody `known` by any of their ids."""
    names = {folded(spell(name)) for ids in known for name in ids}
    names |= {without_zeros(name) for name in names}
    taken, columns = set(placed), list(columns)

    def is_known(row: list[str]) -> bool:
        ids = {folded(spell(row[column])) for column in columns}
        return bool((ids | {without_zeros(name) for name in ids}) - {""} & names)

    return [row for place, row in enumerate(rows) if place not in taken and not is_known(row)]


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
        elif not _NO_GRADE.fullmatch(before) and not _same_grade(before, grade):
            both = f"{one_line(before, 20)} there, {grade} here" if keep else f"{one_line(before, 20)} → {grade}"
            changed.append(f"{one_line(student, 80)} ({both})")
            row[place] = before if keep else grade
        else:
            row[place] = grade
    notes = [f"excused there, left as they are: {listed(excused)}"] if excused else []
    if changed:
        notes.append(f"another grade there, {'left as it is' if keep else 'replaced'}: {', '.join(changed)}")
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
