"""Visible checks run before hidden ones, in the same child; what is asked later shows nothing that a program chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_course import write_course

from autograder.course.assignment import read_assignment
from autograder.course.notebook import Notebook, NotebookCell
from autograder.course.settings import find_course
from autograder.grading.grader import set_up
from autograder.record import CheckStatus
from autograder.suite.reference import Reference
from autograder.suite.warm_pytest import WarmSuite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from autograder.record import Check
    from autograder.sandbox.server_client import WarmServer

    Graded = Callable[[str], tuple[dict[str, Check], int]]

SUITE = '''
from autograder.suite import check, fail

@check("double")
def test_hidden(student):
    """Hidden

    Multiply by 2.
    """
    student.double(4321.0)

@check("double", visible=True)
def test_visible(student):
    """Visible

    Multiply by 2.
    """
    if (got := student.double(2.0)) != 4:
        fail("Not twice the number.", expected="4", got=str(got))

@check("double", visible=True, needs=[test_hidden])
def test_late(student):
    """Late

    Multiply by 2.
    """
    with student.asking(hidden=True):
        student.double(4321.0)
    if (got := student.double(3.0)) != 6:
        fail("Not twice three.", expected="6", got=str(got))
'''
RAISES = """
kept = []
def double(x):
    kept.append(x)
    if x in (2, 3):
        raise ValueError(str(kept))
    return 2 * x
"""
RETURNS = """
kept = []
def double(x):
    kept.append(x)
    return sum(kept)
"""
LATE = """
kept = []
def double(x):
    kept.append(x)
    if x == 3:
        raise ValueError(str(kept))
    return 2 * x
"""
LATE_SHAPE = """
import numpy as np
kept = []
def double(x):
    kept.append(x)
    return np.zeros(int(sum(kept))) if x == 3 else 2 * x
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, server: WarmServer) -> Iterator[Graded]:
    """Grades a submission's text with the suite above: its checks by name, and how many children it took."""
    root = write_course(tmp_path_factory.mktemp("course"))
    (root / "autograder" / "suites" / "test_tiny.py").write_text(SUITE)
    course = find_course(root)
    assignment = read_assignment(course, "tiny")
    suite, reference = WarmSuite(assignment.suite), Reference(assignment)

    def grade(source: str) -> tuple[dict[str, Check], int]:
        notebook = Notebook([NotebookCell(0, "code", source)])
        suite_run, process = set_up(course, assignment, reference, assignment.code(notebook), server)
        try:
            suite.run(suite_run)
        finally:
            process.close()
        checks = suite_run.settled(suite.infos)
        assert [check.id for check in checks] == list(suite.infos)
        return {check.id.removeprefix("double."): check for check in checks}, process.generation

    yield grade
    suite.close()


def test_a_correct_submission_takes_one_child(graded: Graded) -> None:
    """Whatever the order, and the record has the suite's."""
    checks, children = graded("def double(x):\n    return 2 * x\n")
    assert [check.status for check in checks.values()] == [CheckStatus.PASSED] * 3
    assert children == 1


@pytest.mark.parametrize(("source", "shown"), [(RAISES, "[2.0]"), (RETURNS, "2")], ids=["raises", "returns"])
def test_what_a_visible_check_shows_holds_no_hidden_input(graded: Graded, source: str, shown: str) -> None:
    """A program that keeps what it was given, and raises or returns it, has nothing to show but the visible one."""
    checks, children = graded(source)
    text = f"{checks['visible'].message} {checks['visible'].got}"
    assert shown in text
    assert "4321" not in text
    assert children == 1


@pytest.mark.parametrize("source", [LATE, LATE_SHAPE], ids=["raises", "returns an array of some length"])
def test_what_comes_after_hidden_inputs_is_not_shown(graded: Graded, source: str) -> None:
    """A visible check that goes on after a hidden input says what is wrong, and no text or number of the program's."""
    late = graded(source)[0]["late"]
    told = f"{late.message} {late.expected} {late.got} {late.where}"
    assert late.status in {CheckStatus.ERROR, CheckStatus.FAILED}
    assert "43" not in told
