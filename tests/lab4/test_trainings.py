"""What lab 4's suite trains, and what it makes of trainings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from autograder.grading import Grader
from autograder.mistakes import lab4_thresholds
from autograder.mistakes.lab4_pool import TASKS, follows, held_out
from autograder.mistakes.lab4_recipes import TRAININGS, Recipe
from autograder.mistakes.lab4_stand_in import stand_in
from autograder.sandbox import protocol as p
from autograder.sandbox.runner import Runner

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.suite.reference import Reference


def test_at_most_four_trainings_of_80_epochs(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log of memory_lab and the thresholds come to 320 epochs at most; the rest is short, or on a stand-in."""
    asked: list[int] = []
    ask = Runner.ask

    def listen(runner: Runner, request: p.Request, seed: int | None = None) -> p.Returned | p.Raised:
        if isinstance(request, p.Given):
            asked.append(80)
        if isinstance(request, p.Call) and request.target == "train":
            asked.append(request.kwargs.get("epochs", 0))  # none is asked for where a linear stand-in trains
        return ask(runner, request, seed)

    monkeypatch.setattr(Runner, "ask", listen)
    with Grader(course) as grader:
        record = grader.grade_file(course.solution("lab4_memory_task"), "solution", "lab4_memory_task")

    assert record.score == record.max_score == 30
    assert sum(epochs for epochs in asked if epochs > 8) <= 320
    assert len([epochs for epochs in asked if epochs <= 8]) <= 8


def test_where_the_lesson_can_not_be_reproduced_the_reference_binds(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine with other last digits the reference's own log is asked for, and the record says so."""
    monkeypatch.setattr(lab4_thresholds, "LAB_LOG", "memory epoch=01 loss=0.7466 acc=0.431\n")
    with Grader(course) as grader:
        record = grader.grade_file(course.solution("lab4_memory_task"), "solution", "lab4_memory_task")

    (log,) = [check for check in record.checks if check.id == "train.printed_log"]
    assert log.status == "passed"
    assert "the reference's own bind" in (log.staff or "")


@pytest.mark.parametrize("seed", range(4))
def test_known_mistakes_differ_on_the_stand_in(solution: Reference, seed: int) -> None:
    """No two recipes, and none and the solution, give the same losses: a name is never given to another mistake."""
    made = stand_in(np.random.default_rng(seed), 6, 0.05)
    right = solution.train(made.here(), made.X, made.y, epochs=6, lr=0.05)
    found = {"the solution": [row["loss"] for row in right]}
    for name, (_, recipe) in TRAININGS.items():
        losses = [row["loss"] for row in recipe.train(made.here(), made.X, made.y, 6, 0.05)]
        same = [other for other, theirs in found.items() if follows(losses, theirs, 6)]

        assert same == [], name
        found[name] = losses


def test_recipe_without_a_mistake_is_the_solution(solution: Reference) -> None:
    """The default recipe gives the solution's history, so a recipe's only difference is its mistake."""
    made = stand_in(np.random.default_rng(5), 6, 0.1)

    mine = Recipe().train(made.here(), made.X, made.y, 6, 0.1)
    right = solution.train(made.here(), made.X, made.y, epochs=6, lr=0.1)

    assert [list(row.values()) for row in mine] == [list(row.values()) for row in right]


@pytest.mark.parametrize("losses", [[0.7, float("nan")], [0.7], [0.7, 0.6001]])
def test_strayed_losses_do_not_follow(losses: list[float]) -> None:
    """NaN, too few and 1e-4 away: none of them follows."""
    assert not follows(losses, [0.7, 0.6], 2)


def test_loss_rounded_to_four_decimals_follows() -> None:
    """Half a unit of the fourth decimal, and noise on top, is within the tolerance."""
    assert follows([0.7, 0.6001], [0.70005, 0.6000495], 2)


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_pool_has_at_most_eight_pairs(task: object) -> None:
    """As the lesson allows; all different."""
    pool = TASKS[task.name].pool  # type: ignore[attr-defined]

    assert len(set(pool)) == len(pool) == 8


def test_held_out_rows_are_labelled_by_the_right_place() -> None:
    """The signal of "last" stands in the last value, and both labels occur about as often."""
    x, y = held_out(TASKS["last_10"], 3)

    assert ((x[:, -1, 0] == 1) == (y == 1)).all()
    assert 0.4 < float(y.double().mean()) < 0.6
