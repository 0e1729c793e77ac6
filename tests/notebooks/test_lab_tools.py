"""The tools that checks use stand in one source: each master has the cell that its lab asks for."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.authoring.lab_tools import CELL, lab_tools, wanted_by
from autograder.course.settings import find_course

COURSE = find_course(Path(__file__).parent)


@pytest.mark.parametrize("lab", sorted(COURSE.settings.assignments))
def test_the_cell_is_the_one_that_is_made(lab: str) -> None:
    """Who changes it in a notebook is told to change the source: `make tools` writes it into all."""
    wanted = wanted_by(COURSE, lab)
    cells = nbformat.read(COURSE.solution(lab), as_version=4).cells

    assert wanted is not None
    assert next(cell.source for cell in cells if cell.id == CELL) == lab_tools(wanted), "run `make tools`"


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
