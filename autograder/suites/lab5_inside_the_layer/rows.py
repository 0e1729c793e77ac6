"""What lab 5's cells, layers and counts are asked with. The hidden ones come from small pools: worked out once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from torch import nn

from autograder.suite import Row, pooled

if TYPE_CHECKING:
    from collections.abc import Callable

POOL = 6
_FIRST_SEED = 5000
BLOCKS = {"RNN": 1, "GRU": 3, "LSTM": 4}


class Sizes(NamedTuple):
    """Of a batch and of the weights: all different, so that an axis that is taken for another one shows."""

    batch: int
    steps: int
    inputs: int
    hidden: int


SHOWN_CELLS = [Sizes(2, 1, 3, 5), Sizes(1, 1, 4, 2)]
SHOWN_LAYERS = [Sizes(2, 4, 3, 5), Sizes(3, 1, 4, 2)]
CELLS = [Sizes(4, 1, 3, 5), Sizes(1, 1, 2, 6), Sizes(3, 1, 1, 4), Sizes(5, 1, 2, 1)]
LAYERS = [Sizes(3, 7, 2, 5), Sizes(1, 5, 3, 4), Sizes(4, 1, 2, 3), Sizes(2, 6, 1, 3), Sizes(5, 3, 4, 1)]
SLOPES = [Sizes(3, 6, 2, 5), Sizes(2, 4, 3, 1)]


def numbered(make: Callable[[int], list[Row]]) -> Callable[[np.random.Generator], list[Row]]:
    """Rows of the pool: which ones a submission meets is drawn for it."""
    return lambda draw: make(pooled(draw, POOL))


# ---------------------------------------------------------------- cells and layers


@functools.cache
def shown(kind: str, sizes: Sizes, *, cell: bool) -> Row:
    """Weights, inputs and states as the check in the notebook makes them: the hints there speak of these numbers."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        made = getattr(nn, f"{kind}Cell" if cell else kind)(sizes.inputs, sizes.hidden, dtype=torch.float32)
        weights = [weight.detach() for weight in made.parameters()]
        middle = () if cell else (sizes.steps,)
        x = torch.randn(sizes.batch, *middle, sizes.inputs, dtype=torch.float32)
        states = [torch.randn(sizes.batch, sizes.hidden, dtype=torch.float32) for _ in range(_states(kind, cell=cell))]
    return Row((x, *states, *weights), name=f"{kind} {sizes} shown")


def _states(kind: str, *, cell: bool) -> int:
    return (2 if kind == "LSTM" else 1) if cell else 0


@functools.cache
def drawn(kind: str, sizes: Sizes, number: int, *, cell: bool) -> Row:
    """Weights in ±0.9 and states in ±1.5: large enough that no slip hides, small enough that no gate is shut."""
    draw = np.random.default_rng([_FIRST_SEED + number, *sizes, BLOCKS[kind]])
    middle = () if cell else (sizes.steps,)
    x = _tensor(draw.standard_normal((sizes.batch, *middle, sizes.inputs)))
    count = _states(kind, cell=cell)
    states = [_tensor(draw.uniform(-1.5, 1.5, (sizes.batch, sizes.hidden))) for _ in range(count)]
    return Row((x, *states, *weights(kind, sizes, draw)), name=f"{kind} {sizes} pool {number}")


def weights(kind: str, sizes: Sizes, draw: np.random.Generator) -> list[torch.Tensor]:
    """W, U, b and d in ±0.9."""
    wide = BLOCKS[kind] * sizes.hidden
    shapes = [(wide, sizes.inputs), (wide, sizes.hidden), (wide,), (wide,)]
    return [_tensor(draw.uniform(-0.9, 0.9, shape)) for shape in shapes]


def _tensor(array: Any) -> torch.Tensor:
    return torch.from_numpy(np.asarray(array, dtype="float32"))


@functools.cache
def slope(kind: str, sizes: Sizes, number: int) -> Row:
    """The inputs of a layer, and random weights of all that it returns: what is summed up before going back."""
    inputs = list(drawn(kind, sizes, number, cell=False).args)
    draw = np.random.default_rng([_FIRST_SEED + number, *sizes, BLOCKS[kind], 1])
    state = (1, sizes.batch, sizes.hidden)
    shapes = [(sizes.batch, sizes.steps, sizes.hidden), *([state] * (2 if kind == "LSTM" else 1))]
    weighting = [_tensor(draw.standard_normal(shape)) for shape in shapes]
    return Row((inputs, weighting), name=f"slope of {kind} {sizes} pool {number}")


# ---------------------------------------------------------------- parameter_count

SHOWN_COUNTS = (3, 5)
REFUSED = [Row((kind, 3, 5), name=f"refused {kind}") for kind in ("gru", "CNN")]
REFUSED_TOO = [Row((kind, 2, 7), name=f"refused {kind} too") for kind in ("lstm", "", "GRUCell", "RNN", "GRU", "LSTM")]


def counts(kind: str) -> Callable[[np.random.Generator], list[Row]]:
    """Sizes that differ from each other, one of them 1, and large ones."""

    def make(draw: np.random.Generator) -> list[Row]:
        small = draw.choice(np.arange(2, 40), size=(3, 2), replace=False).tolist()
        large = draw.integers(100, 900, size=2).tolist()
        return [Row((kind, *sizes), drawn=True) for sizes in [*small, [1, small[0][0]], [small[1][1], 1], large]]

    return make
