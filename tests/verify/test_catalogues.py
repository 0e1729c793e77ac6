"""The rules that run a catalogue and odd answers, on a small course: each fault has place and remedy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rotating import DAY
from small_course import MISTAKES, write_course

from autograder.authoring.verify.labs import CourseView
from autograder.authoring.verify.linter import rules_to_run, run
from autograder.course.settings import find_course, load_course

if TYPE_CHECKING:
    from autograder.authoring.verify.rule import Finding
    from autograder.sandbox.server_client import WarmServer

COURSE = find_course(Path(__file__).parent)
CATALOGUE = "autograder/suites/tiny/mistakes.yml"
SUITE = "autograder/suites/test_tiny.py"
ENTRY = "  - {{mistake: {}, says: {}, next: Look again., {}}}\n"
BREAKS = """
from autograder.suite import check, fail

@check("double")
def test_it(student, reference):
    \"\"\"Twice the number

    Multiply by two.
    \"\"\"
    if student.double(2.0) - 4 > 1e-6:
        fail("too much")
"""


def findings(root: Path, rule: str, server: WarmServer) -> list[Finding]:
    """What one rule finds in the course."""
    with CourseView(load_course(root)) as view:
        view.__dict__["_server"] = server  # one for all
        return run(view, rules_to_run([rule], quick=False)).findings[rule]


def catalogue(root: Path, *entries: str) -> None:
    """Have these entries beside the one that is there."""
    write_course(root)
    (root / CATALOGUE).write_text(MISTAKES + "".join(entries))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("in: 3 * x, is: x", "stands 0 times in the answer, not once"),
        ("in: x, is: y", "times in the answer, not once"),
        ("in: 2 * x, is: 2 *", "the changed answer is no Python"),
        ("in: 2 * x, is: 2 * x", "nothing is changed"),
        (
            "set: {y: 3}",
            "0 times in the answer, not once: write `y = …` once in the solution, or change its text with `in`",
        ),
        ("sets: {y: 3}", "unknown field `sets`"),
    ],
)
def test_entry_that_is_no_change_of_the_solution(change: str, what: str, tmp_path: Path, server: WarmServer) -> None:
    """It is told without anything being run."""
    catalogue(tmp_path, ENTRY.format("m", "s", change))

    (found,) = findings(tmp_path, "catalogue", server)
    assert found.where == CATALOGUE
    assert what in found.what


def test_mistakes_of_what_is_not_graded(tmp_path: Path, server: WarmServer) -> None:
    """A misspelt function would never be asked for its mistakes."""
    write_course(tmp_path)
    (tmp_path / CATALOGUE).write_text(MISTAKES.replace("double:", "duoble:"))

    assert [found.what for found in findings(tmp_path, "catalogue", server)] == [
        "mistakes of `duoble`, which is not graded"
    ]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ('in: return 2 * x, is: "while True: pass"', "can't be run: "),
        ('in: return 2 * x, is: "import random; return x + random.random()"', "gives two answers to the same question"),
        ('in: return 2 * x, is: "import numpy; numpy.random.rand(); return 3 * x"', "changes NumPy's generator"),
        ("in: 2 * x, is: x + x", "is the solution on every input that the suite asks"),
        ('in: return 2 * x, is: "import os; return 3 * x + os.getpid()"', "something else in the grader than in"),
        ("in: 2 * x, is: 2 + x", "gives on every input what 'm' gives, and says something else"),
    ],
)
def test_entry_that_can_not_be_recognised(change: str, what: str, tmp_path: Path, server: WarmServer) -> None:
    """It never ends, is random, moves a generator, is right, knows where it runs, or is another entry's double."""
    catalogue(tmp_path, ENTRY.format("m", "s", change))

    found = findings(tmp_path, "mistakes", server)
    assert any(what in one.what for one in found), found
    assert {one.where for one in found} == {CATALOGUE}


def test_what_cannot_be_run_may_be_marked_so(tmp_path: Path, server: WarmServer) -> None:
    """Then it is for the corpus, and nothing is found."""
    catalogue(tmp_path, ENTRY.format("m", "s", 'run: false, in: return 2 * x, is: "while True: pass"'))

    assert findings(tmp_path, "mistakes", server) == []


def test_suite_that_an_answer_breaks(tmp_path: Path, server: WarmServer) -> None:
    """File, line and the last line of the traceback come first; a number that never fails is found as well."""
    write_course(tmp_path)
    (tmp_path / SUITE).write_text(BREAKS)

    found = findings(tmp_path, "any-answer", server)
    broken = [one for one in found if one.where == f"{SUITE}, line 10"]
    passed = [one.what for one in found if one.where == SUITE]
    assert "TypeError: unsupported operand type(s) for -: 'NoneType' and 'int' [where `double` is: None]" in [
        one.what for one in broken
    ]
    assert passed == ["`double` gives nan for each number, and passes"]


def test_whole_course_is_clean(tmp_path: Path, server: WarmServer) -> None:
    """Nothing is found before anything is broken."""
    write_course(tmp_path)

    assert not any(findings(tmp_path, rule, server) for rule in ("catalogue", "mistakes", "any-answer"))


LABS = list(COURSE.settings.assignments)
TODAY = [*LABS[:3], LABS[3:][DAY.toordinal() % len(LABS[3:])]]  # of the slow ones, one a day; `verify --full` has all


@pytest.mark.full
@pytest.mark.parametrize(("rule", "lab"), [("mistakes", lab) for lab in TODAY] + [("any-answer", "lab2_scalar_gru")])
def test_nothing_is_left_out_of_the_labs(rule: str, lab: str, server: WarmServer) -> None:
    """Every entry; and every mutant by the whole suite, of one lab, since test_trials does that for all."""
    with CourseView(COURSE, [lab], full=True) as view:
        view.__dict__["_server"] = server
        assert run(view, rules_to_run([rule], quick=False)).findings[rule] == []
