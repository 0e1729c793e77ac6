"""The notebook's own check says which packages grading has, so that green there is green there too."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.suite.missing import PACKAGES

ASSIGNMENTS = Path(__file__).resolve().parents[2] / "assignments"
LABS = sorted(path.name for path in ASSIGNMENTS.iterdir())
CHECK = "with in_words('f'):\n    print('right')"


def tools(lab: str) -> str:
    """The cell that a lab's checks use."""
    book = nbformat.read(ASSIGNMENTS / lab / f"{lab}.ipynb", as_version=4)
    return str(
        next(cell.source for cell in book.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "lab_tools")
    )


def printed(*sources: str) -> list[str]:
    """What each cell printed in a real kernel."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    NotebookClient(book, timeout=120, startup_timeout=120, kernel_name="python3").execute()
    return ["".join(output.get("text", "") for output in cell.outputs) for cell in book.cells]


def test_a_package_that_grading_lacks_is_named() -> None:
    """Once it was imported, in any cell that ran; those that grading has, and the kit's own, are not."""
    before = "import numpy as np, math\nfrom torch import nn\n%matplotlib inline\nfrom ipywidgets import interact"
    _, _, fine, _, told = printed(
        tools(LABS[0]), before, CHECK, "import math, msgspec as ms\nfrom rich import print_json", CHECK
    )

    assert fine == "right\n"
    assert told.startswith("right\n  (This notebook imports msgspec, rich. Where it is graded there are ")
    assert PACKAGES in " ".join(told.split())


def test_it_is_said_at_once() -> None:
    """Not only when the check passes: then a student has worked with it for long."""
    *_, told = printed(
        tools(LABS[0]),
        "import msgspec",
        "try:\n    with in_words('f'):\n        1 / 0\nexcept Verdict as v:\n    print(v)",
    )

    assert told.startswith("  (This notebook imports msgspec.")
    assert "✗ f stopped with ZeroDivisionError: division by zero\n  in line 3 of this cell: 1 / 0" in told


@pytest.mark.parametrize("lab", LABS)
def test_all_labs_say_it_alike(lab: str) -> None:
    """One text in all of them."""
    first, other = tools(LABS[0]), tools(lab)

    for start, end in (("def not_in_grading", "@contextlib"), ("    if packages", "    if verdict:\n")):
        assert start in first
        assert first.partition(start)[2].partition(end)[0] == other.partition(start)[2].partition(end)[0]
