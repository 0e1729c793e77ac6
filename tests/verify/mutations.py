"""What an author may do by mistake, each with the rule that has to catch it and the file that it has to name."""

# ruff: noqa: E501, RUF001  # a table reads best with one entry a line; the lesson is typeset

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from autograder.course.settings import find_course

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from broken_course import Broken


class Mutation(NamedTuple):
    """One change: `where` is a part of the place that the finding names."""

    title: str
    rule: str
    where: str
    change: Callable[[Broken], object]


LAB = "lab1_scalar_lstm"
LEAKED = "c_t = forget_gate*c_prev   +  input_gate*c_tilde"  # the solution's line, spaced in another way
GUIDE = "the gate multiplies the old memory 0.8, so less of it stays (0.5848 → 0.2152), while the written part"
ANSWER = "The forget gate falls from σ(1) = 0.7311 to σ(−1) = 0.2689, so"
TESTED = 'step.right(student, reference, "forget_gate")'
PICTURE = "picture_gate_idea"


def _add(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


MUTATIONS = [
    # ---------------------------------------------------------------- complete
    Mutation("no release", "complete", "assignments/", lambda c: c.released.unlink()),
    Mutation("a master cut in half", "complete", "solutions/", lambda c: c.swap(c.master, '"cells": [', '"cells": ')),
    Mutation("a suite that can't be imported", "complete", "suites/", lambda c: c.swap(c.suite, "import ", "imp ")),
    Mutation(
        "a solution of no assignment", "complete", "solutions/lab9", lambda c: _add(c.root / "solutions/lab9/x", "")
    ),
    Mutation(
        "a suite of no assignment",
        "complete",
        "test_lab9",
        lambda c: _add(c.root / "autograder/suites/test_lab9.py", ""),
    ),
    # ---------------------------------------------------------------- cells and points
    Mutation(
        "a graded cell without a check",
        "suite-for-cell",
        "cell `forget`",
        lambda c: c.tag(c.master, "forget_gate_effect", grade_id="forget"),
    ),
    Mutation("a misspelt cell", "cell-for-check", "suites/", lambda c: c.swap(c.suite, "@check(sigmoid)", '@check("sig")')),
    Mutation(
        "a need of nothing", "cell-for-check", "suites/", lambda c: c.swap(c.suite, "needs=[test_values]", 'needs=["sigmoid.all"]')
    ),
    Mutation("points of a cell", "points", "the box", lambda c: c.tag(c.master, "lstm_step", points=7)),
    Mutation("points of a release", "points", "assignments/", lambda c: c.tag(c.released, "lstm_step", points=7)),
    Mutation(
        "points in the box",
        "points",
        "the box",
        lambda c: c.text(c.master, "lstm_step_task", "**Points** 6", "**Points** 5"),
    ),
    Mutation("points in the table", "points", "the table", lambda c: c.text(c.master, "title", "cell | 6 |", "cell | 5 |")),
    Mutation(
        "a stub by another name",
        "stub-and-check",
        "cell `sigmoid`",
        lambda c: c.tag(c.master, "sigmoid_answer", grade_id="sigmoid_stub"),
    ),
    Mutation(
        "a check that students can change",
        "stub-and-check",
        "cell `sigmoid`",
        lambda c: c.tag(c.master, "sigmoid", locked=False),
    ),
    Mutation(
        "a stub that is graded itself",
        "stub-and-check",
        "cell `sigmoid`",
        lambda c: c.tag(c.master, "sigmoid_answer", grade=True),
    ),
    Mutation(
        "no marking guide",
        "written-answers",
        "exercise1_written",
        lambda c: c.text(c.master, "exercise1_written", "=== BEGIN MARK SCHEME ===", ""),
    ),
    Mutation(
        "a written answer for nothing",
        "written-answers",
        "exercise1_written",
        lambda c: c.tag(c.master, "exercise1_written", points=0),
    ),
    Mutation(
        "a given function called where it is defined",
        "given-code",
        "scalar_lstm_lab",
        lambda c: c.cell(c.master, "scalar_lstm_lab", lambda cell: cell.update(source=cell.source + "\nscalar_lstm_lab()")),
    ),
    # ---------------------------------------------------------------- released notebooks
    Mutation("a master newer than its release", "fresh", "assignments/", lambda c: c.text(c.master, "title", "Lab 1", "Lab I")),
    Mutation("a release edited by hand", "fresh", "assignments/", lambda c: c.text(c.released, "title", "Lab 1", "Lab I")),
    Mutation(
        "a region that never ends",
        "fresh",
        "solutions/",
        lambda c: c.text(c.master, "sigmoid_answer", "### END SOLUTION", ""),
    ),
    Mutation("a count of executions", "no-outputs", "solutions/", lambda c: c.cell(c.master, "sigmoid", lambda cell: cell.update(execution_count=3))),
    Mutation(
        "an output",
        "no-outputs",
        "assignments/",
        lambda c: c.cell(
            c.released,
            "sigmoid",
            lambda cell: cell.update(outputs=[{"output_type": "stream", "name": "stdout", "text": "0.5"}]),
        ),
    ),
    Mutation("an id by chance", "cell-ids", "solutions/", lambda c: c.cell(c.master, "title", lambda cell: cell.update(id="3f2a91bc"))),
    Mutation("an id that is new", "cell-ids", "assignments/", lambda c: c.cell(c.released, "title", lambda cell: cell.update(id="head"))),
    Mutation("an id that stands twice", "cell-ids", "solutions/", lambda c: c.swap(c.master, '"id": "why_gates"', '"id": "title"')),
    Mutation("another layout", "readable-diff", "solutions/", lambda c: c.json(c.master, indent=2, ensure_ascii=False, sort_keys=True)),
    Mutation("escaped letters", "readable-diff", "assignments/", lambda c: c.json(c.released, indent=1, sort_keys=True)),
    Mutation("a stub that passes", "stub-raises", "sigmoid_answer", lambda c: c.text(c.released, "sigmoid_answer", "raise ", "pass  # ")),
    Mutation("a stub with another's name", "stub-raises", "sigmoid_answer", lambda c: c.text(c.released, "sigmoid_answer", "sigmoid: ", "lstm_step: ")),
    Mutation("a stub that is no Python", "stub-raises", "sigmoid_answer", lambda c: c.text(c.released, "sigmoid_answer", "def ", "dfe ")),
    Mutation("a library that students lack", "imports", "lab_tools", lambda c: c.text(c.released, "lab_tools", "import numpy", "import pandas\nimport numpy")),
    # ---------------------------------------------------------------- leaks
    Mutation("the solution in a hint", "no-solution", "assignments/", lambda c: c.text(c.released, "lstm_step_hints", "**Stuck?**", LEAKED)),
    Mutation("the solution in metadata", "no-solution", "assignments/", lambda c: c.cell(c.released, "title", lambda cell: cell.metadata.update(note=LEAKED))),
    Mutation("the solution in a file beside it", "no-solution", "notes.md", lambda c: _add(c.released.with_name("notes.md"), LEAKED)),
    Mutation("the model answer", "no-solution", "assignments/", lambda c: c.text(c.released, "exercise1_question", "In two", ANSWER + " In two")),
    Mutation("the marking guide", "no-marking-guide", "assignments/", lambda c: c.text(c.released, "take_aways", "- Gates", GUIDE + "\n- Gates")),
    Mutation("a marker", "no-markers", "assignments/", lambda c: c.text(c.released, "sigmoid_answer", "raise", "### BEGIN SOLUTION\n    raise")),
    Mutation("a statement of the suite", "no-suite", "assignments/", lambda c: c.text(c.released, "forget_gate_effect", "    logits = [1.0", f"    {TESTED}\n    logits = [1.0")),
    Mutation("a number of the suite", "no-suite", "assignments/", lambda c: c.text(c.released, "take_aways", "- Gates", "- 1.3125\n- Gates")),
    Mutation("the course's secret", "no-secret", "assignments/", lambda c: c.text(c.released, "take_aways", "- Gates", f"- {find_course(c.root).settings.secret}")),
    Mutation("the suite beside the notebook", "only-labs", "tests.py", lambda c: _add(c.released.with_name("tests.py"), c.suite.read_text())),
    Mutation("a link to the solution", "only-labs", "solved.ipynb", lambda c: c.released.with_name("solved.ipynb").symlink_to(c.master)),
    # ---------------------------------------------------------------- words, pictures, links
    Mutation("an empty hint of a check", "check-words", "line ", lambda c: c.swap(c.suite, "    Far out the curve is flat: σ(100) is 1 and σ(−100) is 0 to every digit that is printed.\n", "")),
    Mutation("a title that stands twice", "check-words", "line ", lambda c: c.swap(c.suite, "sigmoid far from zero", "sigmoid of ordinary numbers")),
    Mutation("a check for nothing", "check-words", "line ", lambda c: c.swap(c.suite, "weight=0.5", "weight=0")),
    Mutation("a module of the engine's own", "suite-imports", "test_lab1_scalar_lstm.py, line ", lambda c: c.swap(c.suite, "from autograder.suite import", "from autograder.suite.stages import fail\nfrom autograder.suite import")),
    Mutation("a module of another lab", "suite-imports", "test_lab1_scalar_lstm.py, line ", lambda c: c.swap(c.suite, "from autograder.suite import", "from .lab4_memory_task import pool\nfrom autograder.suite import")),
    Mutation("the engine in a helper", "suite-imports", "helper.py, line 1", lambda c: _add(c.suite.parent / LAB / "helper.py", "from autograder import errors\n")),
    Mutation("another lab in a helper", "suite-imports", "helper.py, line 1", lambda c: _add(c.suite.parent / LAB / "helper.py", "from ..lab4_memory_task import pool\n")),
    Mutation("a threshold that nobody reads", "thresholds", "course.yml", lambda c: c.swap(c.root / "course.yml", "lab4_memory_task:     #", "lab1_scalar_lstm: {any: 0.9}\n  lab4_memory_task:     #")),
    Mutation("a threshold of no assignment", "thresholds", "course.yml", lambda c: c.swap(c.root / "course.yml", "lab4_memory_task:     #", "lab5: {any: 0.9}\n  lab4_memory_task:     #")),
    Mutation("a number that nothing asserts", "exact-numbers", "lstm_step_expected", lambda c: c.text(c.master, "lstm_step_expected", "0.5028", "0.5029")),
    Mutation("no box", "task-box", "cell `sigmoid`", lambda c: c.text(c.master, "sigmoid_task", "**Time** 5 minutes", "soon")),
    Mutation("no hints", "task-hints", "cell `sigmoid`", lambda c: c.cell(c.master, "sigmoid_hints", lambda cell: cell.update(source="Good luck."))),
    Mutation("a hint without a text", "task-hints", "cell `sigmoid`", lambda c: c.cell(c.master, "sigmoid_hints", lambda cell: cell.update(source=cell.source + "\n<details>\n<summary>Hm</summary>\n\n</details>"))),
    Mutation("no expected output", "task-output", "cell `sigmoid`", lambda c: c.text(c.master, "sigmoid_expected", "```", "")),
    Mutation("a picture without a text", "pictures", PICTURE, lambda c: c.cell(c.master, PICTURE, lambda cell: cell.update(source="![](" + cell.source.partition("](")[2]))),
    Mutation("a picture on another site", "pictures", PICTURE, lambda c: c.cell(c.master, PICTURE, lambda cell: cell.update(source=cell.source.partition("](")[0] + "](https://example.org/gate.png)"))),
    Mutation("a picture cut off", "pictures", PICTURE, lambda c: c.cell(c.master, PICTURE, lambda cell: cell.update(source=cell.source[:2000] + ")"))),
    Mutation("a picture that is gone", "pictures", PICTURE, lambda c: c.cell(c.master, PICTURE, lambda cell: cell.update(source="See above."))),
    Mutation("a link to a file", "links", "take_aways", lambda c: c.text(c.master, "take_aways", "lab 2 builds", "[lab 2](../lab2_scalar_gru/lab2.ipynb) builds")),
    Mutation("a link to no heading", "links", "take_aways", lambda c: c.text(c.master, "take_aways", "lab 2 builds", "[up](#Nowhere) lab 2 builds")),
    Mutation("a dead link in a page", "links", "student.md", lambda c: c.swap(c.root / "docs/student.md", "\n", "\n[gone](gone.md)\n")),
    Mutation("a link to no heading of a page", "links", "README.md", lambda c: c.swap(c.root / "README.md", "](docs/student.md)", "](docs/student.md#gone)")),
]  # fmt: skip
"""Each but those that need the engine, which stand in the test itself."""
