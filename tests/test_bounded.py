"""Hostile text in a cell: the grader reads at most so much of it itself, for its messages."""

from __future__ import annotations

import time

import pytest

from autograder.course.bounded_parse import MOST_CHARACTERS, MOST_DEPTH, read_bounded
from autograder.course.notebook import Notebook, NotebookCell
from autograder.course.written_answers import look
from autograder.record import Manual
from autograder.suite.missing import unbound_names, why_missing
from autograder.suite.source_lines import definition

MIB = 2**20
HOSTILE = {
    "deeply nested brackets": "x = " + "(" * 50_000 + ")" * 50_000,
    "open brackets": "def step(x):\n    return " + "f([{" * 10_000,
    "a chain of signs": "x = " + "-" * 90_000 + "1",
    "10 MiB of names": "def step_one(x): return x\n" + "y = z\n" * (10 * MIB // 6),
    "10 MiB in a line": "step = " + " " * 10 * MIB + "\\",
    "10 MiB of functions": "".join(f"def stap{number}(): pass\n" for number in range(10 * MIB // 20)),
    "many functions of one length": "".join(f"def stap{number:05}(): pass\n" for number in range(4000)),
    "10 MiB of text": "# why is that so\n" * (10 * MIB // 17),
    "a string that does not end": "'''" + "a\n" * (5 * MIB),
    "magics": "!ls\n" * 20_000,
    "escaped quotes": 'x = "' + '\\"' * 90_000,
    "escaped quotes in lines": ('x = "' + '\\"' * 400 + "\n") * 200,
    "a magic and escaped quotes": '%time x = 1\nx = "' + '\\"' * 45_000,
    "quotes": "'\\'" * 20_000,
    "comments, one below another": "x = (1)\n" + "#\n" * 90_000,
    "empty lines": "\n" * 90_000,
    "lines of blanks": " \n" * 45_000,
    "blanks behind an import": "from math import" + " " * 90_000 + "exp",
    "imports behind an import": "from math import exp # " + "import " * 12_000,
    "a dotted name": "import a" + ".a" * 45_000,
    "dotted names": ("import a" + ".a" * 1900 + "\n") * 24,
    "branches": "if a: pass\n" + "elif a: pass\n" * 7000,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("kind", ["code", "markdown"])
def test_reading_for_messages_is_bounded(kind: str, source: str) -> None:
    """Five seconds for all of it, also on a busy machine; each is at most 10 MiB."""
    book = Notebook([NotebookCell(0, kind, source), NotebookCell(1, "code", "def f(x):\n    return np.exp(x)")])
    start = time.process_time()

    code = book.code_for(["step"])
    why = why_missing("step", {cell.index: cell.source for cell in code}, [], {}, lambda _place: None)
    unbound_names(tuple(cell.source for cell in code))
    definition("step", tuple((cell.index, cell.source) for cell in code))
    asked = look(
        (Manual(cell="answer", max_points=1.0),),
        Notebook([NotebookCell(0, "markdown", "", {"grade_id": "answer"})]),
        book,
    )

    assert time.process_time() - start < 5
    assert why.startswith("`step` is missing: ")
    assert len(asked) == 1


def test_what_is_short_and_flat_is_read() -> None:
    """Up to the bounds, and nothing beyond them."""
    deepest = "(" * MOST_DEPTH + "1" + ")" * MOST_DEPTH

    assert read_bounded(f"x = {deepest}") is not None
    assert read_bounded(f"x = ({deepest})") is None
    assert read_bounded("#" * MOST_CHARACTERS) is not None
    assert read_bounded("#" * (MOST_CHARACTERS + 1)) is None


@pytest.mark.parametrize(
    ("kind", "source", "read"),
    [
        ("markdown", "def step(x):\n    return x", True),
        ("raw", "step = lambda x: x", True),
        ("markdown", "```python\nclass step:\n    pass\n```", True),
        ("markdown", "step = 1/(1+x)", False),
        ("markdown", "A step (forward) is\ndef step(x): the one above", False),
        ("markdown", "given = 1\nprint(given)", True),
        ("markdown", "given = 2", False),
    ],
)
def test_code_that_was_turned_into_text_is_code(kind: str, source: str, read: bool) -> None:  # a parameter
    """Answers by what they define, given cells by their text; a formula or a sentence stays text."""
    book = Notebook([NotebookCell(0, kind, source)])

    assert bool(book.code_for(["step"], ["given = 1\nprint(given)"])) is read


def test_code_in_a_text_cell_is_no_written_answer() -> None:
    """Nobody is asked to mark a function that was turned into text and is graded as code."""
    released = Notebook([NotebookCell(0, "markdown", "Write here.", {"grade_id": "why"})])
    book = Notebook([*released.cells, NotebookCell(1, "markdown", "def step(x):\n    return x")])
    manual = (Manual(cell="why", max_points=2.0),)

    assert not look(manual, released, book, {1})[0].note
    assert "cell 2" in (look(manual, released, book)[0].note or "")
