"""The mistakes in `shape_check` that the suite recognises: the shapes that each one gives, and what to say.

A mistake may sit in one of the two modules only, so each module's shapes are looked at by themselves. A recipe gives
what it changes: `out`, and `h` (which stands for `c` as well). Most specific first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

KEYS = ("lstm_out", "lstm_h", "lstm_c", "gru_out", "gru_h")
LAB_SIZES = (4, 6, 8, 16)
"""Batch size, sequence length, input size, hidden size: the lab's own."""

Sizes = tuple[int, int, int, int]
Shape = tuple[float, ...]


class ShapeMistake(NamedTuple):
    """A known mistake; `{module}` in the message becomes LSTM or GRU."""

    name: str
    message: str
    recipe: Callable[[int, int, int, int], dict[str, Shape]]


def right_shape(key: str, sizes: Sizes) -> Shape:
    """What belongs under `key`: by arithmetic, which is what a student may do too."""
    batch, steps, _, hidden = sizes
    return (batch, steps, hidden) if key.endswith("out") else (1, batch, hidden)


_ONE_TYPED_IN: dict[str, Callable[[int, int, int, int], dict[str, Shape]]] = {
    "batch_size": lambda b, t, i, h: {"out": (4, t, h), "h": (1, 4, h)},
    "seq_len": lambda b, t, i, h: {"out": (b, 6, h)},
    "hidden_size": lambda b, t, i, h: {"out": (b, t, 16), "h": (1, b, 16)},
}
SHAPE_MISTAKES = [
    ShapeMistake(
        "lab's sizes typed in",
        "At other sizes your {module}'s shapes are still those of the lab's sizes. Use the four arguments.",
        lambda b, t, i, h: {"out": (4, 6, 16), "h": (1, 4, 16)},
    ),
    ShapeMistake(
        "batch_first missing",
        "The middle axis of your {module}'s h is seq_len, where the batch belongs: `batch_first=True` is missing. "
        "Without it the first axis of x is taken for time, and out looks right all the same.",
        lambda b, t, i, h: {"h": (1, t, h)},
    ),
    ShapeMistake(
        "batch and time swapped",
        "Your {module}'s input is turned round: with `batch_first=True` x is (batch_size, seq_len, input_size).",
        lambda b, t, i, h: {"out": (t, b, h), "h": (1, t, h)},
    ),
    ShapeMistake(
        "time first",
        "Your {module}'s out is (seq_len, batch_size, hidden_size): time comes first in x and in the module. Build "
        "it with `batch_first=True`, and x as (batch_size, seq_len, input_size).",
        lambda b, t, i, h: {"out": (t, b, h)},
    ),
    ShapeMistake(
        "input and hidden size swapped",
        "Your {module}'s states have input_size numbers. The module takes input_size first, then hidden_size.",
        lambda b, t, i, h: {"out": (b, t, i), "h": (1, b, i)},
    ),
    ShapeMistake(
        "two layers",
        "Your {module} has two layers: the first axis of h counts them. One layer is asked for.",
        lambda b, t, i, h: {"h": (2, b, h)},
    ),
    ShapeMistake(
        "a size taken for the number of layers",
        "Your {module} has seq_len layers: the third argument of the module is num_layers. Give it two sizes only.",
        lambda b, t, i, h: {"h": (t, b, h)},
    ),
    ShapeMistake(
        "a size taken for the number of layers",
        "Your {module} has batch_size layers: the third argument of the module is num_layers. Give it two sizes only.",
        lambda b, t, i, h: {"h": (b, b, h)},
    ),
    ShapeMistake(
        "bidirectional",
        "Your {module} reads in both directions, which doubles the last axis of out. One direction is asked for.",
        lambda b, t, i, h: {"out": (b, t, 2 * h), "h": (2, b, h)},
    ),
    ShapeMistake(
        "unbatched",
        "Your {module}'s shapes lack the batch: x should be (batch_size, seq_len, input_size), with three axes.",
        lambda b, t, i, h: {"out": (t, h), "h": (1, h)},
    ),
    ShapeMistake(
        "out and h swapped",
        "Your {module}'s out and h have changed places: it returns out first, then its state.",
        lambda b, t, i, h: {"out": (1, b, h), "h": (b, t, h)},
    ),
    ShapeMistake(
        "out for h",
        "Under your {module}'s h stands the shape of out. h has one entry per layer, not one per step.",
        lambda b, t, i, h: {"h": (b, t, h)},
    ),
    ShapeMistake(
        "h for out",
        "Under your {module}'s out stands the shape of h. out has one entry per step.",
        lambda b, t, i, h: {"out": (1, b, h)},
    ),
    ShapeMistake(
        "shape of x for out",
        "Your {module}'s out ends in input_size, as x does. What the module puts out ends in hidden_size.",
        lambda b, t, i, h: {"out": (b, t, i)},
    ),
    ShapeMistake(
        "batch first in h",
        "Your {module}'s h is (batch_size, 1, hidden_size). `batch_first=True` turns x and out round, never h and c.",
        lambda b, t, i, h: {"h": (b, 1, h)},
    ),
    ShapeMistake(
        "layer axis dropped",
        "Your {module}'s h lacks its first axis, the layers. Give the shape of h as it was returned, not of h[-1].",
        lambda b, t, i, h: {"h": (b, h)},
    ),
    ShapeMistake(
        "last step only",
        "Your {module}'s out has no time axis left. Give the shape of out as it was returned, not of out[:, -1].",
        lambda b, t, i, h: {"out": (b, h)},
    ),
    ShapeMistake(
        "last step only",
        "Your {module}'s out has a single step. Give the shape of out as it was returned.",
        lambda b, t, i, h: {"out": (b, 1, h)},
    ),
    ShapeMistake(
        "squeezed",
        "Axes of length one are missing from your {module}'s out: leave `squeeze` away.",
        lambda b, t, i, h: {"out": tuple(n for n in (b, t, h) if n != 1)},
    ),
    ShapeMistake(
        "squeezed",
        "Axes of length one are missing from your {module}'s shapes: leave `squeeze` away.",
        lambda b, t, i, h: {"out": tuple(n for n in (b, t, h) if n != 1), "h": tuple(n for n in (b, h) if n != 1)},
    ),
    ShapeMistake(
        "hidden before time",
        "Your {module}'s out is (batch_size, hidden_size, seq_len): the hidden numbers come last.",
        lambda b, t, i, h: {"out": (b, h, t)},
    ),
    ShapeMistake(
        "reversed shapes",
        "Your {module}'s shapes run backwards. Take them as the tensors have them.",
        lambda b, t, i, h: {"out": (h, t, b), "h": (h, b, 1)},
    ),
    *(
        ShapeMistake(
            "one of the lab's sizes typed in",
            f"Your {{module}} ignores {ignored}: the lab's own number is typed in for it.",
            recipe,
        )
        for ignored, recipe in _ONE_TYPED_IN.items()
    ),
]


def recognise_shapes(draws: Sequence[tuple[Sizes, dict[str, Shape]]]) -> tuple[str, str] | None:
    """Name and message of the first mistake that accounts for what is wrong in a module, at every size where it is."""
    for prefix in ("lstm", "gru"):
        keys = [key for key in KEYS if key.startswith(prefix)]
        wrong = {key for key in keys if any(got[key] != right_shape(key, sizes) for sizes, got in draws)}
        bad = [(sizes, got) for sizes, got in draws if any(got[key] != right_shape(key, sizes) for key in keys)]
        for mistake in SHAPE_MISTAKES:
            if bad and all(_accounts(mistake, wrong, sizes, got) for sizes, got in bad):
                return mistake.name, mistake.message.format(module=prefix.upper())
    return None


def _accounts(mistake: ShapeMistake, wrong: set[str], sizes: Sizes, got: dict[str, Shape]) -> bool:
    changed = mistake.recipe(*sizes)
    parts = {key: "out" if key.endswith("out") else "h" for key in wrong}
    return set(changed) == set(parts.values()) and all(got[key] == changed[part] for key, part in parts.items())
