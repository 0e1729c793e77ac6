"""Queries, keys and values: the lab's own, word vectors of the data file beside this module, and random ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from autograder.suite import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE = Path(__file__).with_name("words.csv")
SIZES = ((3, 4, 5, 2), (1, 6, 2, 3), (4, 1, 3, 5))
"""Queries, keys, numbers in each, numbers in each value: all different, so that no axis can be taken for another."""


def of_the_lab() -> Row:
    """One query that is like the first of three keys."""
    return Row(
        (
            torch.tensor([[2.0, 0.0]]),
            torch.tensor([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]]),
            torch.tensor([[1.0, 0.0, 3.0], [0.0, 1.0, 3.0], [0.0, 0.0, 3.0]]),
        )
    )


def words() -> Row:
    """Each word of the file asks for what is like it."""
    table = torch.tensor(np.loadtxt(FILE, delimiter=",", usecols=(1, 2, 3, 4)), dtype=torch.float32)
    return Row((table[:2], table, table[:, :3]))


def drawn(draw: np.random.Generator) -> Sequence[Row]:
    """Random tensors of sizes that all differ."""
    return [
        Row(tuple(torch.tensor(draw.normal(size=size), dtype=torch.float32) for size in ((n, d), (m, d), (m, e))))
        for n, m, d, e in SIZES
    ]
