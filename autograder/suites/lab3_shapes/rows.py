"""What lab 3's functions are asked with. All of it comes from small pools: answers are worked out once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from torch import nn

from autograder.suite import Group, LibraryModule, Row, pooled

if TYPE_CHECKING:
    from collections.abc import Callable

POOL = 6
_FIRST_SEED = 4000
LAB_SIZES = (4, 6, 8, 16)
"""Batch size, sequence length, input size, hidden size: the lab's own, and the defaults."""


def _numbered(make: Callable[[int], list[Row]]) -> Callable[[np.random.Generator], list[Row]]:
    """Rows of the pool: which ones a submission meets is drawn for it."""
    return lambda draw: make(pooled(draw, POOL))


# ---------------------------------------------------------------- shape_check


def _sizes(*sizes: int) -> Row:
    return Row(sizes, name=f"sizes {sizes}")


@_numbered
def other_sizes(number: int) -> list[Row]:
    """Sizes that all differ, from each other and from the lab's: a swapped axis can't hide, nor can half a size."""
    fresh = [n for n in range(2, 21) if n not in LAB_SIZES]
    draw = np.random.default_rng(_FIRST_SEED + number)
    found: list[Row] = []
    while len(found) < 3:
        sizes = [int(n) for n in draw.choice(fresh, size=4, replace=False)]
        if not {size // 2 for size in sizes} & set(sizes):
            found.append(_sizes(*sizes))
    return found


@_numbered
def sizes_of_one(number: int) -> list[Row]:
    """Each of the four sizes is one in turn, then all are."""
    others = np.random.default_rng(_FIRST_SEED + number).permutation([5, 7, 9, 13]).tolist()
    return [
        _sizes(*(1 if place in {None, axis} else int(n) for axis, n in enumerate(others)))
        for place in (0, 1, 2, 3, None)
    ]


SHAPES = {
    "the lab's sizes and others": Group([Row(name="defaults"), _sizes(2, 5, 3, 11)], [other_sizes]),
    "sizes of one": Group([_sizes(1, 9, 2, 7)], [sizes_of_one]),
}


# ---------------------------------------------------------------- final_hidden


class Sizes(NamedTuple):
    """Of a module and its input."""

    batch: int
    steps: int
    inputs: int
    hidden: int
    layers: int = 1


@functools.cache
def shown(kind: str, sizes: Sizes) -> Row:
    """A module and an input as the check in the notebook makes them: the hints there speak of these very numbers."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        module = getattr(nn, kind)(sizes.inputs, sizes.hidden, sizes.layers, batch_first=True)
        x = torch.randn(sizes.batch, sizes.steps, sizes.inputs)
    return _case(kind, sizes, [weight.detach() for weight in module.parameters()], x, "shown")


@functools.cache
def hidden(kind: str, sizes: Sizes, number: int) -> Row:
    """Weights in ±0.8: large enough that layers, steps, h and c all differ, small enough that no state saturates."""
    draw = np.random.default_rng([_FIRST_SEED + number, *sizes])
    shapes = [weight.shape for weight in getattr(nn, kind)(sizes.inputs, sizes.hidden, sizes.layers).parameters()]
    weights = [torch.from_numpy(draw.uniform(-0.8, 0.8, tuple(shape)).astype("float32")) for shape in shapes]
    x = torch.from_numpy(draw.standard_normal((sizes.batch, sizes.steps, sizes.inputs)).astype("float32"))
    return _case(kind, sizes, weights, x, f"pool {number}")


def _case(kind: str, sizes: Sizes, weights: list[Any], x: torch.Tensor, which: str) -> Row:
    args = (sizes.inputs, sizes.hidden, sizes.layers)
    module = LibraryModule(f"torch.nn.{kind}", args, {"batch_first": True}, weights=tuple(weights))
    return Row((module, x), name=f"{kind} {sizes} {which}")


def _hidden(kind: str, *several: Sizes) -> Callable[[np.random.Generator], list[Row]]:
    return _numbered(lambda number: [hidden(kind, sizes, number) for sizes in several])


SHOWN = {  # layers and batch size beside the plain case of one layer and three sequences, as in the notebook's check
    "GRU": {"several layers": [Sizes(3, 7, 2, 5, layers=2)], "a batch of one": []},
    "LSTM": {"several layers": [Sizes(3, 7, 2, 5, layers=3)], "a batch of one": [Sizes(1, 7, 2, 5, layers=3)]},
}


def states(kind: str) -> dict[str, Group]:
    """What `final_hidden` is asked about a kind of module."""
    layers, alone = (SHOWN[kind][about] for about in ("several layers", "a batch of one"))
    return {
        "one layer": Group([shown(kind, Sizes(3, 7, 2, 5))], [_hidden(kind, Sizes(4, 6, 3, 5))]),
        "several layers": Group(
            [shown(kind, sizes) for sizes in layers],
            [_hidden(kind, Sizes(4, 6, 3, 5, layers=2), Sizes(5, 7, 4, 6, layers=3))],
        ),
        "a batch of one": Group(
            [shown(kind, sizes) for sizes in alone], [_hidden(kind, Sizes(1, 6, 3, 5), Sizes(1, 6, 3, 5, layers=2))]
        ),
        "other sizes": Group(
            [],
            # One step; one input and many steps; one hidden number, more sequences than steps; many of each.
            [_hidden(kind, Sizes(3, 1, 2, 4), Sizes(2, 30, 1, 3), Sizes(9, 4, 5, 1), Sizes(3, 11, 6, 7))],
        ),
    }
