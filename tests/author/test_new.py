"""`autograder new`: what it writes into a course, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.authoring.new_lab.lab import make_lab, with_assignment
from autograder.course.settings import Course, load_course
from autograder.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETTINGS = """\
title: T
secret: only-for-tests
assignments:            # the order of the course
  lab1:
    title: One

# what must be reached
thresholds: {}
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course that holds its settings and nothing else."""
    (tmp_path / "course.yml").write_text(SETTINGS)
    return load_course(tmp_path)


def test_entry_goes_to_the_end_of_its_block() -> None:
    """Comments and blank lines of course.yml stay as they are."""
    assert with_assignment(SETTINGS, "lab2", 'Two: "more"').splitlines()[2:8] == [
        "assignments:            # the order of the course",
        "  lab1:",
        "    title: One",
        "  lab2:",
        '    title: "Two: \\"more\\""',
        "",
    ]


def test_first_entry_and_last_line() -> None:
    """Into an empty block, and into one that ends the file without a line break."""
    assert with_assignment("assignments: {}\n", "a", "A") == 'assignments:\n  a:\n    title: "A"\n'
    assert with_assignment("assignments:\n  b: {title: B}", "a", "A") == (
        'assignments:\n  b: {title: B}\n  a:\n    title: "A"\n'
    )


@pytest.mark.parametrize(
    ("name", "function", "fact"),
    [
        ("lab 2", "f", "no lab can be called 'lab 2'"),
        ("../lab2", "f", "no lab can be called"),
        ("lab2", "class", "no function can be called 'class'"),
        ("lab1", "f", "lab1 is in"),
    ],
)
def test_names_that_will_not_do(course: Course, name: str, function: str, fact: str) -> None:
    """They are refused with the fact and a remedy."""
    with pytest.raises(UsageError, match=fact):
        make_lab(course, name, function, "T")


@pytest.mark.parametrize("part", [Course.suite, Course.released])
def test_nothing_is_overwritten(course: Course, part: Callable[[Course, str], Path]) -> None:
    """A suite, or a released notebook, that is there already stays, and no other part is written."""
    mine = part(course, "lab2")
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")

    with pytest.raises(UsageError, match="is there already"):
        make_lab(course, "lab2", "f", "T")
    assert mine.read_text() == "mine"
    assert not course.solution("lab2").exists()
    assert (course.root / "course.yml").read_text() == SETTINGS


def test_settings_without_a_block_are_refused(course: Course) -> None:
    """Where the entry can't be put in by itself, the message says so."""
    with pytest.raises(UsageError, match="write the entry for lab2 yourself"):
        with_assignment("{title: T, assignments: {}}", "lab2", "T")
    assert course.root.is_dir()
