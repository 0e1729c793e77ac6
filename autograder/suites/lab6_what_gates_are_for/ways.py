"""Ways to train lab 6's model for `autograder calibrate`: those that correct students write, and wrong ones.

Each takes the reference, start weights and data, and gives the weights after training and the losses that a student's
`train_clipped` would return.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from autograder.suite import Mistake, load

from .task import CLIP, HIDDEN, LEARNING_RATE, LONG, SHORT, Given, given

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.suite import Reference

    Trained = tuple[list[Tensor], list[float]]
    Way = Callable[[Reference, Given], Trained]


def _trained(train: Callable[..., Any], model: nn.Module, task: Given, epochs: int = LONG) -> Trained:
    history = train(model, task.X, task.y, epochs=epochs, lr=LEARNING_RATE, clip=CLIP)
    return [weight.detach() for weight in model.parameters()], [float(entry["loss"]) for entry in history]


def reference(solution: Reference, task: Given) -> Trained:
    """Train with the solution's own model and `train_clipped`."""
    return _trained(solution.train_clipped, load(solution.RecallModel(), task.start), task)


class Cells(nn.Module):
    """The same model as a loop over cells."""

    def __init__(self) -> None:
        super().__init__()
        self.cell = nn.GRUCell(2, HIDDEN)
        self.linear = nn.Linear(HIDDEN, 2)

    def forward(self, x: Tensor) -> Tensor:
        """Logits."""
        hidden = None
        for step in range(x.shape[1]):
            hidden = self.cell(x[:, step], hidden)
        return self.linear(hidden)  # type: ignore[no-any-return]


def _changed(old: str | list[str] = "", new: str | list[str] = "", make: Callable[[], nn.Module] | None = None) -> Way:
    """The solution's `train_clipped` with a text of it changed, on its own model or on another one."""
    other = Mistake(name="another way", says="", next="", old=old or [], new=new or [])

    def way(solution: Reference, task: Given) -> Trained:
        model = load((make or solution.RecallModel)(), task.start)
        return _trained(solution.variant("train_clipped", other), model, task)

    return way


def _known(solution: Reference, function: str, name: str, words: str) -> Any:
    """A mistake of the catalogue, by its name and a part of what it says, as a function or a class."""
    entries = solution.catalogue[function]
    return solution.variant(function, next(entry for entry in entries if entry.name == name and words in entry.says))


def mistaken(name: str, words: str = "") -> Way:
    """A `train_clipped` of the catalogue's."""

    def way(solution: Reference, task: Given) -> Trained:
        train = _known(solution, "train_clipped", name, words)
        return _trained(train, load(solution.RecallModel(), task.start), task)

    return way


def _misread(name: str, words: str = "") -> Way:
    """A `RecallModel` of the catalogue's."""

    def way(solution: Reference, task: Given) -> Trained:
        model = load(_known(solution, "RecallModel", name, words)(), task.start)
        return _trained(solution.train_clipped, model, task)

    return way


_ADAM, _LOSS, _CLIP = "lr=lr)", "loss_function(logits, y)", "norm = nn.utils.clip_grad_norm_(model.parameters(), clip)"
_BY_HAND = "-logits.log_softmax(1)[torch.arange(len(y)), y].sum() / len(y)"
_SLOPES = (
    "slopes = [weight.grad for weight in model.parameters()]\n"
    "        norm = torch.cat([slope.flatten() for slope in slopes]).norm()\n"
    "        for slope in slopes:\n"
    "            slope.mul_((clip / norm).clamp(max=1.0))"
)
EQUIVALENT: dict[str, Way] = {
    "the solution": reference,
    "a loop over cells": _changed(make=Cells),
    "Adam, fused": _changed(_ADAM, "lr=lr, fused=True)"),
    "Adam, one weight at a time": _changed(_ADAM, "lr=lr, foreach=False)"),
    "clipped by hand": _changed(_CLIP, _SLOPES),
    "log-softmax written out": _changed(_LOSS, _BY_HAND),
    "cells, fused Adam, log-softmax": _changed([_ADAM, _LOSS], ["lr=lr, fused=True)", _BY_HAND], Cells),
}


def _initialised_anew(solution: Reference, task: Given) -> Trained:
    return reference(solution, task._replace(start=[weight.roll(1, 0) * -1 for weight in task.start]))


def _from_home(solution: Reference, task: Given) -> Trained:
    """Weights trained at home from another start, handed out with the history of that training."""
    return reference(solution, task._replace(start=given(77).start))


def _made_up(solution: Reference, task: Given) -> Trained:
    """Weights trained at home; a history that starts with the true loss and falls evenly."""
    model = load(solution.RecallModel(), task.start)
    with torch.no_grad():
        first = float(nn.functional.cross_entropy(model(task.X), task.y))
    return _from_home(solution, task)[0], [first * 0.9**epoch for epoch in range(LONG)]


def _not_kept(solution: Reference, task: Given) -> Trained:
    """A copy is trained: the losses are right, and the model is as it was."""
    return list(task.start), reference(solution, task)[1]


def _stopped(solution: Reference, task: Given) -> Trained:
    """Ten epochs of training, and a history that goes on with its last loss."""
    model = load(solution.RecallModel(), task.start)
    weights, losses = _trained(solution.train_clipped, model, task, SHORT)
    return weights, losses + losses[-1:] * (LONG - SHORT)


_NAMED = (
    "loss after the step",
    "no step",
    "missing zero_grad",
    "SGD for Adam",
    "RMSprop for Adam",
    "NAdam for Adam",
    "AdamW for Adam",
    "new optimizer at every epoch",
    "softmax before the loss",
    "sum for mean",
    "squared error",
    "always brought to the limit",
    "weights clipped",
)
WRONG: dict[str, Way] = {
    **{name: mistaken(name) for name in _NAMED},
    "weight decay": mistaken("weight decay", "0.01"),
    "first step": _misread("first step"),
    "mean over time": _misread("mean over time"),
    "softmax in forward": _misread("softmax in forward"),
    "model initialised anew": _initialised_anew,
    "weights and history from home": _from_home,
    "weights from home, history made up": _made_up,
    "a copy trained": _not_kept,
    "stopped after ten epochs": _stopped,
}
