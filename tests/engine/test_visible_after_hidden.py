"""Visible checks after hidden ones: one child while all goes well, a fresh one before anything is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_course import write_course

from autograder.assignment import read_assignment
from autograder.course import find_course
from autograder.grading import set_up
from autograder.notebook import Notebook, NotebookCell
from autograder.record import CheckStatus
from autograder.session import WarmSuite
from autograder.suite.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from autograder.record import Check
    from autograder.sandbox.client import WarmServer

    Graded = Callable[[str], tuple[Check, int]]

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
'''
RAISES = """
kept = []
def double(x):
    kept.append(x)
    if x == 2:
        raise ValueError(str(kept))
    return 2 * x
"""
RETURNS = """
kept = []
def double(x):
    kept.append(x)
    return kept[0]
"""
ENDLESS = """
def double(x):
    while x == 2:
        pass
    return 2 * x
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, server: WarmServer) -> Iterator[Graded]:
    """Grades a submission's text with the suite above: its visible check, and how many children it took."""
    root = write_course(tmp_path_factory.mktemp("course"))
    (root / "autograder" / "suites" / "test_tiny.py").write_text(SUITE)
    course = find_course(root)
    assignment = read_assignment(course, "tiny")
    suite, reference = WarmSuite(assignment.suite), Reference(assignment)

    def grade(source: str) -> tuple[Check, int]:
        notebook = Notebook([NotebookCell(0, "code", source)])
        bench, runner = set_up(course, assignment, reference, notebook, server)
        try:
            suite.run(bench)
        finally:
            runner.close()
        return bench.settled(suite.infos)[1], runner.generation

    yield grade
    suite.close()


def test_a_correct_submission_takes_one_child(graded: Graded) -> None:
    """Nothing is shown of it, so nothing need be forked again."""
    check, children = graded("def double(x):\n    return 2 * x\n")
    assert (check.status, children) == (CheckStatus.PASSED, 1)


@pytest.mark.parametrize(("source", "shown"), [(RAISES, "[2.0]"), (RETURNS, "2")], ids=["raises", "returns"])
def test_what_a_visible_check_shows_holds_no_hidden_input(graded: Graded, source: str, shown: str) -> None:
    """A program that keeps what it was given, and raises or returns it, has nothing to show but the visible one."""
    check, children = graded(source)
    text = f"{check.message} {check.got}"
    assert shown in text
    assert "4321" not in text
    assert children == 2


def test_what_ran_out_of_time_is_not_run_again(graded: Graded) -> None:
    """The message of a limit holds nothing of the program's: another three seconds would tell nothing."""
    check, children = graded(ENDLESS)
    assert (check.status, children) == (CheckStatus.TIMEOUT, 1)
