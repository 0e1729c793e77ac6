"""`--shard I/N`: one of N shares of the submissions, for batch systems that start N runs beside each other.

Whose share a submission is in depends on its name alone: no run asks another one, and a student who is added while they
are under way changes no share.
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple, Self

from autograder.errors import UsageError

_FORM = re.compile(r"(\d{1,6})/(\d{1,6})", re.ASCII)


class Shard(NamedTuple):
    """The share `number` (from 1) of `parts`."""

    number: int
    parts: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse a shard from the command line, `2/8`; raises `UsageError` for anything else."""
        found = _FORM.fullmatch(text)
        shard = cls(int(found[1]), int(found[2])) if found else cls(0, 0)
        if not 1 <= shard.number <= shard.parts:
            raise UsageError(f"--shard takes I/N with I from 1 to N, as in 2/8; it was {text!r}")
        return shard

    def holds(self, name: str) -> bool:
        """Tell whether what is called so belongs to it; of any name, one share of as many parts says so."""
        drawn = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])
        return drawn % self.parts == self.number - 1
