"""Random system calls from inside a confined child touch nothing; `random_calls.py 10000000` is the long run."""

from __future__ import annotations

import pytest
import random_calls


@pytest.mark.parametrize("count", [20_000, pytest.param(2_000_000, marks=pytest.mark.full)])
def test_random_system_calls_touch_nothing(count: int) -> None:
    """Canaries, the bystander, the grader and the server are as before; no process and no folder is left."""
    found, harm = random_calls.throw(count, seed=0)

    assert harm == []
    assert found["calls"] >= count
