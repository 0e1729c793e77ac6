"""Ways to train lab 4's models for `autograder calibrate`: those that correct students write, and wrong ones.

Each takes a task, the reference, start weights and data, and gives the weights after training and the losses
that a student's `train` would return.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from autograder.suite import Mistake, load

from .pool import HIDDEN, LEARNING_RATE, Task, classifier, start_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from autograder.suite import Reference

    Trained = tuple[list[Tensor], list[float]]
    Way = Callable[[Task, Reference, Sequence[Tensor], Tensor, Tensor], Trained]


def _result(model: nn.Module, history: Sequence[Any]) -> Trained:
    return [weight.detach() for weight in model.parameters()], [float(row["loss"]) for row in history]


def reference(task: Task, solution: Reference, start: Sequence[Tensor], X: Tensor, y: Tensor) -> Trained:
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


def _changed(
    old: str | list[str] = "", new: str | list[str] = "", make: Callable[[Task], nn.Module] | None = None
) -> Way:
    """The solution's `train` with a text of it changed, on its own classifier or on another one."""
    mistake = Mistake(name="another way", says="", next="", old=old or [], new=new or [])

    def way(task: Task, solution: Reference, start: Sequence[Tensor], X: Tensor, y: Tensor) -> Trained:
        model = load(make(task), start) if make else classifier(solution, task.kind, start)
        train = solution.variant("train", mistake)
        return _result(model, train(model, X, y, epochs=task.epochs, lr=LEARNING_RATE))

    return way


def known(solution: Reference, function: str, name: str, words: str = "") -> Any:
    """A mistake of the catalogue, by its name and a part of what it says, as a function or a class."""
    entries = solution.catalogue[function]
    return solution.variant(function, next(entry for entry in entries if entry.name == name and words in entry.says))


def mistaken(name: str, words: str = "") -> Way:
    """A `train` of the catalogue's."""

    def way(task: Task, solution: Reference, start: Sequence[Tensor], X: Tensor, y: Tensor) -> Trained:
        model = classifier(solution, task.kind, start)
        train = known(solution, "train", name, words)
        return _result(model, train(model, X, y, epochs=task.epochs, lr=LEARNING_RATE))

    return way


def _misread(name: str) -> Way:
    """A classifier of the catalogue's."""

    def way(task: Task, solution: Reference, start: Sequence[Tensor], X: Tensor, y: Tensor) -> Trained:
        model = load(known(solution, task.kind.classifier, name)(), start)
        return _result(model, solution.train(model, X, y, epochs=task.epochs, lr=LEARNING_RATE))

    return way


def _threads(task: Task, solution: Reference, start: Sequence[Tensor], X: Tensor, y: Tensor) -> Trained:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        return reference(task, solution, start, X, y)
    finally:
        torch.set_num_threads(before)


_ADAM, _LOSS = "lr=lr)", "loss_function(logits, y)"
_BY_HAND = "-logits.log_softmax(1)[torch.arange(len(y)), y].sum() / len(y)"
EQUIVALENT: dict[str, Way] = {
    "the solution": reference,
    "a loop over cells": _changed(make=Cells),
    "Adam, fused": _changed(_ADAM, "lr=lr, fused=True)"),
    "Adam, foreach": _changed(_ADAM, "lr=lr, foreach=True)"),
    "Adam, one weight at a time": _changed(_ADAM, "lr=lr, foreach=False)"),
    "log-softmax written out": _changed(_LOSS, _BY_HAND),
    "two threads": _threads,
    "cells, fused Adam, log-softmax": _changed([_ADAM, _LOSS], ["lr=lr, fused=True)", _BY_HAND], Cells),
}


def _initialised_anew(task: Task, solution: Reference, start: Sequence[Tensor], X: Tensor, y: Tensor) -> Trained:
    return reference(task, solution, [weight.roll(1, 0) * -1 for weight in start], X, y)


def _pretrained(task: Task, solution: Reference, _start: Sequence[Tensor], X: Tensor, y: Tensor) -> Trained:
    """Weights trained at home from another start, handed out with the history of that training."""
    return reference(task, solution, start_of(task, 77), X, y)


def _made_up(task: Task, solution: Reference, start: Sequence[Tensor], X: Tensor, y: Tensor) -> Trained:
    """Weights trained at home; a history that starts with the true loss and falls evenly."""
    weights, _ = _pretrained(task, solution, start, X, y)
    with torch.no_grad():
        first = float(functional.cross_entropy(classifier(solution, task.kind, start)(X), y))
    return weights, [first * 0.9**epoch for epoch in range(task.epochs)]


def _constant(task: Task, _solution: Reference, start: Sequence[Tensor], _X: Tensor, _y: Tensor) -> Trained:
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
    **{name: mistaken(name) for name in _NAMED},
    "minibatches of 32": mistaken("mini-batches", "every 32 rows"),
    "a tenth of the learning rate": mistaken("lr 0.003 typed in"),
    "out[:, 0]": _misread("out[:, 0]"),
    "mean over time": _misread("mean over time"),
    "softmax in forward": _misread("softmax in forward"),
    "model initialised anew": _initialised_anew,
    "weights and history from home": _pretrained,
    "weights from home, history made up": _made_up,
    "constant model": _constant,
}
