"""Rows: what a function is asked with, the lab's own numbers and random ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograder.suite.variants import Row

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Uniform:
    """Rows of numbers, drawn evenly between `low` and `high` for each submission."""

    low: float
    high: float
    rows: int


def uniform(low: float, high: float, *, rows: int) -> Uniform:
    """Draw random rows, as many numbers in each as the function takes, evenly between `low` and `high`."""
    return Uniform(low, high, rows)


def pooled(draw: np.random.Generator, size: int) -> int:
    """The number of one of `size` things that are made once per batch; it serves as a seed of theirs, in the grader.

    The numbers are the course's own, so that nobody can make the things at home; which one a submission gets depends on
    its code and on who handed it in. No number goes into a child, where it would tell all others: see `seed_of`.
    """
    return int(draw.integers(size)) + size * int(getattr(draw, "course", 0))


def seed_of(number: int, what: str) -> int:
    """A seed for a student's generators, 31 bits, from a pool's number; the number can't be worked out from it."""
    return int.from_bytes(hashlib.sha256(f"{what} {number}".encode()).digest()[:4], "big") >> 1


def by_name(names: Sequence[str], values: Sequence[Any]) -> Mapping[str, Any]:
    """A row whose arguments are passed by keyword."""
    return dict(zip(names, values, strict=True))


Asked = tuple[Any, ...] | Mapping[str, Any] | Row | Uniform | Callable[["np.random.Generator"], Sequence[Row]]
"""One row, as a suite writes it, or several random ones: in a range, or whatever a function draws."""


def as_row(asked: Asked) -> Row:
    """One row; raises `TypeError` for several."""
    if isinstance(asked, Row):
        return asked
    if isinstance(asked, Mapping):
        return Row((), asked)
    if isinstance(asked, tuple):
        return Row(asked)
    raise TypeError(f"{asked!r} stands for several rows: only a judge's hidden rows are drawn")


def written_out(spoken: Sequence[Asked], width: int, draw: np.random.Generator) -> list[Row]:
    """The rows with their numbers; `width` is how many arguments the function takes."""
    rows: list[Row] = []
    for asked in spoken:
        if isinstance(asked, Uniform):
            drawn = draw.uniform(asked.low, asked.high, size=(asked.rows, width))
            rows += [Row(tuple(float(number) for number in row), drawn=True) for row in drawn]
        elif callable(asked):
            rows += asked(draw)
        else:
            rows.append(as_row(asked))
    return rows


def same_argument(first: Any, other: Any) -> bool:
    """Tell whether two arguments are the same; arrays and tensors number by number, and never where shapes differ."""
    if hasattr(first, "shape") and hasattr(other, "shape"):
        return tuple(first.shape) == tuple(other.shape) and bool((first == other).all())
    if isinstance(first, list | tuple) and isinstance(other, list | tuple):
        return len(first) == len(other) and all(map(same_argument, first, other))
    if isinstance(first, Mapping) and isinstance(other, Mapping):
        return first.keys() == other.keys() and all(same_argument(first[key], other[key]) for key in first)
    return not hasattr(first, "shape") and not hasattr(other, "shape") and bool(first == other)
