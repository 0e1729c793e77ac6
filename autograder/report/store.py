"""A folder of results, read back: records as a stream, the table and the class report made of them.

Records are read one at a time and let go, so that what is kept for ten thousand of them is a few megabytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from autograder.course import moments
from autograder.course.student_folders import students
from autograder.errors import UsageError
from autograder.files import write_atomic
from autograder.record import Record, from_json
from autograder.report import wording
from autograder.report.changes import Changes
from autograder.report.class_page import class_page, is_page_of
from autograder.report.course_page import Lab, course_page
from autograder.report.score_table import scores_csv
from autograder.report.summary import ClassSummary, Row
from autograder.report.wording import ABSENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from autograder.course.settings import Course


def assignments(course: Course, results: Path, prefixes: list[str] | None) -> list[str]:
    """Return those named, or all that have results, in the course's order; raises `UsageError` where there are none."""
    wanted = [course.assignment(prefix) for prefix in prefixes or []] or list(course.settings.assignments)
    found = [name for name in course.settings.assignments if name in wanted and any(_files(results, name))]
    missing = [name for name in wanted if name not in found] if prefixes else []
    if missing or not found:
        what = f"no results for {', '.join(missing)} in {results}" if missing else f"no results in {results}"
        raise UsageError(f"{what}: run `autograder grade` first, or name the folder with --results")
    return found


def records(results: Path, assignment: str) -> Iterator[Record]:
    """Every record of an assignment, by student; raises `UsageError` naming a file that is none."""
    for path in _files(results, assignment):
        try:
            record = from_json(path.read_bytes())
        except OSError as error:
            raise UsageError(f"can't read {path}: {error.strerror}") from error
        except msgspec.MsgspecError as error:
            raise UsageError(
                f"{path} is no record ({error}): remove it, and `autograder grade` will grade again"
            ) from error
        if (record.student, record.assignment) != (path.stem, assignment):
            raise UsageError(
                f"{path} is the record of {record.student} for {record.assignment}: put it back, or remove it"
            )
        yield record


class Present:
    """Lets the records pass of those who have a folder in `submitted`, and remembers the others.

    Where that folder is not there or holds nobody, all of them pass: results can be read and merged without it.
    """

    def __init__(self, submitted: Path) -> None:
        self.submitted = submitted
        self.gone: list[str] = []
        try:
            self.names = set(students(submitted))
        except OSError:
            self.names = set()

    def of(self, stream: Iterator[Record]) -> Iterator[Record]:
        """Return those of them that count."""
        for record in stream:
            if self.names and record.student not in self.names:
                self.gone.append(record.student)
            else:
                yield record


def said(found: Iterable[Present]) -> str:
    """One line on what was left out, or on why nothing could be; "" where there is nothing to say."""
    found = list(found)
    if gone := sorted({student for present in found for student in present.gone}):
        return f"left out, as there is no folder in {found[0].submitted}: the records of {', '.join(gone)}"
    if found and not found[0].names:
        return f"no folder of submissions {found[0].submitted}: the records alone count"
    return ""


def _files(results: Path, assignment: str) -> list[Path]:
    return sorted(
        (path for path in (results / assignment).glob("*.json") if path.name[0] != "."), key=lambda path: path.stem
    )


def gather(course: Course, stream: Iterator[Record], assignment: str) -> tuple[list[Record], ClassSummary]:
    """The records, less what tables don't need, and the class in numbers, with the names that the roster has now."""
    people = course.people
    summary = ClassSummary(assignment, course.settings.assignments[assignment].title)
    kept = []
    for record in stream:
        summary.add(course.label(record), stranger=bool(people.people) and people.person(record.student) is None)
        kept.append(wording.slim(record))
    summary.set_absent(people.absent(record.student for record in kept))
    return kept, summary


def write_tables(
    course: Course, results: Path, kept: list[Record], summary: ClassSummary, changes: Changes | None = None
) -> None:
    """Write `scores.csv` and `report.html` of a lab, and the page of the course."""
    folder = results / summary.assignment
    write_atomic(folder / "scores.csv", scores_csv(kept, summary.absent, summary.assignment).encode())
    report = folder / "report.html"
    if not (report.is_file() and is_page_of(report.read_bytes(), summary, changes)):
        write_atomic(report, class_page(summary, changes).encode())
    rows = [*summary.rows, *(Row(each.id, each.name, each.section, ABSENT, None, 0.0, "") for each in summary.absent)]
    write_atomic(_kept_rows(results, summary.assignment), msgspec.json.encode(rows))
    write_atomic(
        results / "index.html", course_page(course.settings.title, list(_labs(course, results)), course.people).encode()
    )


def _kept_rows(results: Path, assignment: str) -> Path:
    return results / f".{assignment}.rows"


def _labs(course: Course, results: Path) -> Iterator[Lab]:
    """Every lab that has a table, in the order of the course."""
    for name, settings in course.settings.assignments.items():
        try:
            rows = msgspec.json.decode(_kept_rows(results, name).read_bytes(), type=list[Row])
        except (OSError, msgspec.MsgspecError):  # no table yet, or one of an older version: its next run writes it
            continue
        local = moments.zone(course.settings.timezone)
        due = f"{settings.due.astimezone(local):%Y-%m-%d %H:%M}" if settings.due else "-"
        yield Lab(name, settings.title, due, rows)


def compare(results: Path, against: Path, assignment: str) -> Changes:
    """Return what differs from the results in the folder `against`; raises `UsageError` where it has none."""
    old = {path.stem: path for path in _files(against, assignment)}
    if not old:
        raise UsageError(f"no results for {assignment} in {against}: --against takes an older --results folder")
    changes = Changes(str(against))
    for record in records(results, assignment):
        path = old.pop(record.student, None)
        try:
            before = from_json(path.read_bytes()) if path else None
        except (OSError, msgspec.MsgspecError) as error:
            raise UsageError(f"{path} is no record ({error})") from error
        changes.add(before, record)
    changes.gone = sorted(old)
    return changes
