"""What lab 4's data and classifiers are asked with. All of it comes from small pools: answers are worked out once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from autograder.suite import Fact, Row, near, pooled, seed_of

from .pool import HIDDEN, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

POOL = 8
LAB_SEED = 42


def data(seed: int, *args: Any, times: int = 1, **kwargs: Any) -> Row:
    """A call after a seed."""
    return Row(args, kwargs, seed, times, f"{seed} {args} {kwargs} {times}")


LAB_DATA = [data(LAB_SEED), data(LAB_SEED, n=40, seq_len=6)]


def _seed(which: int, number: int) -> int:
    return seed_of(number, f"data {which}")


def _sizes(number: int) -> tuple[int, int]:
    return 17 + 3 * number % 23, 4 + 5 * number % 7


def _numbered(make: Callable[[int], list[Row]]) -> Callable[[np.random.Generator], list[Row]]:
    return lambda draw: make(pooled(draw, POOL))


@_numbered
def draws(number: int) -> list[Row]:
    """Other sizes than the lab's, and the lab's sizes after another seed."""
    return [data(_seed(100, number), *_sizes(number), "first"), data(_seed(200, number), n=40, seq_len=6)]


@_numbered
def last(number: int) -> list[Row]:
    """The signal in the last of a few values, and of many, by keyword; and in the first, which tells mistakes apart."""
    n, steps = _sizes(number)
    many = data(_seed(400, number), n=3, seq_len=61 + 5 * (number % POOL), label_from="last")
    return [data(_seed(300, number), n, steps, "last"), many, data(_seed(100, number), n, steps, "first")]


@_numbered
def sizes(number: int) -> list[Row]:
    """30 steps, many steps, a single step, a single row, more rows than the lab's."""
    n, steps = _sizes(number)
    return [
        data(_seed(500, number), n, 30),
        data(_seed(600, number), 2, 53 + 4 * (number % POOL)),
        data(_seed(700, number), n, 1),
        data(_seed(800, number), 1, steps),
        data(_seed(900, number), 163 + 2 * (number % POOL), 3),
    ]


@_numbered
def second_call(number: int) -> list[Row]:
    """The second of two calls after one seed goes on where the first one stopped."""
    return [data(_seed(1000, number), *_sizes(number), times=times) for times in (2, 1)]


# No text of these is right; the third is what "first" "last" without a comma makes, and holds the other two words.
REFUSED = [
    Row((4, 3, word), name=f"label_from={word!r}")
    for word in ("first", "last", "middle", "First", "firstlast", "", "t")
]


def lab_modules(kind: Kind) -> list[Row]:
    """The default hidden size and another one, as in the notebook's own check."""
    x = torch.linspace(-1, 1, 21).reshape(3, 7, 1)
    draw = np.random.default_rng(kind.blocks)
    return [
        Row((_weights(kind, hidden, draw), [x, x[:1, :2]]), kwargs, 4, 1, f"{kind.layer} {hidden}")
        for hidden, kwargs in ((HIDDEN, {}), (5, {"hidden_size": 5}))
    ]


def modules(kind: Kind) -> Callable[[np.random.Generator], list[Row]]:
    """Random weights and batches of the pool."""
    return lambda draw: [_module(kind, pooled(draw, POOL))]


@functools.cache
def _module(kind: Kind, number: int) -> Row:
    draw, hidden = np.random.default_rng(7000 + number), 3 + number % 4
    first = probe(draw, rows=4, steps=6)
    batches = [first, probe(draw, 4, 6), probe(draw, 1, 9), probe(draw, 2, 1), probe(draw, 3, 41)]
    name, seed = f"{kind.layer} pool {number}", seed_of(number, "module")
    return Row((_weights(kind, hidden, draw), batches), {"hidden_size": hidden}, seed, 1, name)


def _weights(kind: Kind, hidden: int, draw: np.random.Generator) -> list[torch.Tensor]:
    return [torch.from_numpy(draw.uniform(-1.2, 1.2, shape).astype("float32")) for shape in kind.shapes(hidden)]


def probe(draw: np.random.Generator, rows: int, steps: int) -> torch.Tensor:
    """Random sequences; the second has the first one's first value, the third the opposite of it and the same rest."""
    x = draw.normal(size=(rows, steps, 1)).astype("float32")
    if rows > 2:
        x[1, 0], x[2, 0], x[2, 1:] = x[0, 0], -x[0, 0], x[0, 1:]
    return torch.from_numpy(x)


def first_value_alone(row: Row, logits: Any) -> Fact | None:
    """Whether the second sequence, whose first value is that of the first one, is answered as that one is."""
    x = row.args[1][0]
    if len(x) > 2 and bool(x[0, 0] == x[1, 0]) and near(logits[0], logits[1]) and not near(logits[0], logits[2]):
        return Fact(
            "input read in forward",
            "Your logits depend on the first value alone, whatever follows it: the input is read past the recurrent "
            "layer. The logits come from its final hidden state.",
            "Hand h[-1] to the linear layer, and nothing of x.",
        )
    return None
