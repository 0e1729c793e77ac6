"""`nbgrader autograde` over folders whose names no codec reads, or that would act on a terminal: each costs one row."""

from __future__ import annotations

import csv
import io

import pytest
from nbcourse import LAB1, NbCourse, solved

NOT_UTF8, TWO_LINES, ESCAPES = "caf\udce9", "eve\nautograder: all is well", "zoe\x1b[2J\x07"


@pytest.fixture(scope="module")
def printed(course: NbCourse) -> str:
    """What the command prints; it ends with 1, as somebody was not graded."""
    for student in ("bob", NOT_UTF8, TWO_LINES, ESCAPES):
        course.hand_in(student, solved())
    return course.nbgrader("autograde", LAB1, expect=1)


@pytest.mark.parametrize("student", ["bob", ESCAPES])
def test_the_others_are_graded(course: NbCourse, printed: str, student: str) -> None:
    """Those whose names nbgrader can spell have their points."""
    assert course.points(student) == 10, printed[-3000:]


def test_each_odd_name_is_said_in_a_line(printed: str) -> None:
    """What is wrong, where, and what to do; no escape code and no line of the student's in it."""
    assert "caf\\xe9 in submitted has a name that is not UTF-8: rename it" in printed
    assert "nbgrader can't take the folder eve\\nautograder: all is well: its name has a line end" in printed
    assert "\x1b[2J" not in printed
    assert "\x07" not in printed
    assert not any(line.startswith("autograder: all is well") for line in printed.splitlines())


@pytest.mark.usefixtures("printed")
def test_each_has_a_row(course: NbCourse) -> None:
    """The one that can't be spelled is our fault, without a score; the others are graded."""
    table = (course.root / "results" / LAB1 / "scores.csv").read_text()
    status = sorted((row["student"][:3], row["status"]) for row in csv.DictReader(io.StringIO(table)))

    assert status == [("bob", "graded"), ("caf", "grader_error"), ("eve", "graded"), ("zoe", "graded")]
