"""A small stand-in for a network, for judging `train` and `accuracy` of lab 4: then nothing else can be to blame.

It is a linear layer on the flattened sequence, made in the child and here. Like the thresholds' trainings, stand-ins'
come from a small pool: what the reference makes of each is worked out once for all submissions.
"""

from __future__ import annotations

import copy
import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from autograder.mistakes.lab4_pool import load

if TYPE_CHECKING:
    from autograder.suite.failures import StudentObject
    from autograder.suite.reference import Reference
    from autograder.suite.student import Student

STEPS = 3
MARGIN = 1e-3
"""No row's two logits come nearer to each other during a judged training: rounding can't turn an answer round."""
POOL = 8
"""Stand-ins for each number of epochs and learning rate; a submission gets one of them."""
_FIRST_SEED = 3000


@dataclass(frozen=True)
class StandIn:
    """Data and start weights of a stand-in."""

    X: torch.Tensor
    y: torch.Tensor
    start: tuple[torch.Tensor, ...]

    def in_child(self, student: Student) -> StudentObject:
        """The stand-in where the student's functions run."""
        parts = [("torch.nn.Flatten",), ("torch.nn.Linear", STEPS, 2)]
        return student.make("torch.nn.Sequential", parts=parts, weights=self.start)

    def here(self) -> torch.nn.Module:
        """The same in this process."""
        model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(STEPS, 2))
        return load(model, self.start)


def stand_in(draw: np.random.Generator, epochs: int, lr: float, rows: int = 24) -> StandIn:
    """A random one with labels that can be learned in part, clear of ties for `epochs` steps."""
    while True:
        x = draw.normal(size=(rows, STEPS, 1)).astype("float32")
        y = (x[:, 0, 0] + draw.normal(size=rows) > 0).astype("int64")
        start = draw.uniform(-1, 1, (2, STEPS)).astype("float32"), draw.uniform(-1, 1, 2).astype("float32")
        inputs, weights = np.c_[x[:, :, 0], np.ones(rows)], np.c_[start[0], start[1]].astype("float64")
        if 0.2 < y.mean() < 0.8 and _clear(inputs, y, weights, epochs, lr):
            return StandIn(torch.from_numpy(x), torch.from_numpy(y), tuple(map(torch.from_numpy, start)))


def _clear(
    x: np.ndarray[Any, Any], y: np.ndarray[Any, Any], weights: np.ndarray[Any, Any], epochs: int, lr: float
) -> bool:
    """No ties, room to get better, and gradients that a student's clipping at 1 would leave alone."""
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, epochs + 2):
        logits = x @ weights.T
        right = float((logits.argmax(1) == y).mean())
        if np.abs(logits[:, 0] - logits[:, 1]).min() < MARGIN or not 0.1 < right < 0.9:
            return False
        shares = np.exp(logits - logits.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        shares[np.arange(len(y)), y] -= 1
        slope = shares.T @ x / len(y)
        if np.linalg.norm(slope) > 0.9:
            return False
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights = weights - lr * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return True


def drawn(draw: np.random.Generator) -> int:
    """The number of a stand-in of the pool."""
    return int(draw.integers(POOL))


@functools.cache
def pooled(number: int, epochs: int, lr: float) -> StandIn:
    """The stand-in of this number, clear of ties for `epochs` steps."""
    return stand_in(np.random.default_rng(_FIRST_SEED + number), epochs, lr)


@functools.cache
def trained(number: int, epochs: int, lr: float, reference: Reference, clear: int) -> tuple[torch.nn.Module, list[Any]]:
    """The stand-in that is clear for `clear` epochs as the reference leaves it after `epochs`, and the history."""
    made = pooled(number, clear, lr)
    model = made.here()
    return model, reference.train(model, made.X, made.y, epochs=epochs, lr=lr)


@functools.cache
def second_call(number: int, epochs: int, lr: float, reference: Reference) -> list[Any]:
    """Two more epochs of the reference's on the model that `epochs` have trained, with an optimizer of their own."""
    made = pooled(number, 2 * epochs, lr)
    model = copy.deepcopy(trained(number, epochs, lr, reference, 2 * epochs)[0])
    return reference.train(model, made.X, made.y, epochs=2, lr=lr)  # type: ignore[no-any-return]  # the solution's
