"""Random numbers of one submission and check."""

from __future__ import annotations

import numpy as np


class Draw(np.random.Generator):
    """A generator like `numpy.random.default_rng(key)`; `course` is the course's own number, known to nobody else."""

    def __init__(self, key: int, course: int) -> None:
        """Start from `key`; `course` tells this course's pools from those of others."""
        super().__init__(np.random.PCG64(key))
        self.course = course
