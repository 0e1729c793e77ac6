"""One lateness: record, gradebook and exports agree, whatever becomes of a time stamp, in any order of commands."""

from __future__ import annotations

import csv
import io
import json

import pytest
from nbcourse import LAB1, NbCourse, copy_of, solved

DATES = """
timezone: Europe/Berlin
late: {percent_per_day: 10, grace_minutes: 15, most_percent: 50}
"""
TITLE = "    title: A scalar LSTM step\n"
DUE = "    due: 2026-10-24 20:00\n    extensions: {extended: 2026-10-25}\n"
NEVER = None
FIRST, LATER = (
    {
        "missing": (NEVER, 0),
        "added": (NEVER, 0),
        "earlier": ("2026-10-27 19:00:00 UTC", 3),
        "later": ("2026-10-24 18:00:00 UTC", 0),
        "removed": ("2026-10-26 18:00:00 UTC", 2),
        "named": ("2026-10-25 19:45:00 CET", 1),
        "placed": ("2026-10-25 20:01 Europe/Berlin", 2),
        "short": ("2026-10-25 02:45:00 CEST", 1),
        "offset": ("2026-10-25 19:45:00 +01:00", 1),
        "bare": ("2026-10-25 18:45:00.123456", 1),
        "unreadable": ("on Sunday", 0),
        "extended": ("2026-10-25 23:20:00 UTC", 1),
    },
    {
        "missing": (NEVER, 0),
        "added": ("2026-10-25 19:45:00 CET", 1),
        "earlier": ("2026-10-24 18:30:00 UTC", 1),
        "later": ("2026-10-25 19:01:00 UTC", 2),
        "removed": (NEVER, 0),
        "named": ("2026-10-25 19:45:00 UTC", 2),
        "placed": ("2026-10-24 20:10 Europe/Berlin", 0),
        "short": ("2026-10-24 20:30:00 CEST", 1),
        "offset": ("2026-10-25 19:45 +0200", 1),
        "bare": ("later on", 0),
        "unreadable": ("2026-10-25 20:01 CET", 2),
        "extended": ("2026-10-25 22:50:00 UTC", 0),
    },
)


@pytest.fixture(scope="module")
def course(generated: NbCourse, tmp_path_factory: pytest.TempPathFactory) -> NbCourse:
    """A course with a due date on the evening before a clock change, and one student for each way to hand in."""
    made = copy_of(generated, tmp_path_factory.mktemp("lateness"))
    file = made.root / "course.yml"
    text = file.read_text()
    head, _, rest = text.partition("late:  ")
    file.write_text(head + DATES + rest[rest.index("# An assignment") :].replace(TITLE, TITLE + DUE, 1))
    stamp(made, FIRST)
    return made


def stamp(course: NbCourse, stamps: dict[str, tuple[str | None, int]]) -> None:
    """Hand in the solved notebook for everyone, with these time stamps."""
    for student, (text, _) in stamps.items():
        file = course.hand_in(student, solved())
        if text is None:
            file.with_name("timestamp.txt").unlink(missing_ok=True)
        else:
            file.with_name("timestamp.txt").write_text(text)


def from_records(course: NbCourse) -> dict[str, float]:
    """Points taken off, as the records have it."""
    return {name: course.record(name)["late"]["penalty"] for name in FIRST}


def from_gradebook(course: NbCourse) -> dict[str, float]:
    """Points taken off, as nbgrader has it."""
    rows = course.ask(
        "select s.student_id, n.late_submission_penalty from submitted_notebook n "
        "join submitted_assignment s on s.id = n.assignment_id join assignment a on a.id = s.assignment_id "
        "where a.name = ?",
        LAB1,
    )
    return {student: penalty or 0.0 for student, penalty in rows}


def from_export(course: NbCourse) -> dict[str, float]:
    """Points taken off, as the export has it."""
    course.autograder("export", "csv", LAB1, "--automatic-only", "--output", "out.csv")
    rows = csv.DictReader(io.StringIO((course.root / "out.csv").read_text()))
    return {row["student"]: float(row["late_penalty"]) for row in rows}


def expected(stamps: dict[str, tuple[str | None, int]]) -> dict[str, float]:
    """A tenth of the ten points for each day."""
    return {student: float(days) for student, (_, days) in stamps.items()}


def test_time_stamps_of_all_sorts_cost_the_same_everywhere(course: NbCourse) -> None:
    """First through `grade`, then through `nbgrader autograde`."""
    course.autograder("grade", LAB1)
    course.nbgrader("autograde", LAB1)

    assert from_records(course) == from_gradebook(course) == from_export(course) == expected(FIRST)


def test_stamps_added_and_corrected_count_without_force(course: NbCourse) -> None:
    """`nbgrader autograde` alone brings record, gradebook and tables up to date, and grades nobody again."""
    graded = {name: course.record(name)["started_at"] for name in FIRST}
    stamp(course, LATER)
    course.nbgrader("autograde", LAB1)

    assert from_records(course) == from_gradebook(course) == from_export(course) == expected(LATER)
    changed = {name for name in FIRST if course.record(name)["started_at"] != graded[name]}
    assert changed <= {"bare", "unreadable"}  # what a person is asked to look at is part of a record
    assert "later on" not in (course.root / "autograded" / "bare" / LAB1 / "timestamp.txt").read_text()


def test_grade_first_and_autograde_after_it(course: NbCourse) -> None:
    """The other way round: the ledger sees that a time stamp is another one."""
    stamp(course, FIRST)
    course.autograder("grade", LAB1)
    course.nbgrader("autograde", LAB1)

    assert from_records(course) == from_gradebook(course) == from_export(course) == expected(FIRST)


def test_due_puts_corrected_stamps_into_the_gradebook(course: NbCourse) -> None:
    """After `grade`, `autograder due` is enough."""
    stamp(course, LATER)
    course.autograder("grade", LAB1)
    course.autograder("due")

    assert from_records(course) == from_gradebook(course) == expected(LATER)


def test_what_cannot_be_read_needs_a_person(course: NbCourse) -> None:
    """In the class report, with what to do; it costs nothing."""
    page = (course.root / "results" / LAB1 / "report.html").read_text()
    people = page[page.index("Needs a person") :]

    assert "timestamp.txt can&#39;t be read" in people
    assert json.loads((course.root / "results" / LAB1 / "bare.json").read_text())["late"]["penalty"] == 0
