"""Other lessons on the unchanged engine: two labs written with `docs/author.md` alone, and one fresh from `new`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.authoring.new_lab.lab import make_lab
from autograder.authoring.verify.labs import CourseView
from autograder.authoring.verify.linter import rules_to_run, run
from autograder.course.settings import load_course
from autograder.grading.grader import Grader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.record import Record

COURSE = Path(__file__).parent / "course"
TANH = "return math.tanh(w_x * x_t + w_h * h_prev + b)"
SOFTMAX = "torch.softmax(q @ k.T / q.shape[1] ** 0.5, dim=1)"
# lab, text in its solution, what a student may write in its place, points, the mistakes that are named
WRONG: list[tuple[str, str, str, float, set[str]]] = [
    ("lab5_plain_rnn", TANH, "return w_x * x_t + w_h * h_prev + b", 4, {"no tanh"}),
    ("lab5_plain_rnn", TANH, "return math.tanh(w_h * x_t + w_x * h_prev + b)", 4, {"swapped weights"}),
    ("lab5_plain_rnn", "rnn_step(h, x", "rnn_step(0.0, x", 4, {"state not kept"}),
    ("lab5_plain_rnn", "states.append(h)", "pass", 4, set()),
    ("lab6_attention", SOFTMAX, "torch.softmax(q @ k.T, dim=1)", 1, {"no scaling"}),
    ("lab6_attention", SOFTMAX, "torch.softmax(q @ k.T / q.shape[1] ** 0.5, dim=0)", 1, {"softmax over queries"}),
    ("lab6_attention", "return shares @ v", "return v.T @ shares.T", 0, set()),
]


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """The engine over a copy of that course, to which `autograder new` has added a lab."""
    root = tmp_path_factory.mktemp("next") / "course"
    shutil.copytree(COURSE, root, ignore=shutil.ignore_patterns("__pycache__"))
    make_lab(load_course(root), "lab7_fresh", "answer", "A fresh lab")
    with Grader(load_course(root)) as warm:
        yield warm


def grade(grader: Grader, tmp_path: Path, lab: str, old: str, new: str) -> Record:
    """The record of the solution with one place of it written anew."""
    book = json.loads(grader.course.solution(lab).read_text(encoding="utf-8"))
    for cell in book["cells"]:
        cell["source"] = "".join(cell["source"]).replace(old, new)
    file = tmp_path / f"{lab}.ipynb"
    file.write_text(json.dumps(book), encoding="utf-8")
    return grader.grade_file(file, "ann", lab)


def test_all_three_verify(grader: Grader) -> None:
    """No rule finds anything, those that grade solutions and stubs included."""
    with CourseView(grader.course, grader=grader) as view:
        report = run(view, rules_to_run([], quick=False))

        assert len(view.labs) == 3
    assert report.clean, report.findings


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong[2])
def test_wrong_answer_is_told_its_mistake(
    wrong: tuple[str, str, str, float, set[str]], grader: Grader, tmp_path: Path
) -> None:
    """Points are lost where the mistake is, and the record names it."""
    lab, old, new, points, mistakes = wrong

    record = grade(grader, tmp_path, lab, old, new)

    assert record.status == "graded", record.message
    assert record.score == points
    assert {check.mistake for check in record.checks if check.mistake} == mistakes


def test_fresh_lab_names_its_mistake(grader: Grader, tmp_path: Path) -> None:
    """The one check of a lab that `new` made, with the one hint."""
    record = grade(grader, tmp_path, "lab7_fresh", "2 * x + 0.25", "2 * (x + 0.25)")

    (check,) = record.checks
    assert (check.status, check.mistake, record.score) == ("failed", "quarter doubled too", 0)
    assert check.hint.startswith("Multiply first")


def test_one_check_works_for_one_submission_after_another(grader: Grader, tmp_path: Path) -> None:
    """A suite of a single check hands each submission its own fixtures."""
    scores = [grade(grader, tmp_path, "lab7_fresh", "2 * x", text).score for text in ("2 * x", "3 * x", "2 * x")]

    assert scores == [4, 0, 4]
