"""What lab 6's data, models and surgeries are asked with. The hidden ones come from small pools: worked out once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch

from autograder.suite import Group, Row, pooled, seed_of

if TYPE_CHECKING:
    from collections.abc import Callable

POOL = 6
_FIRST_SEED = 6000
LAB_SEED = 6
BLOCKS = {"RNN": 1, "GRU": 3, "LSTM": 4}


def wave(*shape: int, step: float) -> torch.Tensor:
    """Numbers as the notebook's checks make them: the hints there speak of what comes of these."""
    count = int(np.prod(shape))
    return torch.sin(step * torch.arange(count)).reshape(shape)


def numbered(make: Callable[[int], list[Row]]) -> Callable[[np.random.Generator], list[Row]]:
    """Rows of the pool: which ones a submission meets is drawn for it."""
    return lambda draw: make(pooled(draw, POOL))


# ---------------------------------------------------------------- recall_data


def _data(seed: int, *args: Any, times: int = 1, **kwargs: Any) -> Row:
    """A call after a seed."""
    return Row(args, kwargs, seed, times, f"data {seed} {args} {kwargs} {times}")


LAB_DATA = [_data(LAB_SEED, 40, 12), _data(LAB_SEED)]


def _seed(which: int, number: int) -> int:
    return seed_of(number, f"recall {which}")


def _sizes(number: int) -> tuple[int, int]:
    return 17 + 3 * number % 22, 13 + number % 7


@numbered
def draws(number: int) -> list[Row]:
    """Other sizes than the lab's, an even and an odd number of steps, and the defaults."""
    n, steps = _sizes(number)
    return [_data(_seed(1, number), n, steps), _data(_seed(2, number), n + 1, steps + 1), _data(_seed(3, number))]


@numbered
def sizes(number: int) -> list[Row]:
    """The fewest steps, three, one row, many steps, many rows, and arguments by name."""
    n, steps = _sizes(number)
    return [
        _data(_seed(4, number), n, 2),
        _data(_seed(5, number), n + 2, 3),
        _data(_seed(6, number), 1, steps + 4),
        _data(_seed(7, number), seq_len=51 + 2 * (number % POOL), n=5),
        _data(_seed(8, number), 431 + number % POOL, 4),
    ]


@numbered
def second_call(number: int) -> list[Row]:
    """The second of two calls after one seed goes on where the first one stopped."""
    return [_data(_seed(9, number), *_sizes(number), times=times) for times in (2, 1)]


# ---------------------------------------------------------------- RecallModel


class Kind(NamedTuple):
    """One of the three kinds of layer, and the shapes of its weights."""

    name: str

    def layer(self, kind: str = "GRU", hidden_size: int = 16) -> list[tuple[int, ...]]:  # of the class
        """The shapes of the recurrent layer's weights."""
        wide = BLOCKS[self.name] * hidden_size
        return [(wide, 2), (wide, hidden_size), (wide,), (wide,)]

    def linear(self, kind: str = "GRU", hidden_size: int = 16) -> list[tuple[int, ...]]:  # of the class
        """The shapes of the linear layer's weights."""
        return [(2, hidden_size), (2,)]


def shown_models(kind: Kind) -> list[Row]:
    """The default size and another one, as in the notebook's own check; a GRU without its name."""
    named = {} if kind.name == "GRU" else {"kind": kind.name}
    batches = [wave(3, 7, 2, step=1.3), wave(3, 7, 2, step=1.3)[:1, :2]]
    return [
        Row((_waves(kind, size), batches), {**given, **more}, 4, 1, f"{kind.name} {size}")
        for size, given, more in ((16, named, {}), (5, {"kind": kind.name}, {"hidden_size": 5}))
    ]


def _waves(kind: Kind, size: int) -> list[torch.Tensor]:
    shapes = [*kind.layer(hidden_size=size), *kind.linear(hidden_size=size)]
    return [1.5 * wave(*shape, step=1.7 + place) for place, shape in enumerate(shapes)]


def models(kind: Kind) -> Callable[[np.random.Generator], list[Row]]:
    """Random weights and batches of the pool."""
    return lambda draw: [_model(kind, pooled(draw, POOL))]


@functools.cache
def _model(kind: Kind, number: int) -> Row:
    draw, size = np.random.default_rng([_FIRST_SEED + number, BLOCKS[kind.name]]), (3, 4, 6, 7)[number % 4]
    shapes = [*kind.layer(hidden_size=size), *kind.linear(hidden_size=size)]
    weights = [_tensor(draw.uniform(-1.1, 1.1, shape)) for shape in shapes]
    batches = [_tensor(draw.normal(size=(rows, steps, 2))) for rows, steps in ((4, 6), (1, 9), (2, 1), (5, 31))]
    name = f"{kind.name} pool {number}"
    return Row((weights, batches), {"kind": kind.name, "hidden_size": size}, seed_of(number, "model"), 1, name)


def _tensor(array: Any) -> torch.Tensor:
    return torch.from_numpy(np.asarray(array, dtype="float32"))


REFUSED = [Row((word,), name=f"kind {word!r}") for word in ("gru", "CNN", "R")]
REFUSED_TOO = [
    Row((word, 3), name=f"kind {word!r} too") for word in ("lstm", "", "GRUCell", "Linear", "G", "RNN", "GRU", "LSTM")
]


# ---------------------------------------------------------------- surgery


class Sizes(NamedTuple):
    """A batch and a layer; no two are alike, or a slip between two axes would go unseen."""

    batch: int
    steps: int
    inputs: int
    hidden: int


Held = tuple[list[int], float]
"""Steps, and the gate's value there."""
SHOWN: dict[str, list[Held]] = {
    "forget": [([3], 0), ([1, 2, 4], 1), ([5, 3], 0.25)],
    "input": [([4], 0), ([0, 2], 1)],
    "output": [([5], 0.5), ([2, 4], 0), ([3, 5], 2)],
}
"""What the notebook's own check holds; nothing in common with what is asked here but the gates' names."""
WIDE, LONG, SINGLE, NARROW = Sizes(3, 7, 2, 4), Sizes(2, 11, 1, 3), Sizes(4, 1, 3, 2), Sizes(1, 5, 4, 1)
ASKED: list[tuple[Sizes, Held]] = [
    (WIDE, ([3], 0)),
    (WIDE, ([5, 2], 1)),
    (LONG, ([10], 0.3)),
    (LONG, ([0, 4, 7], 0)),
    (SINGLE, ([0], 0.6)),
    (NARROW, ([4, 1, 1], -0.5)),
    (NARROW, ([0, 1, 2, 3, 4], 1.5)),
]
PLAIN = [WIDE, LONG, SINGLE, NARROW]


def shown_weights() -> tuple[torch.Tensor, ...]:
    """The batch and the weights of the notebook's own check."""
    weights = (wave(20, 3, step=2.1), wave(20, 5, step=1.7), wave(20, step=0.9), wave(20, step=2.9))
    return (wave(2, 6, 3, step=1.3), *weights)


@functools.cache
def _drawn(sizes: Sizes, number: int) -> tuple[torch.Tensor, ...]:
    """A batch and weights in ±0.9: large enough that no slip hides, small enough that no gate is shut."""
    draw = np.random.default_rng([_FIRST_SEED + number, *sizes])
    x = _tensor(draw.normal(size=(sizes.batch, sizes.steps, sizes.inputs)))
    wide = 4 * sizes.hidden
    shapes = [(wide, sizes.inputs), (wide, sizes.hidden), (wide,), (wide,)]
    return (x, *(_tensor(draw.uniform(-0.9, 0.9, shape)) for shape in shapes))


def _held(gate: str, sizes: Sizes, held: Held, number: int) -> Row:
    return Row((*_drawn(sizes, number), gate, *held), name=f"{gate} {sizes} {held} pool {number}")


def _of_gate(gate: str) -> Group:
    shown = [Row((*shown_weights(), gate, *held), name=f"{gate} {held} shown") for held in SHOWN[gate]]
    return Group(shown, [numbered(lambda number: [_held(gate, sizes, held, number) for sizes, held in ASKED])])


def _plain(number: int) -> list[Row]:
    return [
        _held(gate, sizes, ([], 0), number)
        for gate, sizes in zip(("output", "input", "forget") * 2, PLAIN, strict=False)
    ]


GROUPS = {
    "the plain layer": Group([Row((*shown_weights(), "forget", [], 0), name="plain shown")], [numbered(_plain)]),
    **{f"the {gate} gate": _of_gate(gate) for gate in SHOWN},
}


@numbered
def once_only(number: int) -> list[Row]:
    """Several steps, of which only one would be found if the first look used the rest up."""
    return [_held(gate, sizes, held, number) for gate in ("input", "output") for sizes, held in ASKED[1:4:2]]


@numbered
def left_alone(number: int) -> list[Row]:
    """The plain layer, and each gate held once."""
    asked = zip(("forget", "forget", "input", "output"), (PLAIN[0], *PLAIN), ([], [3], [2, 7], [0]), strict=False)
    return [_held(gate, sizes, (steps, 0.4), number) for gate, sizes, steps in asked]


OTHER_GATES = [
    Row((*shown_weights(), gate, steps, 0), name=f"gate {gate!r} {steps}")
    for gate, steps in (("candidate", [2]), ("Forget", [2]), ("out", [1]), ("cell", []))
]


@numbered
def other_gates(number: int) -> list[Row]:
    """Other names, with steps and without, and the three right ones."""
    names = [("f", [1]), ("", [3]), ("Output", []), ("reset", [0, 2]), ("input", [1]), ("forget", []), ("output", [2])]
    return [
        _held(gate, WIDE, (steps, 0), number)._replace(name=f"gate {gate!r} {steps} {number}") for gate, steps in names
    ]
