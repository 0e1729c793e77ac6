"""The hints are true: what a check says of a mistake is what the catalogue says of it, and of no other.

A check prints what is known of a mistake where it shows the words under the entry's `lab shows`.
"""

from __future__ import annotations

import contextlib
import functools
import io
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import nbformat
import pytest
from rotating import turn

from autograder.authoring.lab_tools.hints import is_in, is_told
from autograder.course.settings import find_course
from autograder.suite.catalogue import FILE, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.suite.catalogue import Mistake

COURSE = find_course(Path(__file__).parent)
LABS = [lab for lab in COURSE.settings.assignments if (COURSE.home(lab) / FILE).exists()]
HINT = "Hint, if it fits your code:"
NUMBER = re.compile(r"✗ .* is -?\d+\.\d{4}, but ")
UNSAID = {"softplus for sigmoid"}
"""A mistake whose number, 0.6931, is one that lab 4's suite keeps to itself: no notebook may hold it."""
PAST_THE_LESSON = {"lab5_inside_the_layer", "lab6_what_gates_are_for"}
"""Labs whose checks know the likelier slips only: with a thousand numbers, their tools would be twice as long."""


class Case(NamedTuple):
    """One mistake of one task."""

    lab: str
    task: str
    entry: Mistake


def cases() -> Iterator[Case]:
    """Every mistake that can be run; what a random one shows is something else each time."""
    for lab in LABS:
        for task, entries in read(COURSE.home(lab) / FILE).items():
            yield from (Case(lab, task, entry) for entry in entries if entry.run)


@functools.cache
def solved(lab: str) -> dict[str, Any]:
    """The solved notebook's cells by id."""
    notebook = nbformat.read(COURSE.solution(lab), as_version=4)
    return {cell.id: cell for cell in notebook.cells}


def said(case: Case) -> str:
    """What the check says where a function has the mistake; "" where it passes."""
    names: dict[str, Any] = {}
    for name, cell in solved(case.lab).items():
        tags = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and tags and not tags["grade"]:
            source = case.entry.source(cell.source) if name == f"{case.task}_answer" else cell.source
            exec(compile(source, name, "exec"), names)
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a mistake warns of is for students
            exec(compile(solved(case.lab)[case.task].source, case.task, "exec"), names)
    except names["Verdict"] as verdict:
        return str(verdict)
    return ""


PARAMETERS = [  # a third of the checks each day
    pytest.param(
        case,
        id=f"{case.task}-{case.entry.name}-{case.entry.symptom}",
        marks=() if turn(f"{case.task} {case.entry.says}", 3) else pytest.mark.full,
    )
    for case in cases()
]


@pytest.mark.parametrize("case", PARAMETERS)
def test_check_says_which_mistake_it_is_and_never_another_alone(case: Case) -> None:
    """Where the catalogue knows what is shown, its words stand below; every mistake's number is known."""
    shown = said(case)

    if case.entry.symptom:
        assert is_in(case.entry.symptom, shown)
        assert is_told(case.entry, shown), shown
    elif case.entry.name not in UNSAID:
        assert HINT not in shown
        assert case.lab in PAST_THE_LESSON or not NUMBER.match(shown)


@pytest.mark.parametrize("lab", LABS)
def test_three_graded_hints_stand_under_each_task(lab: str) -> None:
    """From where to begin, over the plan, to nearly the answer; what a number means is the check's to say."""
    for name, cell in solved(lab).items():
        if f"{name}_hints" in solved(lab) and cell.metadata.get("nbgrader", {}).get("grade"):
            text = solved(lab)[f"{name}_hints"].source

            assert re.findall(r"<summary>(.*?)</summary>", text) == [
                "Hint 1 · where to begin",
                "Hint 2 · the plan",
                "Hint 3 · nearly there",
            ]
            assert not re.search(r"\d\.\d{4}", text)


@pytest.mark.parametrize("lab", LABS)
def test_no_task_is_without_its_hints(lab: str) -> None:
    """Each autograded check has the cell, below it."""
    cells = solved(lab)
    graded = {
        name
        for name, cell in cells.items()
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade")
    }

    assert graded
    assert {f"{name}_hints" for name in graded} <= set(cells)
