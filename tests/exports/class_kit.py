"""A class of ten with everything that an export trips over, its results, and its gradebook.

Ten points are automatic and four are given by hand. Of the ten, eight are in the files of `files/`, as each platform
would have written them: Müller in one Unicode form, 0012345 without its zeros, Kim excused, Bob with another grade.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest
from nbgrader.api import Gradebook
from results_kit import LAB, made

from autograder.record import to_json

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN = "exercise1_written"
MULLER = unicodedata.normalize("NFD", "müller")
MARKED = {"ada": 9.5, "bob": 5.0, MULLER: 7.0, "kim": 5.0, "0012345": 8.0, "zoe": 16.0}
"""Final score by folder."""
UNMARKED, NOWHERE, LOCKED = "emil", "dropped", "pat"


def automatic(student: str) -> float:
    """The automatic points of a student, of ten."""
    return min(MARKED.get(student, 6.0), 10.0) - 2.0


def store(results: Path) -> Path:
    """A results folder with the whole class."""
    (results / LAB).mkdir(parents=True)
    for student in (*MARKED, UNMARKED, NOWHERE, LOCKED):
        record = made(student, automatic(student))
        (results / LAB / f"{student}.json").write_bytes(to_json(record))
    return results


def keep_book(path: Path) -> Path:
    """A gradebook in which all but one are marked; Zoe has more points than there are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", os.path.dirname(sys.executable), prepend=os.pathsep)  # nbgrader calls alembic
        with Gradebook(f"sqlite:///{path}") as book:
            book.add_assignment(LAB)
            book.add_notebook(LAB, LAB)
            book.add_grade_cell("a", LAB, LAB, max_score=10, cell_type="code")
            book.add_grade_cell(WRITTEN, LAB, LAB, max_score=4, cell_type="markdown")
            for student in (*MARKED, UNMARKED, NOWHERE, LOCKED):
                book.add_student(student)
                book.add_submission(LAB, student)
                book.find_grade("a", LAB, LAB, student).auto_score = automatic(student)
                if student == UNMARKED:
                    continue
                grade = book.find_grade(WRITTEN, LAB, LAB, student)
                grade.manual_score = min(4.0, MARKED.get(student, 8.0) - automatic(student))
                grade.extra_credit = MARKED.get(student, 8.0) - automatic(student) - grade.manual_score
                grade.needs_manual_grade = False
            book.db.commit()
    return path
