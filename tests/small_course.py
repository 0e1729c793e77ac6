"""A course of one function, written into a folder: what the engine is tried on when no lab is needed."""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

COMMAND = str(Path(sysconfig.get_path("scripts"), "autograder"))
HEEDS = ("env", "--default-signal=INT")  # Ctrl-C, as on a terminal; what a shell starts in the background ignores it
COURSE = """\
title: A small course
secret: only-for-tests
limits: {call_seconds: 3, cpu_seconds: 20}
assignments:
  tiny: {title: One function}
"""
SUITE = '''
"""Hidden suite of the small course."""
from autograder.suite import check, number, uniform

double = number("double", visible=[(2.0,)], hidden=[uniform(1, 9, rows=2)])

@check(double, weight=1, visible=True)
def test_number(student, reference):
    """A number comes back

    Return a number.
    """
    double.answers(student, reference)

@check(double, weight=3, needs=[test_number])
def test_twice(student, reference):
    """Twice the number

    Multiply by 2.
    """
    double.right(student, reference)
'''
MISTAKES = """
double:
  - mistake: not doubled
    in: 2 * x
    is: x + 2
    says: The result is not twice the number.
    next: Multiply by 2.
"""
RIGHT, WRONG = "def double(x):\n    return 2 * x\n", "def double(x):\n    return x + 2\n"


def cell(source: str, **nbgrader: Any) -> dict[str, Any]:
    """One code cell."""
    kind: dict[str, Any] = {"cell_type": "code", "execution_count": None, "outputs": [], "source": source}
    return kind | {"id": f"c{abs(hash(source)) % 10**8}", "metadata": {"nbgrader": nbgrader} if nbgrader else {}}


def notebook(*cells: dict[str, Any]) -> str:
    """A notebook's text."""
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def write_course(root: Path, students: dict[str, str] | None = None) -> Path:
    """The course at `root`, with a `.py` submission per student; returns the root."""
    tags: dict[str, Any] = {"grade": False, "solution": True, "grade_id": "double_answer"}
    graded = cell("print('checked')", grade=True, solution=False, grade_id="double", points=4)
    for folder, source in (("solutions", RIGHT), ("assignments", "def double(x):\n    raise NotImplementedError\n")):
        (root / folder / "tiny").mkdir(parents=True, exist_ok=True)
        (root / folder / "tiny" / "tiny.ipynb").write_text(notebook(cell(source, **tags), graded))
    home = root / "autograder" / "suites" / "tiny"
    home.mkdir(parents=True, exist_ok=True)
    home.with_name("test_tiny.py").write_text(SUITE)
    (home / "mistakes.yml").write_text(MISTAKES)
    (root / "course.yml").write_text(COURSE)
    for student, source in (students or {"ann": RIGHT, "bob": WRONG}).items():
        hand_in(root, student, source)
    return root


def hand_in(root: Path, student: str, source: str) -> None:
    """One submission."""
    folder = root / "submitted" / student / "tiny"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tiny.py").write_text(source)


def autograder(root: Path, *arguments: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run the command in the course."""
    return subprocess.run(
        [*before, COMMAND, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"COLUMNS": "100"},
    )


def records(root: Path) -> dict[str, dict[str, Any]]:
    """All records, by student."""
    return {path.stem: json.loads(path.read_text()) for path in sorted((root / "results" / "tiny").glob("*.json"))}


def scores(root: Path) -> dict[str, float | None]:
    """All scores, by student."""
    return {student: record["score"] for student, record in records(root).items()}
