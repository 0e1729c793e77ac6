"""The solution of lab 4 for its tests, loaded once."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from autograder.assignment import read_assignment
from autograder.course import Course, find_course
from autograder.reference import Reference


@pytest.fixture(scope="session")
def course() -> Course:
    """The course that this repository is."""
    return find_course(Path(__file__).parent)


@pytest.fixture(scope="session")
def solution(course: Course) -> Reference:
    """The solution notebook's functions."""
    torch.set_num_threads(1)
    return Reference(read_assignment(course, "lab4_memory_task"))
