"""Judging `train` of lab 4 on a stand-in for a network: its trainings take milliseconds, so known mistakes are run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.mistakes.lab4_pool import LOSS_TOLERANCE
from autograder.mistakes.lab4_recipes import TRAININGS
from autograder.mistakes.lab4_stand_in import StandIn, drawn, pooled, second_call, trained
from autograder.suite.stages import expect_keys, expect_number, fail, name

if TYPE_CHECKING:
    import torch

    from autograder.suite.reference import Reference
    from autograder.suite.student import Student

DEFAULT_EPOCHS = 80
WEIGHT_TOLERANCE = 1e-4
"""Weights after a few steps of Adam; equivalent code differs by 1e-6, another step by 1e-2."""


def history_of(answer: Any, epochs: int) -> list[dict[str, float]]:  # noqa: ANN401  # plain data
    """The entries of a returned history as numbers; fails by stages: list, length, dicts, keys, numbers, epochs."""
    if not isinstance(answer, list):
        fail(f"`train` should return a list, but returned {name(answer)}.", got=answer)
    _length(len(answer), epochs)
    entries = []
    for row in answer:
        found = expect_keys(row, ("epoch", "loss", "acc"), "an entry of the history")
        entries.append({key: expect_number(found[key], f"`{key}`") for key in ("epoch", "loss", "acc")})
    numbers = [entry["epoch"] for entry in entries]
    if numbers != [float(epoch) for epoch in range(1, epochs + 1)]:
        from_zero = numbers == [float(epoch) for epoch in range(epochs)]
        fail(
            f"`epoch` should count from 1 to {epochs}, but goes from {numbers[0]:g} to {numbers[-1]:g}.",
            mistake="epochs from 0" if from_zero else "epochs miscounted",
        )
    return entries


def _length(found: int, epochs: int) -> None:
    if found == epochs:
        return
    slips = {
        80: ("80 is typed in where `epochs` belongs", "epochs ignored"),
        1: ("is `return` inside the loop?", "return inside the loop"),
        0: ("nothing is appended to it", "empty history"),
        epochs - 1: ("`range(1, epochs)` ends one too early", "one epoch too few"),
        epochs + 1: ("there is one too many", "one epoch too many"),
    }
    text, mistake = slips.get(found, ("one dict per epoch is asked for", "stops early" if found < epochs else None))
    fail(f"With epochs={epochs} the list should have {epochs} entries, but has {found}: {text}.", mistake=mistake)


def judge_training(
    student: Student, reference: Reference, draw: np.random.Generator, *, epochs: int, lr: float
) -> None:
    """Losses and accuracies of some epochs are the reference's; else the mistake is named."""
    number = drawn(draw)
    made = pooled(number, epochs, lr)

    def train() -> list[dict[str, float]]:
        return history_of(student.train(made.in_child(student), made.X, made.y, epochs=epochs, lr=lr), epochs)

    got = train()
    _, right = trained(number, epochs, lr, reference, epochs)
    losses = _agree(got, right, "loss", LOSS_TOLERANCE)
    if losses and _agree(got, right, "acc", 1e-5):
        return
    for label, (message, recipe) in TRAININGS.items():
        wrong = recipe.train(made.here(), made.X, made.y, epochs, lr)
        if _agree(got, wrong, "loss", LOSS_TOLERANCE) and not _agree(right, wrong, "loss", LOSS_TOLERANCE):
            fail(message, mistake=label)
    if losses:
        _wrong_accuracy(made, got, right)
    if _agree(got[1:], right[: len(got) - 1], "loss", LOSS_TOLERANCE):
        fail("Your losses are those of the epoch before.", mistake="losses one epoch late")
    if abs(got[0]["loss"] - right[0]["loss"]) <= LOSS_TOLERANCE:
        fail(
            "The first loss is right, the next ones are not: between them lies one step of Adam with the given lr.",
            mistake="other steps",
        )
    if abs(train()[0]["loss"] - got[0]["loss"]) > LOSS_TOLERANCE:
        fail(
            "The first loss is another one each time: the model is made or initialised anew inside `train`. Train the "
            "one that is handed in, from the weights it has.",
            mistake="model initialised anew",
        )
    fail(
        "The first loss is wrong already: it is cross-entropy of the raw logits of all rows, before any step.",
        mistake="other loss",
    )


def _agree(a: list[dict[str, float]], b: list[dict[str, float]], key: str, within: float) -> bool:
    return len(a) == len(b) > 0 and all(abs(x[key] - y[key]) <= within for x, y in zip(a, b, strict=True))


def _wrong_accuracy(made: StandIn, got: list[dict[str, float]], right: list[dict[str, float]]) -> None:
    """The losses are right; `acc` is not."""
    rows = len(made.X)
    for label, scale, text in (
        ("accuracy in percent", 100, "in percent"),
        ("accuracy as a count", rows, "a count of rows"),
    ):
        if _agree([row | {"acc": row["acc"] / scale} for row in got], right, "acc", 1e-4):
            fail(f"Your `acc` is {text}. It is a share between 0 and 1.", mistake=label)
    if _agree([row | {"acc": 1 - row["acc"]} for row in got], right, "acc", 1e-4):
        fail("Your `acc` is the share of wrong rows. Count the right ones.", mistake="accuracy inverted")
    if any(
        _agree([row | {"acc": round(row["acc"], places)} for row in right], got, "acc", 1e-6) for places in (2, 3, 4)
    ):
        fail("Your `acc` is rounded. Keep every digit; only printing rounds.", mistake="accuracy rounded")
    if _agree(got[:-1], right[1:], "acc", 1e-4):
        fail("Your `acc` is measured after the step, your `loss` before it.", mistake="accuracy after the step")
    fail(
        "Your losses are right, your `acc` is not: it is the share of rows whose larger logit is the label's, "
        "before the step.",
        mistake="other accuracy",
    )


def judge_default_epochs(student: Student, draw: np.random.Generator) -> None:
    """Called without `epochs`, `train` takes as many as the lab asks for; `memory_lab` prints only each twentieth."""
    made = pooled(drawn(draw), 1, 0.03)
    answer = student.train(made.in_child(student), made.X, made.y)
    if isinstance(answer, list) and len(answer) != DEFAULT_EPOCHS:
        fail(
            f"Called without `epochs`, `train` should take {DEFAULT_EPOCHS} of them, but takes {len(answer)}: leave "
            "the numbers in its first line as they are.",
            mistake="other defaults",
        )


def judge_given_model(student: Student, reference: Reference, draw: np.random.Generator) -> None:
    """After `train` the model's own weights are the reference's, and a second call goes on from them."""
    number, epochs, lr = drawn(draw), 4, 0.05
    made = pooled(number, 2 * epochs, lr)
    model = made.in_child(student)
    student.train(model, made.X, made.y, epochs=epochs, lr=lr)
    found = [array for _, array in model.weights()]
    right, short = (trained(number, count, lr, reference, 2 * epochs)[0] for count in (epochs, epochs - 1))
    if not _weights_agree(found, right):
        if _weights_agree(found, made.here()):
            fail(
                "The losses are right, but the model that was handed in has not moved: another one is trained.",
                mistake="another model trained",
            )
        if _weights_agree(found, short):
            fail("The step of the last epoch is missing.", mistake="last step missing")
        fail("The losses are right, but the weights afterwards are not the trained ones.", mistake="other weights left")
    again = history_of(student.train(model, made.X, made.y, epochs=2, lr=lr), 2)
    if not _agree(again, second_call(number, epochs, lr, reference), "loss", LOSS_TOLERANCE):
        fail(
            "A second call of `train` does not go on from where the first one left the model.",
            mistake="second call differs",
        )


def _weights_agree(found: list[Any], right: torch.nn.Module) -> bool:
    wanted = [weight.detach().numpy() for weight in right.parameters()]
    return [array.shape for array in found] == [weight.shape for weight in wanted] and all(
        np.allclose(array.numpy(), weight, rtol=0, atol=WEIGHT_TOLERANCE)
        for array, weight in zip(found, wanted, strict=True)
    )
