"""Changes to JSON, YAML and MessagePack as trees: damage that a parser lets through, for the code behind it."""

from __future__ import annotations

import copy
import json
import random
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

_SHAPES = [[], [0], [2], [2, 3], [-1], [2**40, 2**40], [1] * 70, ["2"], [True], [2.0]]
_KINDS = ["tensor", "ndarray", "", "list"]
_DTYPES = ["float32", "int64", "bool", "object", "float64", "U5", "V3", "complex64", ">f4", ""]
_ODD: list[Any] = [
    None, True, False, 0, -1, 2**63 - 1, 2**64 - 1, -(2**63), 1e308, float("nan"), float("inf"), "", "code", "a\x00b",
    "é", "\u202e", "x" * 5000, [], {}, [[]], [None], {"": None}, {"cells": 5}, "2026-13-45", "2026-01-01T00:00:00Z",
]  # fmt: skip


def changed(data: bytes, format_: str, seed: int) -> bytes:
    """`data` with one to three of its nodes replaced, doubled, removed or swapped; as it was if it can't be read."""
    draw = random.Random(seed)
    decode, encode = _FORMATS[format_]
    try:
        tree = decode(data)
        for _ in range(draw.randint(1, 3)):
            tree = _edited(tree, draw, format_)
        return encode(tree)
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError, OverflowError):
        return data


def _edited(tree: Any, draw: random.Random, format_: str) -> Any:
    """The tree with one edit somewhere below."""
    if not isinstance(tree, list | dict) or not tree or draw.random() < 0.15:
        return _odd(draw, format_)
    places: list[Any] = list(tree) if isinstance(tree, dict) else list(range(len(tree)))
    place = draw.choice(places)
    match draw.randrange(6):
        case 0:
            del tree[place]
        case 1:
            tree[place] = copy.deepcopy(tree[draw.choice(places)])
        case 2 if isinstance(tree, list):
            tree.insert(place, _odd(draw, format_))
        case 2 if isinstance(tree, dict):
            tree[draw.choice(["type", "cells", "source", "limits", "value", "due", "x"])] = _odd(draw, format_)
        case _:
            tree[place] = _edited(tree[place], draw, format_)
    return tree


def _odd(draw: random.Random, format_: str) -> Any:
    if format_ == "msgpack" and draw.random() < 0.5:
        if draw.random() < 0.2:
            return msgspec.msgpack.Ext(2, msgspec.msgpack.encode([draw.choice(_ODD), draw.choice(_ODD)]))
        fields = [
            draw.choice(_KINDS),
            draw.choice(_DTYPES),
            draw.choice(_SHAPES),
            draw.randbytes(draw.choice([0, 8, 48])),
        ]
        return msgspec.msgpack.Ext(1, msgspec.msgpack.encode(fields))
    return copy.deepcopy(draw.choice(_ODD))


_FORMATS: dict[str, tuple[Callable[[bytes], Any], Callable[[Any], bytes]]] = {
    "json": (json.loads, lambda tree: json.dumps(tree).encode()),
    "yaml": (msgspec.yaml.decode, msgspec.yaml.encode),
    "msgpack": (msgspec.msgpack.decode, msgspec.msgpack.encode),
}
