"""The corpus through nbgrader: the same scores as `autograder grade` gives for the same files."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nbcourse import LABS

from autograder.course.settings import load_course

if TYPE_CHECKING:
    from nbcourse import NbCourse

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.mark.full
@pytest.mark.parametrize("lab", [*LABS, "lab4_memory_task"])
def test_scores_are_the_same_by_both_ways(course: NbCourse, lab: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every case of a lab but the longest: the gradebook has the points of a run of `autograder grade` of its own."""
    if lab not in LABS:
        course.nbgrader("generate_assignment", lab, "--force")
    monkeypatch.syspath_prepend(CORPUS)
    harness = importlib.import_module("harness")
    cases = [case for case in harness.read_cases(CORPUS) if case.lab == lab and case.label not in harness.LONG]
    names = [f"{case.sort}_{case.path.stem}" for case in cases]
    for name, case in zip(names, cases, strict=True):
        course.hand_in(name, harness.build(case, load_course(course.root)), lab=lab)

    course.nbgrader("autograde", lab)
    course.autograder("grade", lab, "--results", "again")

    assert cases
    gradebook = {name: course.points(name, lab) for name in names}
    assert gradebook == {name: course.record(name, lab, "again")["score"] for name in names}
