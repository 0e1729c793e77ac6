"""The corpus through nbgrader: the same scores as `autograder grade` gives for the same files."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nbcourse import LABS
from rotating import turn

from autograder.course.settings import load_course

if TYPE_CHECKING:
    from nbcourse import NbCourse

SLOW = {"lab4_memory_task", "lab5_inside_the_layer", "lab6_what_gates_are_for"}
CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.mark.full
@pytest.mark.parametrize("lab", [*LABS, "lab4_memory_task"])
def test_scores_are_the_same_by_both_ways(course: NbCourse, lab: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gradebook has the points of a run of `autograder grade` of its own; of slow labs, a quarter a day."""
    if lab not in LABS:
        course.nbgrader("generate_assignment", lab, "--force")
    monkeypatch.syspath_prepend(CORPUS)
    harness = importlib.import_module("harness")
    cases = [case for case in harness.read_cases(CORPUS) if case.lab == lab and case.label not in harness.LONG]
    if lab in SLOW:
        cases = [case for case in cases if turn(case.label, 4)]
    names = [f"{case.sort}_{case.path.stem}" for case in cases]
    for name, case in zip(names, cases, strict=True):
        course.hand_in(name, harness.build(case, load_course(course.root)), lab=lab)

    course.nbgrader("autograde", lab)
    course.autograder("grade", lab, "--results", "again")

    assert cases
    gradebook = {name: course.points(name, lab) for name in names}
    assert gradebook == pytest.approx({name: course.record(name, lab, "again")["score"] for name in names}, abs=1e-9)
