"""Answers with something odd in them: numbers, arrays, shapes, handles, errors, texts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.sandbox import protocol as p
from autograder.sandbox.values import Array, Handle

if TYPE_CHECKING:
    import random

DTYPES = [
    "bool",
    "int8",
    "uint8",
    "int16",
    "uint16",
    "int32",
    "uint32",
    "int64",
    "uint64",
    "float16",
    "float32",
    "float64",
]
SHAPES = [(), (0,), (1,), (3,), (0, 3), (3, 0, 2), (1, 1), (2, 3, 4), (1,) * 8, (4096, 0)]
NUMBERS = [math.nan, math.inf, -math.inf, 0.0, -0.0, 1e308, -1e308, 5e-324, 2**63, 2**64 - 1, -(2**63), 0, 1, True, 1e6]
TEXTS = ["", "nan", "x" * 10_000, "\x1b[31m", "\0", "{}", "%s", "é\u202e", "1,5", "\n" * 500]
KINDS = [
    "ValueError",
    "NotImplementedError",
    "MissingNameError",
    "NameError",
    "TooLargeError",
    "KeyError",
    "",
    "x" * 100,
]


def odd_reply(reply: p.Reply, draw: random.Random) -> p.Reply:
    """A reply with one thing or another changed."""
    if isinstance(reply, p.Several) and draw.random() < 0.9:
        replies = [odd_reply(each, draw) if draw.random() < 0.4 else each for each in reply.replies]
        return p.Several([each for each in replies if isinstance(each, p.Returned | p.Raised)])
    if draw.random() < 0.1 or not isinstance(reply, p.Returned):
        kinds = [draw.choice(KINDS) for _ in range(draw.randrange(3))]
        cell, line = draw.choice([None, 0, 7, -1, 2**40]), draw.choice([None, 0, 1, -5, 2**40])
        text = draw.choice(TEXTS)[:500]
        return p.Raised(draw.choice(KINDS), text, cell, line, output=draw.choice(TEXTS), kinds=kinds)
    value, output = reply.value, reply.output
    if output and draw.random() < 0.5:
        place = draw.randrange(len(output))
        output = output[:place] + draw.choice([*TEXTS, "nan", "1e999", "-"]) + output[place + draw.randrange(40) :]
    for _ in range(draw.choice([1, 1, 1, 2, 5])):
        value = _changed(value, draw)
    return p.Returned(value, output)


def _changed(value: Any, draw: random.Random) -> Any:
    inside = draw.random() < 0.8
    match value:
        case list() if value and inside:
            place = draw.randrange(len(value))
            return [*value[:place], *_items(value[place], draw), *value[place + 1 :]]
        case dict() if value and inside:
            key = draw.choice(list(value))
            rest = {name: item for name, item in value.items() if name != key or draw.random() < 0.8}
            return {**rest, draw.choice([key, key, key, *TEXTS]): _changed(value[key], draw)}
        case Array() if inside:
            return _array(value, draw)
        case float() if draw.random() < 0.3:
            return -value
    return odd_value(draw)


def _items(item: Any, draw: random.Random) -> list[Any]:
    return draw.choices([[_changed(item, draw)], [], [item, item]], [8, 1, 1])[0]


def odd_value(draw: random.Random) -> Any:
    """Something that nobody asked for."""
    match draw.randrange(7):
        case 0 | 1:
            return draw.choice(NUMBERS)
        case 2:
            return draw.choice(TEXTS)
        case 3:
            return _made(draw.choice(SHAPES), draw)
        case 4:
            return Handle(draw.choice([0, 1, 2, 3, 2**31 - 1]), draw.choice(["GRU", "LSTM", "Tensor", "X", ""]))
        case 5:
            return draw.choice([[], {}, [None], [[]], [math.nan] * 5, {"": None}, [[1], [2, 3]], ["a", None, 1.5]])
    return None


def _made(shape: tuple[int, ...], draw: random.Random) -> Array:
    with np.errstate(all="ignore"):
        dtype = np.dtype(draw.choice(DTYPES))
        fill = draw.choice(NUMBERS) if dtype.kind == "f" else draw.choice([0, 1])
        return _sent(np.full(shape, fill).astype(dtype), draw.choice(["tensor", "ndarray"]))


def _sent(array: np.ndarray[Any, Any], kind: str) -> Array:
    return Array(kind, array.dtype.name, tuple(array.shape), array.tobytes())


def _array(value: Array, draw: random.Random) -> Array:
    """The same array with one thing changed: its kind, dtype, axes or some numbers."""
    array = value.numpy().copy()
    match draw.randrange(6):
        case 0:
            with np.errstate(all="ignore"):
                array = array.astype(draw.choice(DTYPES))
        case 1:
            array = array.T
        case 2:
            array = (
                array.reshape(draw.choice([(-1,), (1, *array.shape), (*array.shape, 1)])) if array.ndim < 8 else array
            )
        case 3 if array.size:
            numbers = NUMBERS if array.dtype.kind == "f" else [0, 1]
            with np.errstate(all="ignore"):
                array.reshape(-1)[draw.randrange(array.size)] = draw.choice(numbers)
        case 4 if array.ndim:
            array = array[: draw.randrange(len(array) + 1)]
        case _:
            return _made(array.shape, draw)
    return _sent(np.ascontiguousarray(array) if array.ndim else array, value.kind)
