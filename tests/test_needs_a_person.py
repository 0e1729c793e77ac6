"""A file that is graded, while the work may be elsewhere: the record asks a person to look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.course.settings import find_course
from autograder.course.submission import collect
from autograder.grading.grader import Grader

if TYPE_CHECKING:
    from collections.abc import Iterator

REPO = Path(__file__).parents[1]
LAB, OTHER = "lab1_scalar_lstm", "lab2_scalar_gru"
TOOLS = b"import traceback"
UNTOUCHED = "it is as handed out, and other notebooks beside it may hold the work"


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    """One for all."""
    with Grader(find_course(REPO)) as found:
        yield found


def read(folder: str, lab: str = LAB) -> bytes:
    """A notebook of the course."""
    return (REPO / folder / lab / f"{lab}.ipynb").read_bytes()


@pytest.mark.parametrize(
    ("exact", "copy", "asks"),
    [
        (
            read("assignments"),
            read("solutions"),
            "it is as handed out, and other notebooks beside it may hold the work",
        ),
        (
            read("assignments").replace(TOOLS, b"import traceback as last_years"),
            read("solutions"),
            "nothing in it earns points, and other notebooks beside it may hold the work",
        ),
        (read("solutions"), read("assignments"), ""),
        (read("assignments"), None, ""),
        (read("assignments", OTHER), None, f"none of its cells is one of {LAB}: is it another lab's notebook?"),
    ],
    ids=["untouched", "last year's", "the work", "nothing beside it", "another lab's"],
)
def test_a_person_is_asked(grader: Grader, exact: bytes, copy: bytes | None, asks: str, tmp_path: Path) -> None:
    """Where the exact name holds no work and a copy may, and where it is another lab's notebook; else nobody."""
    folder = tmp_path / "ada" / LAB
    folder.mkdir(parents=True)
    (folder / f"{LAB}.ipynb").write_bytes(exact)
    if copy is not None:
        (folder / f"{LAB}-Copy1.ipynb").write_bytes(copy)
    record = grader.grade(collect(tmp_path, "ada", LAB, most_bytes=2**24))

    assert record.submission.look == ([asks] if asks else [])
