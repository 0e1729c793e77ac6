"""Written answers that stand elsewhere than in their cell."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from autograder.course.assignment import read_assignment
from autograder.course.notebook import read_bytes
from autograder.course.settings import find_course
from autograder.course.written_answers import look

if TYPE_CHECKING:
    from collections.abc import Callable

ASSIGNMENT = read_assignment(find_course(Path(__file__).parent), "lab1_scalar_lstm")
RELEASED = json.loads(Path(find_course(Path(__file__).parent).released("lab1_scalar_lstm")).read_text())
TEXT = "The forget gate falls, so less of the old memory stays."


def place(name: str) -> int:
    """Of the cell with this id."""
    return next(place for place, cell in enumerate(RELEASED["cells"]) if cell["id"] == name)


def markdown(text: str) -> dict[str, Any]:
    """A cell of a student's own."""
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def code(text: str) -> dict[str, Any]:
    """A code cell of a student's own."""
    return {"cell_type": "code", "metadata": {}, "source": text, "outputs": [], "execution_count": None}


def noted(change: Callable[[list[dict[str, Any]]], object]) -> str:
    """The note on the written answer of a release that `change` was done to."""
    book = copy.deepcopy(RELEASED)
    for cell in book["cells"]:
        cell["source"] = "".join(cell["source"])
    change(book["cells"])
    (found,) = look(ASSIGNMENT.manual, ASSIGNMENT.released, read_bytes(json.dumps(book).encode(), ".ipynb"))
    return found.note


ANSWER, QUESTION, STUB = place("exercise1_written"), place("exercise1_question"), place("sigmoid_answer")


def add(cells: list[dict[str, Any]], index: int, text: str) -> None:
    """More text at the end of a cell."""
    cells[index]["source"] += "\n\n" + text


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        (lambda cells: cells.insert(ANSWER + 1, markdown(TEXT)), ANSWER + 2),
        (lambda cells: cells.insert(ANSWER, markdown(TEXT)), ANSWER + 1),
        (lambda cells: add(cells, QUESTION, TEXT), QUESTION + 1),
        (lambda cells: cells.append(markdown(TEXT)), len(RELEASED["cells"]) + 1),
        (lambda cells: cells.append({**markdown(TEXT), "cell_type": "raw"}), len(RELEASED["cells"]) + 1),
        (lambda cells: add(cells, STUB, f"# {TEXT}"), STUB + 1),
        (lambda cells: add(cells, STUB, "# The forget gate falls,\n# so less of the memory stays."), STUB + 1),
        (lambda cells: cells.append(code(f'answer = """{TEXT}"""')), len(RELEASED["cells"]) + 1),
        (lambda cells: cells.append(code(f'print("{TEXT}")')), len(RELEASED["cells"]) + 1),
        (lambda cells: cells.append(code(TEXT)), len(RELEASED["cells"]) + 1),
        (lambda cells: (cells.pop(ANSWER), cells.insert(ANSWER, markdown(TEXT))), ANSWER + 1),
    ],
)
def test_text_elsewhere_is_found(change: Callable[[list[dict[str, Any]]], object], cell: int) -> None:
    """Below, above, in the question, at the end, as a comment, a string, prose in code, in the place of the answer."""
    note = noted(change)

    assert (
        f"cell {cell} (“The forget gate falls" in " ".join(note.split())
        or f"cell {cell} (“# The forget" in note
        or (f"cell {cell} (“" in note and "The forget gate falls" in note)
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda _cells: None,
        lambda cells: cells.append(markdown(" \n---")),
        lambda cells: add(cells, STUB, "# compute it\nx = {'forget_gate': 1, 'input_gate': 2,\n'output_gate': 3}"),
        lambda cells: cells.append(code("print(sigmoid(0.5))")),
        lambda cells: cells[ANSWER].update(source=TEXT),
        lambda cells: (cells[ANSWER].update(source=TEXT), cells.append(markdown("More."))),
    ],
)
def test_nobody_is_asked_about_nothing(change: Callable[[list[dict[str, Any]]], object]) -> None:
    """As released, only code and short comments, or an answer in its own cell: no note."""
    assert noted(change) == ""
