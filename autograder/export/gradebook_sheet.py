"""The common part of Canvas', Blackboard's and Brightspace's files: students are rows, assignments are columns.

The columns of the assignments at hand are filled in for students who have a result; every other cell stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from autograder.errors import UsageError
from autograder.export.spreadsheet import (
    Cell,
    fill,
    find_students,
    listed,
    maximum_in_words,
    number,
    unknown_rows,
    write_sheet,
)
from autograder.report import wording

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Sequence

    from autograder.export.final_score import Final
    from autograder.export.spreadsheet import Sheet


class Column(NamedTuple):
    """An assignment as another system is to know it: by its title in `course.yml`, or by its name."""

    name: str
    title: str
    results: Sequence[Final]
    nothing: Sequence[Iterable[str]] = ()  # the ids of each student who handed nothing in


class System(NamedTuple):
    """The way in which a system writes its gradebook."""

    name: str
    keys: tuple[str, ...]  # columns by which a student can be found
    header: re.Pattern[str]  # of an assignment's column: its `title`, and its `points` where they stand there
    over: str  # what it does with more points than the maximum
    spell: Callable[[str], str] = str.strip  # an id without what the system puts around it
    people: tuple[str, ...] = ()  # columns of students' names

    def read(self, header: str, what: str) -> str:
        """The `title` or the `points` in a column's header; "" where it is no assignment's, or states none."""
        found = self.header.fullmatch(header.strip())
        return (found[what] or "") if found else ""


class Filling(NamedTuple):
    """The places of the assignments' columns, notes for the instructor, and the students who are not in the file."""

    places: list[int]
    notes: list[str]
    left_out: list[str]


def fill_columns(
    sheet: Sheet,
    rows: Sequence[list[str]],
    columns: Sequence[Column],
    system: System,
    points: Sequence[str] = (),
    *,
    keep: bool,
) -> Filling:
    """Write the scores of every assignment into its column; raises `UsageError` where it is unclear whose or where.

    `rows` are those of students; `points` are the columns' maxima where a line of the file states them.
    """
    places = [_find_column(sheet, column, system) for column in columns]  # all of them before anything is compared
    found = Filling(places, [], [])
    for place, column in zip(places, columns, strict=True):
        stated = points[place] if points else system.read(sheet.header[place], "points")
        most = _same_points(stated, column, system)
        notes, missing = _fill_column(sheet, rows, column, place, (system, most), keep=keep)
        found.notes.extend(notes)
        found.left_out.extend(who for who in missing if who not in found.left_out)
    return found


def narrowed(sheet: Sheet, rows: Sequence[list[str]], places: Sequence[int]) -> bytes:
    """The file with these rows and columns alone, written in the way that it came."""
    made = [[row[place] for place in places] for row in (sheet.header, *rows)]
    return write_sheet(sheet._replace(header=made[0], rows=made[1:]))


def _find_column(sheet: Sheet, column: Column, system: System) -> int:
    """Return the place of an assignment's column; raises `UsageError` unless there is exactly one."""
    names = {column.title, column.name}
    found = [place for place, header in enumerate(sheet.header) if system.read(header, "title") in names]
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} columns" if found else "no column"
    raise UsageError(
        f"{what} called {column.title!r} or {column.name!r} in --into: have one assignment of that name in "
        f"{system.name}, then download its gradebook again (an unknown title would make a new column)"
    )


def _same_points(text: str, column: Column, system: System) -> float:
    """The system's maximum. Raises `UsageError` where we count to another: the same score would mean something else."""
    possible = number(text)
    if possible is None:
        raise UsageError(f"the points of {column.title!r} in --into are {text!r}: set them in {system.name}")
    for result in column.results:
        if possible not in {result.max_score, result.whole}:
            raise UsageError(
                f"{column.title!r}: {system.name} says {wording.number(possible)}; here {maximum_in_words(result)}: "
                f"make them the same in {system.name}, then download its gradebook again"
            )
    return possible


def _fill_column(
    sheet: Sheet,
    rows: Sequence[list[str]],
    column: Column,
    place: int,
    there: tuple[System, float],
    *,
    keep: bool,
) -> tuple[list[str], list[str]]:
    """Return notes for the instructor, and the students who are in no row; `there` is the system with its maximum."""
    system, most = there
    keys = [found for key in system.keys if (found := sheet.column(key)) is not None]
    graded = {result.record.student: result for result in column.results if result.score is not None}
    where, missing = find_students({who: found.known_as for who, found in graded.items()}, rows, keys, system.spell)
    cells = [
        Cell(graded[who].who, rows[row], place, wording.number(graded[who].score or 0)) for who, row in where.items()
    ]
    notes = fill(cells, keep=keep)
    if over := [graded[who].who for who in where if (graded[who].score or 0) > most]:
        notes.append(f"more than the {wording.number(most)} points of {column.title!r}, {system.over}: {listed(over)}")
    if unknown := unknown_rows(rows, [*where.values()], keys, column.nothing, system.spell):
        names = [at for name in system.people if (at := sheet.column(name)) is not None]
        notes.append(f"{column.name}: in the file without a result, left as they were: {_people(unknown, names, keys)}")
    return notes, [graded[who].who for who in missing]


def _people(rows: Sequence[list[str]], names: Sequence[int], keys: Sequence[int]) -> str:
    """List the students of rows, by name and the first id that is there."""
    ids = [next((row[key].strip() for key in keys if row[key].strip()), "?") for row in rows]
    called = [" ".join(row[place].strip() for place in names) for row in rows]
    return listed([wording.who(ident, name) for ident, name in zip(ids, called, strict=True)])
