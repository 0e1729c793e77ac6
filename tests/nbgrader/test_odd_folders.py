"""`nbgrader autograde` over folders whose names no codec reads, or that would act on a terminal: each costs one row."""

from __future__ import annotations

import csv
import io
import re

import pytest
from nbcourse import LAB1, NbCourse, solved

NOT_UTF8, TWO_LINES, ESCAPES = "caf\udce9", "eve\nautograder: all is well", "zoe\x1b[2J\x07"
LONG, LONGER, TWIN = "a" * 255, "\udcff" * 100, "caf\\xe9"  # the last is spelled as the first is shown


@pytest.fixture(scope="module")
def printed(course: NbCourse) -> str:
    """What the command prints; it ends with 1, as somebody was not graded."""
    for student in ("bob", NOT_UTF8, TWO_LINES, ESCAPES, LONG, LONGER, TWIN):
        course.hand_in(student, solved())
    return course.nbgrader("autograde", LAB1, expect=1)


@pytest.mark.parametrize("student", ["bob", ESCAPES, TWIN])
def test_the_others_are_graded(course: NbCourse, printed: str, student: str) -> None:
    """Those whose names nbgrader can spell have their points."""
    assert course.points(student) == 10, printed[-3000:]


def test_each_odd_name_is_said_in_a_line(printed: str) -> None:
    """What is wrong, where, and what to do; no escape code and no line of the student's in it."""
    assert re.search(r"caf\\xe9~\w+ in submitted has a name that is not UTF-8: rename it", printed)
    assert re.search(r"a{144}~\w+ in submitted has a name that is too long \(more than 249 bytes\): rename it", printed)
    assert re.search(r"(\\xff)+~\w+ in submitted has a name that is not UTF-8: rename it", printed)
    assert "nbgrader can't take the folder eve\\nautograder: all is well: its name has a line end" in printed
    assert "\x1b[2J" not in printed
    assert "\x07" not in printed
    assert not any(line.startswith("autograder: all is well") for line in printed.splitlines())


@pytest.mark.usefixtures("printed")
def test_each_has_a_row(course: NbCourse) -> None:
    """Those that can't be spelled are our fault, without a score; the others are graded."""
    table = (course.root / "results" / LAB1 / "scores.csv").read_text()
    status = sorted((row["student"][:3], row["status"]) for row in csv.DictReader(io.StringIO(table)))

    assert status == [
        ("\\xf", "grader_error"),
        ("aaa", "grader_error"),
        ("bob", "graded"),
        ("caf", "graded"),
        ("caf", "grader_error"),
        ("eve", "graded"),
        ("zoe", "graded"),
    ]
