"""Judging `accuracy` of lab 4 on the same stand-in as `train`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from autograder.mistakes.lab4_stand_in import StandIn, stand_in
from autograder.suite.stages import expect_number, fail

if TYPE_CHECKING:
    import numpy as np

    from autograder.suite.student import Student


def judge_share(student: Student, draw: np.random.Generator) -> None:
    """The share of random rows, then of a single right row and a single wrong one."""
    made = stand_in(draw, 0, 0.03, rows=int(draw.integers(31, 60)))
    model = made.in_child(student)
    with torch.no_grad():
        hits = made.here()(made.X).argmax(1) == made.y
    value = expect_number(student.accuracy(model, made.X, made.y), "`accuracy`'s result")
    right = float(hits.double().mean())
    if abs(value - right) > TOLERANCE:
        _wrong_share(made, value, right)
    for row in (int(hits.int().argmax()), int(hits.int().argmin())):
        one = slice(row, row + 1)
        value = expect_number(student.accuracy(model, made.X[one], made.y[one]), "`accuracy`'s result for one row")
        if abs(value - float(hits[row])) > TOLERANCE:
            fail("For many rows your accuracy is right, for a single one it is not.", mistake="accuracy of one row")


TOLERANCE = 1e-6
"""As for all numbers of the course: a mean in float32 is fine, a rounded one is not."""


def judge_only_looks(student: Student, draw: np.random.Generator) -> None:
    """Weights and gradients before and after, bit for bit."""
    made = stand_in(draw, 0, 0.03)
    model = made.in_child(student)
    model.backward(made.X)
    weights, gradients = model.weights(), model.gradients()
    student.accuracy(model, made.X, made.y)
    if model.weights() != weights:
        fail("`accuracy` changes the model's weights. It should only look.", mistake="accuracy trains")
    if model.gradients() != gradients:
        fail(
            "`accuracy` changes the model's gradients. It should only look: no backward and no zero_grad.",
            mistake="accuracy changes gradients",
        )


def _wrong_share(made: StandIn, value: float, right: float) -> None:
    """Fail because `accuracy` gave `value` instead of `right`, naming why."""
    rows = len(made.X)
    with torch.no_grad():
        logits = made.here()(made.X)
    first_value = float(((made.X[:, 0, 0] > 0).long() == made.y).double().mean())
    guesses = {
        "accuracy in percent": (100 * right, "It is a share between 0 and 1, yours is in percent."),
        "accuracy as a count": (rows * right, "It is a share between 0 and 1, yours is a count of rows."),
        "accuracy inverted": (1 - right, "Yours is the share of wrong rows: count the right ones."),
        "divided by 160": (rows * right / 160, "You divide by 160 whatever comes in: divide by the rows at hand."),
        "one logit against a threshold": (
            float(((logits[:, 1] > 0).long() == made.y).double().mean()),
            "You compare one logit with 0. The answer is the larger of each row's two logits.",
        ),
        "one logit against one half": (
            float(((logits[:, 1] > 0.5).long() == made.y).double().mean()),
            "You compare one logit with 0.5. The answer is the larger of each row's two logits.",
        ),
        "sign of the input read": (first_value, "You judge the input. The answer is the model's: its larger logit."),
    }
    for label, (wrong, text) in guesses.items():
        if abs(value - wrong) <= 1e-5:
            fail(f"`accuracy` returns another number than the share of right rows. {text}", mistake=label)
    if any(abs(value - round(right, places)) < 1e-7 for places in (2, 3, 4)):
        fail("Your accuracy is rounded. Keep every digit; only printing rounds.", mistake="accuracy rounded")
    fail(
        "`accuracy` returns a number, but not the share of rows whose larger logit is the label's.",
        mistake="other accuracy",
    )
