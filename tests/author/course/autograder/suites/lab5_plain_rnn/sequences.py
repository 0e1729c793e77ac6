"""Sequences for `run_rnn`: those of the data file beside this module, and random ones of several lengths."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.suite import Row

if TYPE_CHECKING:
    import numpy as np

FILE = Path(__file__).with_name("sequences.json")


def measured() -> list[Row]:
    """Each of the file's sequences with its weights."""
    return [Row((entry["xs"], *entry["weights"])) for entry in json.loads(FILE.read_text(encoding="utf-8"))]


def drawn(draw: np.random.Generator) -> list[Row]:
    """A short sequence and a long one, with weights of their own."""
    return [
        Row(
            ([float(x) for x in draw.uniform(-1, 1, size=length)], *(float(w) for w in draw.uniform(-1.5, 1.5, size=3)))
        )
        for length in (2, 7)
    ]
