"""The losses of lab 4's trainings on pairs of the pool: the reference's, and those of known mistakes.

The reference's are worked out once per batch and pair. A known mistake's have to be a student's for ten epochs, and a
whole training with it, once per batch, tells whether it learns at all.
"""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

from autograder.suite import load, once_per_batch

from .pool import (
    LEARNING_RATE,
    Pair,
    Task,
    classifier,
    data_of,
    follows,
    held_out,
    share_right,
    start_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import torch

    from autograder.suite import HistoryJudge, ModuleJudge, Reference, Student

SHORT = 10
"""Epochs of a mistake's own training, which has to give the student's losses: nobody writes ten of them down."""


class Oracle(NamedTuple):
    """What the reference does with one pair."""

    X: torch.Tensor
    y: torch.Tensor
    start: list[torch.Tensor]
    losses: list[float]


def oracle(task: Task, pair: Pair, reference: Reference) -> Oracle:
    """Data, start and the reference's losses of a pair."""
    return Oracle(*_given(task, pair, reference), _losses(task, pair, reference))


@functools.cache
def _given(task: Task, pair: Pair, reference: Reference) -> tuple[torch.Tensor, torch.Tensor, list[torch.Tensor]]:
    return *data_of(task, pair.data, reference), start_of(task, pair.start)


@once_per_batch
def _losses(task: Task, pair: Pair, reference: Reference) -> list[float]:
    X, y, start = _given(task, pair, reference)  # the lab's own name
    model = classifier(reference, task.kind, start)
    history = reference.train(model, X, y, epochs=task.epochs, lr=LEARNING_RATE)
    return [float(row["loss"]) for row in history]


def are_of_a_mistake(
    losses: list[float],
    judges: tuple[HistoryJudge, ModuleJudge],
    student: Student,
    reference: Reference,
    training: tuple[Task, Oracle, float],
) -> bool:
    """Whether the mistakes that were named in `train`, the classifier, or both give these losses and learn enough.

    Whether they learn is tried once per batch and task, from its first pair: it takes a whole training.
    """
    task, right, least = training
    in_train = _named(judges[0], student, reference, "loss", "epoch")
    in_class = _named(judges[1], student, reference, "logits")
    for mistakes in itertools.product([None, *in_train], [None, *in_class]):
        short = _with_mistakes(reference, task, right, mistakes, SHORT)[0] if any(mistakes) else []
        same_length = len(losses) - task.epochs == len(short) - SHORT
        if same_length and len(short) >= SHORT - 1 and follows(losses, short, len(short)):
            return _learned(task, tuple(mistake and mistake.says for mistake in mistakes), reference) >= least
    return False


@once_per_batch
def _learned(task: Task, says: tuple[str | None, str | None], reference: Reference) -> float:
    """The held-out accuracy that mistakes in `train` and the classifier, by what they say, get from the first pair."""
    mistakes = [
        next((entry for entry in reference.catalogue.get(name, []) if entry.says == text), None)
        for name, text in zip(("train", task.kind.classifier), says, strict=True)
    ]
    right, data = oracle(task, task.pool[0], reference), held_out(task, task.pool[0].data)
    weights = _with_mistakes(reference, task, right, mistakes, task.epochs)[1]
    return share_right(classifier(reference, task.kind, weights), *data) if weights else 0.0


def _with_mistakes(
    reference: Reference, task: Task, right: Oracle, mistakes: Sequence[Any], epochs: int
) -> tuple[list[float], list[torch.Tensor]]:
    """The losses of a training with mistakes in `train` and in the classifier, and the weights; empty if it fails."""
    names = "train", task.kind.classifier
    train, kind = (
        getattr(reference, name) if mistake is None else reference.variant(name, mistake)
        for name, mistake in zip(names, mistakes, strict=True)
    )
    try:
        model = load(kind(), right.start)
        history = train(model, right.X, right.y, epochs=epochs, lr=LEARNING_RATE)
        return [float(entry["loss"]) for entry in history], [weight.detach() for weight in model.parameters()]
    except Exception:  # a variant may raise whatever it likes
        return [], []


def _named(judge: HistoryJudge | ModuleJudge, student: Student, reference: Reference, *keys: str) -> list[Any]:
    """The mistakes that explain a quantity of a judge, each once."""
    if not judge.gives_answers(student, reference):
        return []
    found = judge.diagnosis(student, reference).mistakes
    return list({mistake.says: mistake for key in keys for mistake in found.get(key, [])}.values())
