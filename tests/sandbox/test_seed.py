"""Seeds that a suite sets: they hold for the next call, in whatever child it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.suite.failures import StudentFailure
from autograder.suite.student import Student

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.sandbox.submission_process import SubmissionProcess

DRAWS = """
import os, random
import numpy as np
import torch
def draw(): return [random.random(), float(np.random.rand()), float(torch.rand(1))]
def end(): os._exit(1)
"""


@pytest.fixture
def student(process: Callable[..., SubmissionProcess]) -> Student:
    """One whose functions draw from all generators."""
    return Student(process(DRAWS, names=["draw", "end"]), [])


def test_the_same_seed_gives_the_same_draws(student: Student) -> None:
    """Of each of the three generators; the call after the seeded one goes on from there."""
    student.seed(7)
    first, then = student.draw(), student.draw()
    student.seed(7)

    assert student.draw() == first
    assert then != first


def test_a_seed_survives_the_end_of_a_child(student: Student) -> None:
    """What was lost before the seeded call begins is made anew, and then seeded."""
    student.seed(7)
    first = student.draw()
    with pytest.raises(StudentFailure):
        student.end()
    student.seed(7)

    assert student.draw() == first


def test_a_seed_that_was_not_used_is_not_the_next_checks(student: Student) -> None:
    """A check that ends between its seed and its call leaves the next one's draws alone."""
    student.seed(7)
    first = student.draw()
    student.seed(7)
    student.begin(visible=False)

    assert student.draw() != first
