"""Lab 6's task itself: the student's `train_clipped` on the student's `RecallModel`, from the grader's start and data.

Each loss and each norm of the first ten epochs then has one right value; later ones drift apart in equivalent code.
After sixty epochs the weights that are left are loaded into the reference's model and judged on rows that the child
never sees, so that nobody's word is taken for what was learned. What the reference makes of a training is worked out
once per batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import torch

from autograder.suite import StudentObject, fail, if_shown, load, matched, once_per_batch

from .task import CLIP, LEARNING_RATE, LONG, LOSS_TOLERANCE, POOL, SHORT, Given, given, share_right

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from autograder.suite import HistoryJudge, Reference, Student

LIMITS = (0.01, CLIP)
"""At 0.01 all of these gradients are clipped, at 1.0 none: who makes short ones longer shows. Stand-ins tell more."""
NORM_TOLERANCE, NORM_SHARE = 5e-5, 1e-4
"""Of a norm, and of its size."""


@once_per_batch
def reference_history(reference: Reference, number: int, clip: float) -> list[list[float]]:
    """The reference's losses, and its norms."""
    task = given(number)
    model = load(reference.RecallModel(), task.start)
    history = reference.train_clipped(model, task.X, task.y, epochs=SHORT, lr=LEARNING_RATE, clip=clip)
    return [[float(entry[key]) for entry in history] for key in ("loss", "norm")]


def judge(training: HistoryJudge, student: Student, reference: Reference, draw: np.random.Generator) -> None:
    """Fail unless ten epochs of the task, with either limit, give the reference's losses and norms."""
    number = POOL[int(draw.integers(len(POOL)))]
    task = given(number)
    for clip in LIMITS:
        losses, norms = reference_history(reference, number, clip)
        model, _ = _started(student, task)
        answer = student.train_clipped(model, task.X, task.y, epochs=SHORT, lr=LEARNING_RATE, clip=clip)
        got = [training.numbers(answer, key) for key in ("loss", "norm")]
        if len(got[0]) < SHORT:
            fail(
                f"`train_clipped` was asked for {SHORT} epochs of the task, and its list has fewer entries.",
                mistake="stops early",
                step="Let the loop run through all epochs.",
            )
        strayed = _first(got[0], losses, LOSS_TOLERANCE, 0), _first(got[1], norms, NORM_TOLERANCE, NORM_SHARE)
        for epoch, what in zip(strayed, ("losses", "norms"), strict=True):
            if epoch is not None:
                _fail_at(epoch, what, clip)


def judge_recall(
    training: HistoryJudge,
    student: Student,
    reference: Reference,
    draw: np.random.Generator,
    *,
    least: float,
    reached: Callable[[str, float], None],
) -> None:
    """Fail unless a whole training starts as the reference's and its weights get `least` of the fresh rows right."""
    number = POOL[int(draw.integers(len(POOL)))]
    task = given(number)
    model, order = _started(student, task)
    answer = student.train_clipped(model, task.X, task.y, epochs=LONG, lr=LEARNING_RATE, clip=CLIP)
    losses = training.numbers(answer, "loss")
    strayed = _first(losses[:SHORT], reference_history(reference, number, CLIP)[0], LOSS_TOLERANCE, 0)
    if strayed is not None:
        _fail_at(strayed, "losses", CLIP)
    if len(losses) != LONG:
        fail(
            f"`train_clipped` was asked for {LONG} epochs of the task, and its list has another number of entries.",
            mistake="another number of epochs",
            step="Let the loop run through all epochs, and no further.",
        )
    accuracy = share_right(reference, _weights_of(model, order, task), int(draw.integers(2**31)))
    reached("recall", accuracy)
    if not accuracy >= least:
        share = if_shown(f"{accuracy:.1%}", "half" if accuracy < 0.6 else "some, but too few,")
        fail(
            f"On rows that it has never seen, the model that `train_clipped` left behind is right in {share} of cases; "
            f"at least {least:.0%} is asked for.",
            mistake="trained weights lost",
        )


def _fail_at(epoch: int, what: str, clip: float) -> NoReturn:
    """Fail for losses, or norms, that stray; which epoch a program strays at it could choose, so one of two is told."""
    when = if_shown(f"epoch {epoch}", "the first epoch" if epoch == 1 else "a later epoch")
    fail(
        f"Trained on the task itself with clip={clip:g}, from {when} on the {what} are not those of this training: "
        "start weights and data are the grader's, so each has one right value.",
        mistake=f"{what} of another training",
        step="Look for what is done otherwise on a recurrent model than on the linear one of the check.",
    )


def _first(got: list[float], wanted: list[float], within: float, share: float) -> int | None:
    """The first epoch whose number is not the wanted one; NaN never is, nor a number that is missing."""
    pairs = zip(got, wanted, strict=False)
    near = [abs(number - right) <= within + share * abs(right) for number, right in pairs]
    return next((epoch for epoch in range(1, len(wanted) + 1) if epoch > len(near) or not near[epoch - 1]), None)


def _started(student: Student, task: Given) -> tuple[StudentObject, list[int]]:
    """A new model of the student's with the start weights in its own, and where among its weights these are."""
    model = student.RecallModel()
    if not isinstance(model, StudentObject):
        fail("`RecallModel()` should give a module.")
    found = model.weights()
    order = matched([array.shape for _, array in found], [name for name, _ in found], _shapes(task))
    if order is None:
        fail("RecallModel() holds other weights than one GRU(2, 16) and one linear layer.")
    start: list[Any] = [array for _, array in found]
    for place, own in enumerate(order):
        start[own] = task.start[place]
    model.set_weights(start)
    return model, order


def _weights_of(model: StudentObject, order: list[int], task: Given) -> list[torch.Tensor]:
    """What a training left, in the order of the lab's layers."""
    found = [array.numpy() for _, array in model.weights()]
    if len(found) <= max(order) or [found[own].shape for own in order] != _shapes(task):
        fail("After `train_clipped` the model has other weights than before it.", mistake="other weights left")
    return [torch.from_numpy(found[own].astype("float32")) for own in order]


def _shapes(task: Given) -> list[tuple[int, ...]]:
    return [tuple(weight.shape) for weight in task.start]
