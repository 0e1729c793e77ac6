"""The released cells that a given function needs, chosen once in the grader."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.assignment import read_assignment
from autograder.course import find_course
from autograder.sandbox.reading import read_cell
from autograder.sandbox.slicing import choose
from autograder.suite.given import needed

if TYPE_CHECKING:
    from autograder.sandbox.protocol import Cell

COURSE = find_course(Path(__file__).parent)
FUNCTIONS = {
    "lab1_scalar_lstm": "scalar_lstm_lab",
    "lab2_scalar_gru": "scalar_gru_lab",
    "lab3_shapes": "shape_lab",
    "lab4_memory_task": "memory_lab",
}


def chosen(cells: list[Cell], name: str) -> dict[int, list[str]]:
    """The statements that a child would run."""
    trees = [(cell.index, tree) for cell in cells if isinstance(tree := read_cell(cell), ast.Module)]
    return {index: [ast.dump(part) for part in parts] for index, parts in choose(trees, [name]).items()}


@pytest.mark.parametrize("lab", FUNCTIONS)
def test_the_child_runs_the_same_statements(lab: str) -> None:
    """Fewer cells are sent than there are, and of those the same statements are run, at the same lines."""
    given = list(read_assignment(COURSE, lab).given)
    few = needed(given, FUNCTIONS[lab])

    assert 0 < len(few) < len(given)
    assert chosen(few, FUNCTIONS[lab]) == chosen(given, FUNCTIONS[lab])
