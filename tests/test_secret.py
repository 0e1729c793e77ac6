"""The course's secret in a file of its own, which git ignores and `course.yml` names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from small_course import write_course

from autograder.course.settings import Course, load_course
from autograder.errors import UsageError
from autograder.grading.dask_client import course_files

if TYPE_CHECKING:
    from pathlib import Path

NAMED = "secret_file: course.secret"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course whose `course.yml` names a file that is not there."""
    root = write_course(tmp_path)
    settings = root / "course.yml"
    settings.write_text(re.sub("^secret:.*$", NAMED, settings.read_text(), flags=re.MULTILINE))
    return root


def loaded(root: Path, secret: str) -> Course:
    """The course with that secret."""
    (root / "course.secret").write_text(secret)
    return load_course(root)


def test_it_is_read_from_its_file_and_travels_with_the_course(course: Path) -> None:
    """Blanks around it don't count; a cluster's workers and Gradescope get the file too, or they would draw otherwise.

    The list of files is the same for both.
    """
    found = loaded(course, "long-enough\n")

    assert found.settings.secret == "long-enough"
    assert {"course.yml", "course.secret"} <= set(course_files(found, ["tiny"]))


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        (
            (NAMED, NAMED),
            r"can't read the course's secret, .*course\.secret, named in .*: No such file or directory; copy it",
        ),
        ((NAMED, "secret_file: ../course.secret"), "leads out of the course: name a file in it"),
        (
            (NAMED, ""),
            "no secret in .*: write `secret_file: course.secret`, and run `autograder secret`",
        ),
        ((NAMED, "secret_file: 3"), "at secret_file in .*course.yml"),
    ],
)
def test_what_is_wrong_with_it_is_one_line(course: Path, change: tuple[str, str], fact: str) -> None:
    """What, where, and what to do; a colleague's fresh clone is the usual case."""
    settings = course / "course.yml"
    settings.write_text(settings.read_text().replace(*change))
    with pytest.raises(UsageError, match=fact) as told:
        load_course(course)
    assert "\n" not in str(told.value)


def test_one_that_can_be_guessed_is_refused(course: Path) -> None:
    """An empty file, or a word."""
    with pytest.raises(UsageError, match="at secret in"):
        loaded(course, "abc")
