"""`autograder export`: results in, one file for another system out, wholly or not at all."""

from __future__ import annotations

import re
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from autograder.course import lateness
from autograder.errors import UsageError
from autograder.export.blackboard import blackboard_csv
from autograder.export.brightspace import brightspace_csv
from autograder.export.canvas import canvas_csv
from autograder.export.csv import grades_csv
from autograder.export.final_score import Final, final
from autograder.export.gradebook_sheet import Column
from autograder.export.moodle import moodle_csv
from autograder.export.prairielearn import prairielearn_csv
from autograder.export.services import coursera, prairielearn
from autograder.export.spreadsheet import listed
from autograder.files import write_atomic, zipped
from autograder.record import Late
from autograder.report import store, wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from autograder.course.roster import Person
    from autograder.course.settings import Course
    from autograder.record import Record

FORMATS = ("csv", "canvas", "moodle", "blackboard", "brightspace", "gradescope", "prairielearn", "coursera")
_GRADEBOOKS = {"canvas": canvas_csv, "blackboard": blackboard_csv, "brightspace": brightspace_csv}
_INTO = (*_GRADEBOOKS, "moodle")
_SERVICES: dict[str, tuple[str, Callable[[Final], bytes]]] = {
    "prairielearn": ("results.json", prairielearn),
    "coursera": ("feedback.json", coursera),
}
_PLAIN = re.compile(r"[^\w.@+ -]")


class ExportSource(NamedTuple):
    """The source of results and marks; without a gradebook only automatic points count, and that has to be said."""

    results: Path
    gradebook: Path | None = None
    automatic_only: bool = False
    present: store.Present | None = None  # whose records count; None: everybody's


class Exported(NamedTuple):
    """A file's bytes and what to tell the instructor: who has no result, and why, and who is left out."""

    data: bytes
    notes: list[str]
    ungraded: list[str]
    left_out: Sequence[str] = ()  # with the reason
    nothing: Sequence[str] = ()  # a line for each assignment: who handed nothing in, and so has no grade


def export(
    course: Course,
    form: str,
    prefixes: list[str] | None,
    source: ExportSource,
    into: Path | None,
    *,
    keep: bool = False,
    table: bool = False,
) -> Exported:
    """The file for `form`; raises `UsageError`, and has then written nothing.

    `keep` leaves a grade alone that stands in the file of --into already; `table` is for PrairieLearn's CSV.
    """
    names = store.assignments(course, source.results, prefixes)
    if form in _SERVICES or form == "moodle":
        one_of(names, form)
    sheet = _into(form, into)
    left_out: list[str] = []
    seen: dict[str, list[str]] = {name: [] for name in names}
    found = {name: list(_finals(course, name, source, form, left_out=left_out, seen=seen[name])) for name in names}
    absent = {name: course.people.absent(seen[name]) for name in names}  # on the roster, and without a folder
    if form == "csv":
        rows = [result for name in names for result in found[name]]
        without = [(name, person) for name in names for person in absent[name]]
        return Exported(grades_csv(rows, without), [], _ungraded(rows), left_out)
    columns, nothing = [], []
    for name in names:
        column, who = _column(course, name, found[name], absent[name])
        columns.append(column)
        nothing += [f"nothing handed in for {name}, and so no grade: {listed(who)}"] if who else []
    everything = [result for column in columns for result in column.results]
    ungraded = _ungraded(everything)
    if form in _INTO:
        if form == "moodle":
            filled = moodle_csv(sheet, everything, columns[0].nothing, keep=keep)
        else:
            filled = _GRADEBOOKS[form](sheet, columns, keep=keep)
        nowhere = [f"{who} (not in {into})" for who in filled.left_out]
        return Exported(filled.data, filled.notes, ungraded, left_out + nowhere, nothing)
    if table:
        filled = prairielearn_csv(everything)
        nowhere = [f"{who} (no e-mail address: give it in the roster)" for who in filled.left_out]
        return Exported(filled.data, filled.notes, ungraded, left_out + nowhere, nothing)
    file, render = _SERVICES[form]
    graded = {
        f"{folder_name(result.record.student)}/{file}": render(result)  # no student's name leads out of the folder
        for result in everything
        if result.score is not None
    }
    notes = [f"{file} of {wording.counted(len(graded), 'submission')}"]
    return Exported(zipped(graded), notes, ungraded, left_out, nothing)


def _ungraded(results: Iterable[Final]) -> list[str]:
    return [result.who for result in results if result.score is None]


def _column(course: Course, name: str, found: list[Final], absent: list[Person]) -> tuple[Column, list[str]]:
    """An assignment's results; and who handed nothing in, with a folder or without one, and so has none."""
    nothing = [result for result in found if result.nothing]
    ids = [*(result.known_as for result in nothing), *(person.ids for person in absent)]
    who = [*(result.who for result in nothing), *(wording.who(person.id, person.name) for person in absent)]
    results = [result for result in found if not result.nothing]
    return Column(name, course.settings.assignments[name].title, results, ids), who


def export_one(course: Course, form: str, prefixes: list[str] | None, source: ExportSource) -> Exported:
    """The JSON of the one submission that there is a result of, as a service's container wants it."""
    (name,) = one_of(store.assignments(course, source.results, prefixes), form)
    found = list(_finals(course, name, source, form, left_out=[], seen=[]))
    if len(found) != 1:
        raise UsageError(
            f"{len(found)} submissions in {source.results}: a .json file holds one; give --output a name that "
            "ends in .zip for all of them"
        )
    if found[0].score is None:
        raise UsageError(f"{found[0].record.student} could not be graded, and the fault is ours: no file was written")
    return Exported(_SERVICES[form][1](found[0]), [], [])


def one_of(names: list[str], form: str) -> list[str]:
    """Return `names` if there is exactly one; raises `UsageError`."""
    if len(names) != 1:
        raise UsageError(f"{form} takes one assignment at a time: name one of {', '.join(names)}")
    return names


def output_for(form: str, output: Path | None, into: Path | None) -> Path:
    """Return the path to write to, never that of the file being filled: raises `UsageError` where that is asked for."""
    ending = "csv" if form in {"csv", *_INTO} else "zip"
    found = output or Path(f"{'scores' if form == 'csv' else form}.{ending}")
    if into is None or found.resolve() != into.resolve():
        return found
    if output is not None:
        raise UsageError(f"--output {output} is the file for --into: name another one, the download stays as it is")
    return found.with_name(f"{form}-filled.csv")


def write(output: Path, data: bytes) -> None:
    """Put the file there, with the folder that it stands in; raises `UsageError`."""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(output, data)
    except OSError as error:
        raise UsageError(f"can't write {output}: {error.strerror}; name another file with --output") from error


def _into(form: str, into: Path | None) -> bytes:
    if (into is None) is (form in _INTO):
        what = "needs --into FILE: the file that you downloaded there" if form in _INTO else "takes no --into"
        raise UsageError(f"{form} {what}")
    try:
        return into.read_bytes() if into else b""
    except OSError as error:
        raise UsageError(f"can't read {into}: {error.strerror}") from error


def _finals(
    course: Course, assignment: str, source: ExportSource, form: str, *, left_out: list[str], seen: list[str]
) -> Iterator[Final]:
    """Every submission's result. Whose written answers nobody has marked yet is left out, except by `csv`, and named.

    `seen` gets the folders' names, of those left out too.
    Raises `UsageError` where marks are due and no gradebook is given; `csv` says what there is.
    """
    from autograder.export import hand_marks

    with hand_marks.open_gradebook(source.gradebook) if source.gradebook else nullcontext() as book:
        found = store.records(source.results, assignment)
        for record in source.present.of(found) if source.present else found:
            seen.append(record.student)
            who = wording.who(course.label(record).student, record.name)
            _up_to_date(course, record)
            marks = hand_marks.marks(book, record) if book is not None else None
            if marks is not None and marks.due and not source.automatic_only:
                left_out.append(f"{who} (not marked yet: {', '.join(marks.due)})")
                if form != "csv":
                    continue
                marks = None
            elif marks is None and record.manual and not source.automatic_only and form != "csv":
                cells = ", ".join(manual.cell for manual in record.manual)
                raise UsageError(
                    f"{assignment} has written answers ({cells}) that people mark: give --gradebook gradebook.db, "
                    "or --automatic-only"
                )
            ids = course.people.ids(record.student)
            yield final(record, None if source.automatic_only else marks, course.settings.late, ids)


def _up_to_date(course: Course, record: Record) -> None:
    """The late policy applied here has to be the one that the student's page shows."""
    told, until = record.late, lateness.due(course, record.assignment, record.student)
    now = lateness.late(course, record.assignment, record.student, told.handed_in, record.score)
    if told.handed_in is None and until is not None:  # a record of 0.1.0 holds no time; without one nobody is late
        now = Late(seconds=told.seconds, penalty=lateness.penalty(record.score or 0.0, told, course.settings.late))
    if (now.days or 0, now.penalty) != (told.days or 0, told.penalty):
        raise UsageError(
            f"course.yml's late policy is not the one that {record.student}'s result was made with: run "
            "`autograder grade` again (it grades nothing twice)"
        )


def folder_name(student: str) -> str:
    """A student's id as the name of a folder, on any system; different ids stay different."""
    plain = _PLAIN.sub(lambda found: "".join(f"%{byte:02x}" for byte in found[0].encode("utf-8", "replace")), student)
    return plain if plain.strip(". ") == plain and plain else f"%{plain}%"
