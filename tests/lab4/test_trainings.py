"""What lab 4's suite trains, and what it makes of trainings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from autograder.grading.grader import Grader
from autograder.sandbox import protocol as p
from autograder.sandbox.submission_process import SubmissionProcess

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.course.settings import Course

    Lab = Callable[[str], Any]


def test_at_most_four_trainings_of_80_epochs(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log of memory_lab and the thresholds come to 320 epochs at most; the rest is short, or on a stand-in."""
    asked: list[int] = []
    ask = SubmissionProcess.ask

    def listen(
        process: SubmissionProcess,
        request: p.Request,
        *more: Any,
        **named: Any,
    ) -> p.Returned | p.Raised:
        if isinstance(request, p.Call) and request.target == "train":
            whole = 80 if request.args[0].type_name == "GRUClassifier" else 0  # a linear stand-in trains in no time
            asked.append(request.kwargs.get("epochs", whole))
        return ask(process, request, *more, **named)

    monkeypatch.setattr(SubmissionProcess, "ask", listen)
    with Grader(course) as grader:
        record = grader.grade_file(course.solution("lab4_memory_task"), "solution", "lab4_memory_task")

    assert record.score == record.max_score == 30
    assert sum(epochs for epochs in asked if epochs > 8) <= 320
    assert len([epochs for epochs in asked if epochs <= 8]) <= 8


def test_where_the_lesson_can_not_be_reproduced_the_reference_binds(
    course: Course, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine with other last digits the reference's own log is asked for, and the record says so."""
    monkeypatch.setattr(lab("thresholds"), "LAB_LOG", "memory epoch=01 loss=0.7466 acc=0.431\n")
    with Grader(course) as grader:
        record = grader.grade_file(course.solution("lab4_memory_task"), "solution", "lab4_memory_task")

    (log,) = [check for check in record.checks if check.id == "train.printed_log"]
    assert log.status == "passed"
    assert "the reference's own bind" in (log.staff or "")


@pytest.mark.parametrize("losses", [[0.7, float("nan")], [0.7], [0.7, 0.6001]])
def test_strayed_losses_do_not_follow(lab: Lab, losses: list[float]) -> None:
    """NaN, too few and 1e-4 away: none of them follows."""
    assert not lab("pool").follows(losses, [0.7, 0.6], 2)


def test_loss_rounded_to_four_decimals_follows(lab: Lab) -> None:
    """Half a unit of the fourth decimal, and noise on top, is within the tolerance."""
    assert lab("pool").follows([0.7, 0.6001], [0.70005, 0.6000495], 2)


def test_pool_has_at_most_eight_pairs(lab: Lab) -> None:
    """As the lesson allows; all different."""
    for task in lab("pool").TASKS.values():
        assert len(set(task.pool)) == len(task.pool) == 8


def test_held_out_rows_are_labelled_by_the_right_place(lab: Lab) -> None:
    """The signal of "last" stands in the last value, and both labels occur about as often."""
    pool = lab("pool")
    x, y = pool.held_out(pool.TASKS["last_10"], 3)

    assert ((x[:, -1, 0] == 1) == (y == 1)).all()
    assert 0.4 < float(y.double().mean()) < 0.6


def test_shares_are_of_a_prime_number_of_rows_and_lose_with_each_digit(lab: Lab) -> None:
    """No share that is asked for is the same when it is rounded, or taken of the first rows."""
    stand_in = lab("stand_in")
    for number in range(stand_in.POOL):
        made = stand_in._share(number, stand_in.PRIMES[number % 4])
        right = (made.module.make_here()(made.X).argmax(1) == made.y).double()
        share = float(right.mean())

        assert all(len(right) % divisor for divisor in range(2, 24))
        assert all(abs(share - round(share, digits)) > 1e-6 for digits in range(1, 6))
        assert all(abs(share - float(right[:size].mean())) > 1e-3 for size in (64, 100, 128))
