"""The frame that nbgrader's steps work on: cells as released, each once."""

from __future__ import annotations

import copy
import types
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from autograder.errors import GraderError
from autograder.nbgrader.preprocessors import AsReleased

RELEASED = Path(__file__).parents[2] / "assignments" / "lab1_scalar_lstm" / "lab1_scalar_lstm.ipynb"


def judged(change: Any) -> Any:
    """The step's answer to a release that `change` was done to."""
    released = nbformat.read(RELEASED, as_version=4)
    found = copy.deepcopy(released)
    change(found)
    step = types.SimpleNamespace(parent=types.SimpleNamespace(released=released))
    return AsReleased.preprocess(step, found, {})  # type: ignore[arg-type]  # all of it that is used


def test_the_release_itself_passes() -> None:
    """Nothing is changed in it, and nbgrader's own validator agrees."""
    book, resources = judged(lambda _book: None)
    MetadataValidator().validate_nb(book)

    assert book == nbformat.read(RELEASED, as_version=4)
    assert resources == {}


def _twice(book: Any) -> None:
    book.cells.append(next(cell for cell in book.cells if "nbgrader" in cell.metadata))


def _points(book: Any) -> None:
    next(cell for cell in book.cells if cell.metadata.get("nbgrader", {}).get("grade")).metadata.nbgrader.points = 99


def _invented(book: Any) -> None:
    next(cell for cell in book.cells if "nbgrader" in cell.metadata).metadata.nbgrader.grade_id = "bonus"


@pytest.mark.parametrize("change", [_twice, _points, _invented])
def test_a_broken_frame_is_our_fault(change: Any) -> None:
    """A cell twice, other points, a cell that nobody released: it is said, and no points are written down."""
    with pytest.raises(GraderError, match="is not as released: is assignments/ of another version"):
        judged(change)
