"""The modules that lab 5's last two functions are asked with, made in the child and here."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn

from autograder.suite import LibraryModule, Row, seed_of

from .rows import numbered

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST_SEED = 5500
Shape = tuple[int, int, int, int, int]
"""Batch, steps, inputs, hidden, layers."""
SHOWN: Shape = (2, 6, 3, 5, 1)
ASKED: list[Shape] = [(3, 9, 2, 4, 1), (1, 5, 3, 2, 1), (4, 1, 2, 3, 1), (2, 7, 1, 3, 2)]
LONGEST = (3, 90)
"""At 3 the largest draw is 2 and not 3: the sharpest test of `longest - 1`. At 90 a missing logarithm shows."""
UNITS = 101
"""So many that draws which are even in u, and not in its power of e, are far from even."""


def _module(kind: str, inputs: int, hidden: int, layers: int, weights: list[Any]) -> LibraryModule:
    return LibraryModule(f"torch.nn.{kind}", (inputs, hidden, layers), {"batch_first": True}, weights=tuple(weights))


@functools.cache
def shown(kind: str) -> Row:
    """A module and an input as the check in the notebook makes them."""
    inputs, hidden, layers = SHOWN[2:]
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        made = getattr(nn, kind)(inputs, hidden, dtype=torch.float32)
        x = torch.randn(SHOWN[:3], dtype=torch.float32)
    weights = [weight.detach() for weight in made.parameters()]
    return Row((_module(kind, inputs, hidden, layers, weights), x), name=f"{kind} shown")


@functools.cache
def _drawn(kind: str, shape: Shape, number: int) -> Row:
    batch, steps, inputs, hidden, layers = shape
    draw = np.random.default_rng([_FIRST_SEED + number, *shape])
    shapes = [weight.shape for weight in getattr(nn, kind)(inputs, hidden, layers).parameters()]
    weights = [torch.from_numpy(draw.uniform(-0.9, 0.9, tuple(shape)).astype("float32")) for shape in shapes]
    x = torch.from_numpy(draw.standard_normal((batch, steps, inputs)).astype("float32"))
    return Row((_module(kind, inputs, hidden, layers, weights), x), name=f"{kind} {shape} pool {number}")


def read_by(kind: str) -> Callable[[np.random.Generator], list[Row]]:
    """Modules of a kind, each with sequences to read: many steps, one step, one sequence, two layers."""
    return numbered(lambda number: [_drawn(kind, shape, number) for shape in ASKED])


def left_alone(number: int) -> list[Row]:
    """A GRU and an LSTM that have gradients already."""
    return [_drawn(kind, ASKED[0], number) for kind in ("GRU", "LSTM")]


@functools.cache
def _start(kind: str, longest: int, number: int) -> Row:
    draw = np.random.default_rng([_FIRST_SEED + number, longest])
    shapes = [weight.shape for weight in getattr(nn, kind)(2, UNITS).parameters()]
    weights = [torch.from_numpy(draw.uniform(-0.9, 0.9, tuple(shape)).astype("float32")) for shape in shapes]
    seeds = [seed_of(number, "start"), seed_of(number, "another start")]
    return Row((_module(kind, 2, UNITS, 1, weights), longest, seeds), name=f"{kind} from {longest} pool {number}")


def to_start(kind: str) -> Callable[[np.random.Generator], list[Row]]:
    """Modules of a kind whose biases are anything but 0, to be started for short and for long sequences."""
    return numbered(lambda number: [_start(kind, longest, number) for longest in LONGEST])
