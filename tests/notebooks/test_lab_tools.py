"""The tools that checks use stand in one source: each master has the cell that its lab asks for."""

from __future__ import annotations

import linecache
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.authoring.lab_tools import CELL, lab_tools, numbers_with_hints, wanted_by
from autograder.course.settings import find_course

COURSE = find_course(Path(__file__).parent)


@pytest.mark.parametrize("lab", sorted(COURSE.settings.assignments))
def test_the_cell_is_the_one_that_is_made(lab: str) -> None:
    """Who changes it in a notebook is told to change the source: `make tools` writes it into all."""
    wanted = wanted_by(COURSE, lab)
    cells = nbformat.read(COURSE.solution(lab), as_version=4).cells

    assert wanted is not None
    assert next(cell.source for cell in cells if cell.id == CELL) == lab_tools(
        wanted, numbers_with_hints(COURSE, lab)
    ), "run `make tools`"


def test_parts_are_put_together_once() -> None:
    """Libraries come below the standard library's, a lab's own functions at the end, `within` where it is set."""
    cell = lab_tools("torch numbers within=1e-4\n\ndef own():\n    return same\n")

    assert (
        cell.index("import warnings") < cell.index("import torch") < cell.index("def in_words") < cell.index("def own")
    )
    assert "within=1e-4):" in cell
    assert cell.endswith('\n\n\nprint("ready")')
    with pytest.raises(FileNotFoundError):
        lab_tools("numbres")


def names(*hints: str) -> dict[str, Any]:
    """What the cell of tools defines in a notebook with such hints."""
    found: dict[str, Any] = {}
    exec(compile(lab_tools("numbers", hints), "tools", "exec"), found)
    return found


def told(names: dict[str, Any], answer: str, check: str) -> str:
    """What a check says of an answer, each in a cell of its own."""
    for place, source in (("answer", answer), ("check", f"with in_words('step'):\n    {check}")):
        linecache.cache[place] = (len(source), None, source.splitlines(keepends=True), place)
        try:
            exec(compile(source, place, "exec"), names)
        except names["Verdict"] as verdict:
            return str(verdict)
    return ""


@pytest.mark.parametrize(
    ("hints", "words"),
    [
        (["h_t is 0.7573", "z is 0.1000"], "A hint below has this number: see whether it fits your code."),
        (["z is 0.1000"], "No hint below knows this number."),
        ([], "Is your number among the hints below?"),
    ],
)
def test_check_says_whether_a_hint_knows_the_number(hints: list[str], words: str) -> None:
    """Nobody looks through forty hints in vain; without a list it is asked as before."""
    assert words in told(names(*hints), "", "same(0.7573, 0.8276, 'h_t')")


def test_many_hints_are_kept_whole_over_the_lines() -> None:
    """A line may end anywhere in one."""
    hints = [f"the loss at epoch {n} is 0.{n}000" for n in range(1000, 1040)]

    assert names(*hints)["HINTS"] == hints


ERRORS = {
    "def step():\n    return [gone for _ in [1]]\n": (
        "✗ name 'gone' is not defined, in line 2 of step's cell: return [gone for _ in [1]]\n  Is it misspelt?"
    ),
    "def step():\n    return math.exp(1)\n": "Add the line `import math` to that cell",
    "def step():\n    if False:\n        s = 1\n    return s\n": (
        "✗ s is used before it has a value, in line 4 of step's cell: return s\n  Give it a value above that line"
    ),
    "step = lambda: 1 / 0\n": "with ZeroDivisionError: division by zero\n  in line 1 of this cell: step = lambda",
    "def step():\n    return None\n": "✗ h_t is None.",
}


@pytest.mark.parametrize("answer", ERRORS)
def test_errors_name_no_frames_of_pythons_own(answer: str) -> None:
    """No <module>, <listcomp> or <lambda>; a missing import and a variable without a value are told apart."""
    said = told(names(), answer, "same(step(), 0.5, 'h_t')")

    assert ERRORS[answer] in said
    assert "<" not in said
