"""The tools that checks use stand in one source: each master has the cell that its lab asks for."""

from __future__ import annotations

import ast
import linecache
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.authoring.lab_tools import CELL, lab_tools, made_for
from autograder.authoring.lab_tools.hints import Hints, of_catalogue
from autograder.course.assignment import read_assignment
from autograder.course.notebook import read_file
from autograder.course.settings import find_course
from autograder.sandbox.slicing.choose import choose
from autograder.sandbox.slicing.parse import read_cell
from autograder.suite.catalogue import parsed

COURSE = find_course(Path(__file__).parent)


@pytest.mark.parametrize("lab", sorted(COURSE.settings.assignments))
def test_the_cell_is_the_one_that_is_made(lab: str) -> None:
    """Who changes it in a notebook is told to change the source: `make tools` writes it into all."""
    cells = nbformat.read(COURSE.solution(lab), as_version=4).cells

    assert next(cell.source for cell in cells if cell.id == CELL) == made_for(COURSE, lab), "run `make tools`"


@pytest.mark.parametrize("lab", sorted(COURSE.settings.assignments))
def test_no_check_is_run_by_the_grader(lab: str) -> None:
    """Graded and given functions need no statement that calls one, whatever the tools look like: checks cost time."""
    notebook = read_file(COURSE.released(lab))
    names = [cell.grade_id for cell in notebook.cells if cell.nbgrader.get("locked")]
    given = [name for name in names if any(f"def {name}(" in cell.source for cell in notebook.code)]
    read = [(cell.index, read_cell(cell)) for cell in notebook.code]
    trees = [(index, tree) for index, tree in read if isinstance(tree, ast.Module)]

    chosen = choose(trees, [*read_assignment(COURSE, lab).points, *given])
    assert chosen
    assert not [ast.unparse(node) for nodes in chosen.values() for node in nodes if isinstance(node, ast.With)]


def test_parts_are_put_together_once() -> None:
    """Libraries come below the standard library's, a lab's own functions below the tools, `within` where it is set."""
    cell = lab_tools("torch numbers within=1e-4\n\ndef own():\n    return same\n", {})

    assert (
        cell.index("import warnings") < cell.index("import torch") < cell.index("def in_words") < cell.index("def own")
    )
    assert "within=1e-4):" in cell
    assert cell.endswith('\n\nprint("ready")')
    with pytest.raises(FileNotFoundError):
        lab_tools("numbres", {})


def names(hints: Hints | None = None) -> dict[str, Any]:
    """What the cell of tools defines in a notebook with such hints."""
    found: dict[str, Any] = {}
    exec(compile(lab_tools("numbers", hints or {}), "tools", "exec"), found)
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


KNOWN = {
    "step": {"h_t is 0.7573": ["The mix is swapped. Swap it."], "h_t is 0.75": ["Never this."]},
    "other": {"h_t is 0.7574": ["Another task's."]},
}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0.7573, "\n  Hint, if it fits your code: The mix is swapped. Swap it."),
        (0.7574, "\n  No hint knows this number. Work the formula out on paper, part by part, and compare."),
        (0.7572, "\n  No hint knows this number. Work the formula out on paper, part by part, and compare."),
    ],
)
def test_check_says_what_a_number_is_known_for(number: float, words: str) -> None:
    """Its own task's words, for the whole number; and it says so where it knows none."""
    said = told(names(KNOWN), "", f"same({number}, 0.8276, 'h_t')")

    assert said == f"✗ h_t is {number:.4f}, but 0.8276 is expected.{words}"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("0.83", "looks rounded: 0.83. Keep every digit"),
        ("0.8276", "looks rounded: 0.8276. Keep every digit"),
        ("0.82757", "looks rounded: 0.82757. Keep every digit"),
        ("0.82755", "is 0.82755000, but 0.82757267 is expected"),
        ("0.8", "is 0.8000, but 0.8276 is expected"),
    ],
)
def test_rounded_is_what_has_the_expected_digits(number: str, words: str) -> None:
    """Two digits at least; what only comes near is shown with as many digits as tell it apart."""
    assert words in told(names(), "", f"same({number}, 0.82757267, 'h_t')")


def test_check_knows_words_and_errors_as_well() -> None:
    """Whatever a verdict says may be known, and long words are folded to the screen's width."""
    hints = {"step": {"ZeroDivisionError: division": ["word " * 30 + "end."], "is None": ["One.", "Two."]}}
    divided = told(names(hints), "def step():\n    return 1 / 0\n", "same(step(), 0.5, 'h_t')")

    assert divided.endswith(" end.")
    assert max(map(len, divided.splitlines())) <= 98
    assert told(names(hints), "def step(): pass", "same(step(), 0.5, 'h_t')").endswith(
        "\n  Hint, if it fits your code: One.\n  Or: Two."
    )


CATALOGUE = """
step:
- {mistake: a, says: A., next: Do a., set: {x: secret}, lab shows: x is 1}
- {mistake: b, says: B., next: Do b., set: {x: secret}, lab shows: x is 1}
- {mistake: c, says: C., next: Do c., set: {x: secret}, lab shows: so x is 1}
- {mistake: d, says: D., next: Do d., set: {x: secret}}
- {for: [{n: 1}, {n: 2}, {n: 3}, {n: 4}], mistake: "e {n}", says: "E {n}.", next: Do e., set: {x: s}, lab shows: y is 1}
- {for: [{n: 1}, {n: 2}, {n: 3}, {n: 4}], mistake: f, says: "F {n}.", next: Do f., set: {x: s}, lab shows: z is 1}
other:
- {mistake: g, says: G., next: Do g., set: {x: secret}}
"""


def test_hints_are_the_catalogues_words() -> None:
    """All mistakes that look alike, by name where they are many; no code, and nothing of what shows nothing."""
    assert of_catalogue(parsed(CATALOGUE)) == {
        "step": {
            "so x is 1": ["A. Do a.", "B. Do b.", "C. Do c."],
            "x is 1": ["A. Do a.", "B. Do b."],
            "y is 1": ["several mistakes look so: e 1; e 2; e 3; e 4."],
            "z is 1": ["f. Do f."],
        }
    }


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
