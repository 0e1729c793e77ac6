"""Lab 6's task itself, for a few epochs: the student's `train_clipped` on the student's `RecallModel`.

Data and start weights are the grader's, from a small pool, with gates that start by keeping: each loss and each norm
then has one right value. Ten epochs are compared and no more are trained: later ones drift apart in equivalent code,
and no accuracy has to be reached, so that no correct student can be unlucky. What the reference makes of a training is
worked out once per batch.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import torch
import torch._dynamo  # an optimizer's first step would: here, the warm server is still at its own imports

from autograder.suite import StudentObject, fail, if_shown, load, matched, once_per_batch, pooled, seed_of

from .rows import POOL, Kind

if TYPE_CHECKING:
    import numpy as np

    from autograder.suite import HistoryJudge, Reference, Student

ROWS, STEPS, HIDDEN = 48, 30, 16
EPOCHS, LEARNING_RATE = 10, 0.02
LIMITS = (0.01, 1.0)
"""At 0.01 all of these gradients are clipped, at 1.0 none: who makes short ones longer shows. Stand-ins tell more."""
LOSS_TOLERANCE, NORM_TOLERANCE, NORM_SHARE = 5.2e-5, 5e-5, 1e-4
"""Of a loss (lesson: 5e-5, and room for noise where rounding uses that up); of a norm, and of its size."""
GRU = Kind("GRU")
torch.set_num_threads(1)  # as in the child: two beside other load take several times as long


class Given(NamedTuple):
    """Data, and never-trained weights in the order of the lab's two layers."""

    X: torch.Tensor
    y: torch.Tensor
    start: list[torch.Tensor]


@functools.cache
def given(number: int) -> Given:
    """Rows drawn all at once, as nothing compares them draw by draw; a GRU whose share of old state starts near 1."""
    drawn = torch.Generator().manual_seed(seed_of(number, "task"))
    y = torch.randint(0, 2, (ROWS,), generator=drawn)
    place = torch.randint(0, STEPS // 2, (ROWS,), generator=drawn)
    X = torch.zeros(ROWS, STEPS, 2)  # the lab's own name
    X[:, :, 0] = torch.randint(0, 2, (ROWS, STEPS), generator=drawn) * 2 - 1
    X[torch.arange(ROWS), place] = torch.stack([2.0 * y - 1, torch.ones(ROWS)], dim=1)
    near = HIDDEN**-0.5
    shapes = [*GRU.layer(hidden_size=HIDDEN), *GRU.linear(hidden_size=HIDDEN)]
    start = [torch.empty(shape).uniform_(-near, near, generator=drawn) for shape in shapes]
    start[2].zero_()
    start[3].zero_()
    start[2][HIDDEN : 2 * HIDDEN] = torch.empty(HIDDEN).uniform_(1, STEPS - 1, generator=drawn).log()
    return Given(X, y, start)


@once_per_batch
def reference_history(reference: Reference, number: int, clip: float) -> list[list[float]]:
    """The reference's losses, and its norms."""
    task = given(number)
    model = load(reference.RecallModel(), task.start)
    history = reference.train_clipped(model, task.X, task.y, epochs=EPOCHS, lr=LEARNING_RATE, clip=clip)
    return [[float(entry[key]) for entry in history] for key in ("loss", "norm")]


def judge(training: HistoryJudge, student: Student, reference: Reference, draw: np.random.Generator) -> None:
    """Fail unless ten epochs of the task, with either limit, give the reference's losses and norms."""
    number = pooled(draw, POOL)
    task = given(number)
    for clip in LIMITS:
        losses, norms = reference_history(reference, number, clip)
        model = _started(student, task)
        answer = student.train_clipped(model, task.X, task.y, epochs=EPOCHS, lr=LEARNING_RATE, clip=clip)
        got = [training.numbers(answer, key) for key in ("loss", "norm")]
        if len(got[0]) < EPOCHS:
            fail(
                f"`train_clipped` was asked for {EPOCHS} epochs of the task, and its list has fewer entries.",
                mistake="stops early",
                step="Let the loop run through all epochs.",
            )
        strayed = _first(got[0], losses, LOSS_TOLERANCE, 0), _first(got[1], norms, NORM_TOLERANCE, NORM_SHARE)
        for epoch, what in zip(strayed, ("losses", "norms"), strict=True):
            if epoch is not None:
                _fail_at(epoch, what, clip)


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


def _started(student: Student, task: Given) -> StudentObject:
    """A new model of the student's, with the start weights where it has its own."""
    model = student.RecallModel()
    if not isinstance(model, StudentObject):
        fail("`RecallModel()` should give a module.")
    found = model.weights()
    order = matched(
        [array.shape for _, array in found], [name for name, _ in found], [tuple(weight.shape) for weight in task.start]
    )
    if order is None:
        fail("RecallModel() holds other weights than one GRU(2, 16) and one linear layer.")
    start: list[Any] = [array for _, array in found]
    for place, own in enumerate(order):
        start[own] = task.start[place]
    model.set_weights(start)
    return model
