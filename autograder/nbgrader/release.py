"""The release step alone: what `nbgrader generate_assignment` makes of a master, without a gradebook.

The same steps in the same order as `nbgrader_config.py` gives them, but for the one that writes to the gradebook;
a test holds the two together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import ClearSolutions, SaveCells

from autograder.nbgrader.clear_solutions import NamedStubs

if TYPE_CHECKING:
    from pathlib import Path

_OURS = {ClearSolutions: NamedStubs}


def release_of(master: Path) -> str:
    """The text of the released notebook; raises whatever nbgrader raises on a master that it refuses."""
    book = nbformat.read(master, as_version=4)
    resources = {"nbgrader": {"notebook": master.stem, "assignment": master.stem, "student": "."}, "metadata": {}}
    for step in GenerateAssignment.class_traits()["preprocessors"].default():
        if step is not SaveCells:
            book, resources = _OURS.get(step, step)().preprocess(book, resources)
    text: str = nbformat.writes(book)
    return text if text.endswith("\n") else text + "\n"
