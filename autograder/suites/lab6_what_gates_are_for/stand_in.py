"""A small stand-in for a network, for judging `train_clipped` of lab 6: then nothing else can be to blame.

It is a linear layer on the flattened sequence, made in the child and here, and comes from a small pool. At the lab's
limit of 1.0 a recurrent network's first gradients are below it, and a training that does not clip has the very same
losses. So each stand-in is chosen such that other ways to clip are told apart: see `TOLD`.
"""

from __future__ import annotations

import functools
import math
from typing import Any, NamedTuple

import numpy as np
import torch

from autograder.suite import LibraryModule, Row, pooled

from .rows import POOL, wave

STEPS = 3
ROWS = 73
"""A prime number, and more than a batch of 64."""
MARGIN = 1e-3
"""No row's two logits come nearer to each other during a judged training: rounding can't turn an answer round."""
TOLD = 5e-4
"""By how much another way to clip changes at least one loss: ten times what losses may differ by."""
COMPARED = 10
_FIRST_SEED = 6200
WAYS = ("not at all", "by value", "each by itself", "always", "largest number", "sum of sizes")
"""To clip otherwise than by the common norm where that is above the limit."""
Matrix = np.ndarray[Any, Any]


class Numbers(NamedTuple):
    """What `train_clipped` is called with, beside model and data."""

    epochs: int
    lr: float
    clip: float


DEFAULTS = Numbers(80, 0.02, 1.0)


class StandIn(NamedTuple):
    """Data and start weights of a stand-in."""

    X: torch.Tensor
    y: torch.Tensor
    start: tuple[torch.Tensor, ...]

    def row(self, name: str, numbers: Numbers | None = None, times: int = 1) -> Row:
        """A call of `train_clipped`, with the defaults where no numbers are given."""
        parts = (("torch.nn.Flatten",), ("torch.nn.Linear", self.X[0].numel(), 2))
        model = LibraryModule("torch.nn.Sequential", parts=parts, weights=self.start)
        return Row((model, self.X, self.y), numbers._asdict() if numbers else {}, times=times, name=name)


def _lab() -> list[Row]:
    """What the notebook's own check trains first."""
    start = wave(2, 2 * STEPS, step=2.1), torch.tensor([0.2, -0.1])
    made = StandIn(3 * wave(8, STEPS, 2, step=2.3), torch.tensor([0, 1, 1, 0, 1, 1, 0, 1]), start)
    return [made.row("lab", Numbers(5, 0.1, 0.5))]


LAB_TRAINING = _lab()


def shortened(slopes: list[Matrix], clip: float, way: str = "") -> list[Matrix]:
    """Gradients, clipped by their common norm or in another way."""
    norms = [float(np.linalg.norm(slope)) for slope in slopes]
    if way == "not at all":
        return slopes
    if way == "by value":
        return [slope.clip(-clip, clip) for slope in slopes]
    if way == "each by itself":
        return [slope * min(1.0, clip / norm) for slope, norm in zip(slopes, norms, strict=True)]
    if way == "largest number":
        size = max(float(np.abs(slope).max()) for slope in slopes)
    elif way == "sum of sizes":
        size = sum(float(np.abs(slope).sum()) for slope in slopes)
    else:
        size = math.hypot(*norms)
    return [slope * (clip / size if way == "always" else min(1.0, clip / size)) for slope in slopes]


def _trained(inputs: Matrix, y: Matrix, start: list[Matrix], given: Numbers, way: str = "") -> list[Matrix]:
    """The logits before each step of a training with Adam, in NumPy: it looks for stand-ins and judges nobody."""
    weights, (first, second) = list(start), ([0 * weight for weight in start] for _ in range(2))
    found = []
    for step in range(1, given.epochs + 1):
        logits = inputs @ weights[0].T + weights[1]
        found.append(logits)
        wrong = np.exp(logits - logits.max(1, keepdims=True))
        wrong /= wrong.sum(1, keepdims=True)
        wrong[np.arange(len(y)), y] -= 1
        slopes = shortened([wrong.T @ inputs / len(y), wrong.mean(0)], given.clip, way)
        for place, slope in enumerate(slopes):
            first[place] = 0.9 * first[place] + 0.1 * slope
            second[place] = 0.999 * second[place] + 0.001 * slope**2
            scaled = first[place] / (1 - 0.9**step) / (np.sqrt(second[place] / (1 - 0.999**step)) + 1e-8)
            weights[place] = weights[place] - given.lr * scaled
    return found


def _losses(found: list[Matrix], y: Matrix) -> Matrix:
    return np.array([float((np.logaddexp(*logits.T) - logits[np.arange(len(y)), y]).mean()) for logits in found])


def _tells(inputs: Matrix, y: Matrix, start: list[Matrix], given: Numbers, ways: tuple[str, ...]) -> bool:
    """Tell whether no row is near a tie, and each of `ways` to clip gives other losses."""
    right = _trained(inputs, y, start, given)
    if min(float(np.abs(logits[:, 0] - logits[:, 1]).min()) for logits in right) < MARGIN:
        return False
    shares = [float((logits.argmax(1) == y).mean()) for logits in right]
    losses = _losses(right, y)
    others = (_losses(_trained(inputs, y, start, given, way), y) for way in ways)
    return min(shares) > 0.1 and max(shares) < 0.9 and all(np.abs(other - losses).max() > TOLD for other in others)


@functools.cache
def stand_in(number: int, given: Numbers, ways: tuple[str, ...] = WAYS) -> StandIn:
    """The stand-in of this number for a training, on which other ways to clip are told; drawn until one is."""
    key = [_FIRST_SEED + number, given.epochs, round(1000 * given.lr), round(1000 * given.clip)]
    draw, given = np.random.default_rng(key), given._replace(epochs=min(given.epochs, COMPARED))
    while True:
        size = draw.uniform(1.0, 6.0)
        x = (size * draw.normal(size=(ROWS, STEPS, 2))).astype("float32")
        y = (x[:, 0, 0] / size + draw.normal(size=ROWS) > 0).astype("int64")
        start = [draw.uniform(-0.5, 0.5, shape).astype("float32") for shape in ((2, 2 * STEPS), (2,))]
        if 0.2 < y.mean() < 0.8 and _tells(x.reshape(ROWS, -1), y, start, given, ways):
            return StandIn(torch.from_numpy(x), torch.from_numpy(y), tuple(map(torch.from_numpy, start)))


NOT_ALWAYS = tuple(way for way in WAYS if way != "always")
"""Where all norms are above the limit, clipping always is clipping."""


def a_training(draw: np.random.Generator) -> list[Row]:
    """A limit below some norms and above others, one far below all; and from another start three epochs and three more.

    Only together do they tell all that is known: what clips the bias alone clips nothing at most limits.
    """
    number, once, low, twice = pooled(draw, POOL), Numbers(8, 0.07, 0.6), Numbers(9, 0.06, 0.02), Numbers(3, 0.06, 0.7)
    return [
        stand_in(number, once).row(f"{number}", once),
        stand_in(number, low, NOT_ALWAYS).row(f"{number} far below", low),
        stand_in(number, twice, ("not at all", "always")).row(f"{number} again", twice, times=2),
    ]


def other_limits(draw: np.random.Generator) -> list[Row]:
    """A limit far below all norms, and a far larger one."""
    number, low, high = pooled(draw, POOL), Numbers(7, 0.05, 0.01), Numbers(6, 0.11, 1.7)
    return [
        stand_in(number, low, NOT_ALWAYS).row(f"{number} low", low),
        stand_in(number, high).row(f"{number} high", high),
    ]


def other_numbers(draw: np.random.Generator) -> list[Row]:
    """Another number of epochs and another learning rate; and none of either, nor a limit."""
    number, other = pooled(draw, POOL), Numbers(int(draw.integers(4, 10)), 0.13, 0.8)
    made = stand_in(number, other, ("not at all", "always"))
    return [made.row(f"{number} {other.epochs}", other), stand_in(number, DEFAULTS).row(f"{number} default")]
