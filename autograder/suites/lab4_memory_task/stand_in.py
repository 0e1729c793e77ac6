"""A small stand-in for a network, for judging `train` and `accuracy` of lab 4: then nothing else can be to blame.

It is a linear layer on the flattened sequence, made in the child and here. Like the thresholds' trainings, stand-ins'
come from a small pool: what the reference makes of each is worked out once for all submissions.
"""

from __future__ import annotations

import functools
import itertools
from typing import Any, NamedTuple

import numpy as np
import torch

from autograder.suite import LibraryModule, Row, pooled

STEPS = 3
ROWS = 71
"""A prime number, and more than a batch of 64."""
MARGIN = 1e-3
"""No row's two logits come nearer to each other during a judged training: rounding can't turn an answer round."""
POOL = 8
"""Stand-ins for each number of epochs and learning rate; a submission gets one of them."""
_FIRST_SEED = 3000


class StandIn(NamedTuple):
    """Data and start weights of a stand-in."""

    X: torch.Tensor
    y: torch.Tensor
    start: tuple[torch.Tensor, ...]

    @property
    def module(self) -> LibraryModule:
        """A linear layer on the flattened sequence."""
        parts = (("torch.nn.Flatten",), ("torch.nn.Linear", self.X.shape[1], 2))
        return LibraryModule("torch.nn.Sequential", parts=parts, weights=self.start)

    def row(self, name: str, times: int = 1, **kwargs: float) -> Row:
        """A call of `train` or `accuracy`."""
        return Row((self.module, self.X, self.y), kwargs, times=times, name=name)


def stand_in(draw: np.random.Generator, epochs: int, lr: float, rows: int = ROWS) -> StandIn:
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


@functools.cache
def numbered(number: int, epochs: int, lr: float) -> StandIn:
    """The stand-in of this number, clear of ties for `epochs` steps.

    Each use has draws of its own: where two rows of a submission had the same data and start, a wrong default could
    make their losses the same, and the same losses everywhere are told as typed in.
    """
    return stand_in(np.random.default_rng([_FIRST_SEED + number, epochs, round(1000 * lr)]), epochs, lr)


def _lab() -> StandIn:
    """What the notebook's own check trains."""
    sequences = torch.linspace(-1, 1, 8 * STEPS).reshape(8, STEPS, 1)
    weights = torch.tensor([[0.3, -0.2, 0.1], [-0.4, 0.2, 0.5]]), torch.tensor([0.2, -0.1])
    return StandIn(sequences, torch.tensor([0, 1, 1, 0, 1, 1, 0, 1]), weights)


LAB_TRAINING = _lab().row("lab", epochs=4, lr=0.1)


def a_training(draw: np.random.Generator) -> list[Row]:
    """Six epochs, and on another start three and three more."""
    number = pooled(draw, POOL)
    again = numbered(number, 6, 0.05).row(f"{number} again", times=2, epochs=3, lr=0.05)
    return [numbered(number, 6, 0.03).row(f"{number}", epochs=6, lr=0.03), again]


def other_numbers(draw: np.random.Generator) -> list[Row]:
    """Another number of epochs and another learning rate; and none of either."""
    number, epochs = pooled(draw, POOL), int(draw.integers(4, 8))
    trained = numbered(number, epochs, 0.07).row(f"{number} {epochs}", epochs=epochs, lr=0.07)  # no usual rate
    return [trained, numbered(number, 10, 0.03).row(f"{number} default")]


def _lab_accuracies() -> list[Row]:
    """What the notebook's own check asks `accuracy`: a model that swaps the two numbers of a row."""
    answers = torch.tensor([[2.0, -1.0], [0.5, 3.0], [-2.0, -3.0], [3.0, 0.7], [4.0, 5.0]])
    labels, rows = torch.tensor([0, 1, 1, 0, 1]), answers.flip(1)
    model = LibraryModule("torch.nn.Linear", (2, 2), weights=(torch.eye(2).flip(0), torch.zeros(2)))
    parts = [slice(0, 5), slice(0, 2), slice(2, 3)]
    return [Row((model, rows[part], labels[part]), name=f"lab {part.start} {part.stop}") for part in parts]


LAB_ACCURACIES = _lab_accuracies()
PRIMES = (521, 523, 541, 547)
"""Rows that a share is tried on: no share of so many is a short decimal number."""


@functools.cache
def _share(number: int, rows: int) -> StandIn:
    """A stand-in whose share of right rows changes with each digit that is dropped, and with the first rows alone."""
    for seed in itertools.count(_FIRST_SEED * (number + 2)):
        made = stand_in(np.random.default_rng(seed), 0, 0.03, rows=rows)
        with torch.no_grad():
            right = (made.module.make_here()(made.X).argmax(1) == made.y).double()
        share = float(right.mean())
        parts = [float(right[:size].mean()) for size in (32, 64, 100, 128, 160, 256, 500)]
        if all(abs(share - part) > 2e-3 for part in parts) and all(
            abs(share - round(share, digits)) > 2e-6 for digits in range(1, 6)
        ):
            return made
    raise AssertionError


def shares(draw: np.random.Generator) -> list[Row]:
    """Many rows, and a few, these for two models."""
    number = pooled(draw, POOL)
    many, few = _share(number, PRIMES[number % len(PRIMES)]), numbered(number, 0, 0.03)
    other = few._replace(start=tuple(-weight for weight in few.start))  # right where the first one is wrong
    return [many.row(f"{number} many"), few.row(f"{number} few"), other.row(f"{number} other")]
