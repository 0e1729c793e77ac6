"""Ways to train lab 4's models for `autograder calibrate`: those that correct students write, and wrong ones.

Each takes a task, the reference, start weights and data, and gives the weights after training and the losses
that a student's `train` would return.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from autograder.mistakes.lab4_pool import HIDDEN, LEARNING_RATE, Task, classifier, load, start_of
from autograder.mistakes.lab4_recipes import TRAININGS, Recipe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from autograder.suite.reference import Reference

    Trained = tuple[list[Tensor], list[float]]
    Way = Callable[[Task, Reference, Sequence[Tensor], Tensor, Tensor], Trained]


def _result(model: nn.Module, history: Sequence[Any]) -> Trained:
    return [weight.detach() for weight in model.parameters()], [float(row["loss"]) for row in history]


def reference(task: Task, solution: Reference, start: Sequence[Tensor], X: Tensor, y: Tensor) -> Trained:  # noqa: N803
    """The solution's own classifier and `train`."""
    model = classifier(solution, task.kind, start)
    return _result(model, solution.train(model, X, y, epochs=task.epochs, lr=LEARNING_RATE))


class Cells(nn.Module):
    """The same classifier as a loop over cells."""

    def __init__(self, task: Task) -> None:
        super().__init__()
        self.cell = getattr(nn, f"{task.kind.layer}Cell")(1, HIDDEN)
        self.linear = nn.Linear(HIDDEN, 2)

    def forward(self, x: Tensor) -> Tensor:
        """Logits."""
        state = None
        for step in range(x.shape[1]):
            state = self.cell(x[:, step], state)
        hidden = state[0] if isinstance(state, tuple) else state
        return self.linear(hidden)  # type: ignore[no-any-return]


class Read(nn.Module):
    """A classifier that hands `pick(out)` to the linear layer, and its answer to `after`."""

    def __init__(self, task: Task, pick: Callable[[Tensor], Tensor], after: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.recurrent = getattr(nn, task.kind.layer)(1, HIDDEN, batch_first=True)
        self.linear = nn.Linear(HIDDEN, 2)
        self.pick, self.after = pick, after

    def forward(self, x: Tensor) -> Tensor:
        """Logits."""
        return self.after(self.linear(self.pick(self.recurrent(x)[0])))


def _trained(recipe: Recipe, make: Callable[[Task], nn.Module] | None = None) -> Way:
    def way(task: Task, solution: Reference, start: Sequence[Tensor], X: Tensor, y: Tensor) -> Trained:  # noqa: N803
        model = load(make(task), start) if make else classifier(solution, task.kind, start)
        return _result(model, recipe.train(model, X, y, task.epochs, LEARNING_RATE))

    return way


def _threads(task: Task, solution: Reference, start: Sequence[Tensor], X: Tensor, y: Tensor) -> Trained:  # noqa: N803
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        return reference(task, solution, start, X, y)
    finally:
        torch.set_num_threads(before)


def _adam(**options: bool) -> Callable[..., torch.optim.Adam]:
    return lambda weights, lr: torch.optim.Adam(weights, lr=lr, **options)  # type: ignore[arg-type]


def _mean_nll(logits: Tensor, y: Tensor) -> Tensor:
    return -logits.log_softmax(1)[torch.arange(len(y)), y].sum() / len(y)


def _last(out: Tensor) -> Tensor:
    return out[:, -1]


def _same(logits: Tensor) -> Tensor:
    return logits


EQUIVALENT: dict[str, Way] = {
    "the solution": reference,
    "a loop over cells": _trained(Recipe(), Cells),
    "Adam, fused": _trained(Recipe(optimizer=_adam(fused=True))),
    "Adam, foreach": _trained(Recipe(optimizer=_adam(foreach=True))),
    "Adam, one weight at a time": _trained(Recipe(optimizer=_adam(foreach=False))),
    "log-softmax written out": _trained(Recipe(loss=_mean_nll)),
    "two threads": _threads,
    "cells, fused Adam, log-softmax": _trained(Recipe(optimizer=_adam(fused=True), loss=_mean_nll), Cells),
}


def _read(pick: Callable[[Tensor], Tensor] = _last, after: Callable[[Tensor], Tensor] = _same) -> Way:
    return _trained(Recipe(), lambda task: Read(task, pick, after))


def _initialised_anew(task: Task, solution: Reference, start: Sequence[Tensor], X: Tensor, y: Tensor) -> Trained:  # noqa: N803
    return reference(task, solution, [weight.roll(1, 0) * -1 for weight in start], X, y)


def _pretrained(task: Task, solution: Reference, _start: Sequence[Tensor], X: Tensor, y: Tensor) -> Trained:  # noqa: N803
    """Weights trained at home from another start, handed out with the history of that training."""
    return reference(task, solution, start_of(task, 77), X, y)


def _made_up(task: Task, solution: Reference, start: Sequence[Tensor], X: Tensor, y: Tensor) -> Trained:  # noqa: N803
    """Weights trained at home; a history that starts with the true loss and falls evenly."""
    weights, _ = _pretrained(task, solution, start, X, y)
    with torch.no_grad():
        first = float(functional.cross_entropy(classifier(solution, task.kind, start)(X), y))
    return weights, [first * 0.9**epoch for epoch in range(task.epochs)]


def _constant(task: Task, _solution: Reference, start: Sequence[Tensor], _X: Tensor, _y: Tensor) -> Trained:  # noqa: N803
    return [torch.zeros_like(weight) for weight in start], [0.6931] * task.epochs


_NAMED = (
    "loss after the step",
    "no step",
    "missing zero_grad",
    "SGD for Adam",
    "AdamW for Adam",
    "RMSprop for Adam",
    "new optimizer at every epoch",
    "softmax before the loss",
    "sum for mean",
    "squared error",
    "labels inverted in train",
    "two steps per epoch",
    "lr left out",
)
WRONG: dict[str, Way] = {
    **{name: _trained(TRAININGS[name][1]) for name in _NAMED},
    "minibatches of 32": _trained(Recipe(batch=32)),
    "a tenth of the learning rate": _trained(Recipe(lr=LEARNING_RATE / 10)),
    "out[:, 0]": _read(lambda out: out[:, 0]),
    "mean over time": _read(lambda out: out.mean(1)),
    "softmax in forward": _read(after=lambda logits: logits.softmax(1)),
    "model initialised anew": _initialised_anew,
    "weights and history from home": _pretrained,
    "weights from home, history made up": _made_up,
    "constant model": _constant,
}
