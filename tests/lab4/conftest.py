"""The solution of lab 4 for its tests, loaded once."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import torch
from fake_experiment import LAB, Fake

from autograder.authoring import calibration, calibration_runs
from autograder.course.assignment import read_assignment
from autograder.course.settings import Course, find_course
from autograder.suite.loading import import_beside
from autograder.suite.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def course() -> Course:
    """The course that this repository is."""
    return find_course(Path(__file__).parent)


@pytest.fixture(scope="session")
def solution(course: Course) -> Reference:
    """The solution notebook's functions."""
    torch.set_num_threads(1)
    return Reference(read_assignment(course, "lab4_memory_task"))


@pytest.fixture(scope="session")
def lab(course: Course) -> Callable[[str], Any]:
    """The modules of the lab's own folder, by name."""
    return functools.partial(import_beside, course.suite(LAB))


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, course: Course) -> Fake:
    """One threshold measured by a fake, stored in a folder of the test's own; course.yml asks for all of the lab's."""
    made = Fake()
    thresholds = course.settings.thresholds
    monkeypatch.setattr(calibration, "experiments_of", lambda _course, name: dict.fromkeys(thresholds[name], made))
    for module in (calibration, calibration_runs):
        monkeypatch.setattr(module, "table_path", lambda _course, name: tmp_path / f"{name}.json")
    return made
