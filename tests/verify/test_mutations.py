"""`autograder verify` on broken courses: each mistake is caught by the rule that is there for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from broken_course import LAB, ROOT, Broken
from mutations import MUTATIONS, Mutation

from autograder.authoring.verify.labs import CourseView
from autograder.authoring.verify.linter import rules_to_run, run
from autograder.authoring.verify.rule import RULES
from autograder.course.settings import find_course, load_course
from autograder.grading.grader import Grader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def course(tmp_path: Path) -> Broken:
    """A whole copy, not broken yet."""
    return Broken(tmp_path)


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    """The engine with the course as it is: the broken notebooks are what it grades."""
    with Grader(find_course(ROOT)) as warm:
        yield warm


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.title)
def test_mistake_is_caught(mutation: Mutation, course: Broken) -> None:
    """The rule names the place, says what is wrong there, and how to mend it."""
    mutation.change(course)

    found = course.findings(mutation.rule)
    assert any(mutation.where in finding.where for finding in found), found
    assert all(finding.what and finding.mend for finding in found)
    assert not any(str(course.root) in part for finding in found for part in finding)


def test_whole_copy_is_clean(course: Broken) -> None:
    """Before anything is broken no rule finds anything: what the other tests see is their mutation's."""
    with CourseView(load_course(course.root), [LAB]) as view:
        report = run(view, rules_to_run([], quick=True))

    assert report.clean, report.findings


def test_what_to_do_about_an_id_and_a_hint_is_said(course: Broken) -> None:
    """Where an id is written, which JupyterLab doesn't show, and how long a hint has to be; a grade_id is a name."""
    course.cell(course.master, "title", lambda cell: cell.update(id="3f2a91bc"))
    course.cell(course.master, "sigmoid", lambda cell: cell.update(id="4f2a91bc"))
    suite = course.suite.read_text(encoding="utf-8")
    course.swap(course.suite, next(line.strip() for line in suite.splitlines() if "Far out" in line), "Look at it.")
    ids = [found for found in course.findings("cell-ids") if "made up" in found.what]
    (hint,) = course.findings("check-words")

    assert ["3f2a91bc" in found.where for found in ids] == [True]
    assert '`"id": "rnn_step_hints"`, in the .ipynb as text' in ids[0].mend
    assert hint.what.endswith("its hint has 11 characters")
    assert "in at least 20 characters" in hint.mend


def test_wrong_solution_is_caught(course: Broken, grader: Grader) -> None:
    """A solution that prints other numbers than the suite asserts."""
    course.text(course.master, "lstm_step_answer", "= sigmoid(forget_logit)", "= sigmoid(-forget_logit)")

    assert [f.where for f in course.findings("solution-passes", grader)] != []


def test_solution_that_is_no_notebook_is_caught(course: Broken, grader: Grader) -> None:
    """One that the engine rejects."""
    course.master.write_text(json.dumps({"cells": [{"cell_type": 3}]}))

    assert course.findings("complete", grader) or course.findings("solution-passes", grader)


def test_check_that_asks_for_nothing_is_caught(course: Broken, grader: Grader) -> None:
    """A release whose stub answers already."""
    course.text(course.released, "sigmoid_answer", "raise NotImplementedError", "return 1 / (1 + np.exp(-x))  #")

    found = course.findings("stub-fails", grader)

    assert {finding.what.split()[1] for finding in found} == {"sigmoid.values", "sigmoid.far_from_zero"}


def test_every_rule_has_a_mutation() -> None:
    """No rule is there of which nobody knows whether it catches anything."""
    tried = {mutation.rule for mutation in MUTATIONS} | {"solution-passes", "stub-fails"}
    tried |= {"catalogue", "mistakes", "any-answer"}  # test_catalogues
    tried |= {"visible-check", "true-output", "true-hints", "visible-rows"}  # the next test

    assert tried == set(RULES)
    assert len(MUTATIONS) >= 30


def test_what_students_see_is_tried(course: Broken) -> None:
    """A check that rejects the solution, an output that is not printed, hints wrong or old, a row nobody sees."""
    home = course.suite.parent / LAB
    course.text(course.master, "sigmoid", "0.73105858", "0.73205858")
    course.text(course.master, "forget_gate_effect_expected", "0.6090", "0.6091")
    course.swap(home / "mistakes.yml", "lab shows: sigmoid(1.0) is 0.2689", "lab shows: sigmoid(1.0) is 0.2688")
    course.swap(home / "mistakes.yml", "next: Add i · c_tilde.", "next: Add what is new.")
    course.swap(course.suite, "visible=[LAB,", "visible=[LAB, (0.8, 1.0, 0.2, 0.7, 123.5),")
    with CourseView(load_course(course.root), [LAB], full=True) as view:
        found = run(
            view, rules_to_run(["visible-check", "true-output", "true-hints", "visible-rows"], quick=False)
        ).findings

    assert [finding.where for finding in found["visible-check"]] == [f"solutions/{LAB}/{LAB}.ipynb, cell `sigmoid`"]
    assert "this check rejects the solution" in found["visible-check"][0].what
    assert any("forget_gate_effect" in finding.where for finding in found["true-output"])
    assert any("the lab does not show `sigmoid(1.0) is 0.2688`" in finding.what for finding in found["true-hints"])
    assert any("the check shows `c_t is 0.5848` and does not say" in finding.what for finding in found["true-hints"])
    assert any("123.5" in finding.what for finding in found["visible-rows"])
