"""The warm server's memory in order: whole huge pages where the kernel gives them, no holes between objects."""

from __future__ import annotations

import subprocess
import sys

import pytest

TRY = """
import re
from pathlib import Path
from autograder.sandbox.server import memory

block = bytearray(range(256)) * (64 * 2**12)
before = bytes(block[:: 2**12])
made = memory.use_huge()
huge = int(re.search(r"AnonHugePages: +([0-9]+) kB", Path("/proc/self/smaps_rollup").read_text())[1])
print(made, huge, before == bytes(block[:: 2**12]))
"""


def test_memory_is_gathered_and_whole() -> None:
    """Of 64 MiB at least 32 are in huge pages, and no byte has changed."""
    done = subprocess.run([sys.executable, "-c", TRY], capture_output=True, text=True, check=True)
    made, huge, same = done.stdout.split()
    if made == "0":
        pytest.skip("this kernel gives no huge pages: it is older than Linux 6.1, or has them switched off")

    assert int(huge) > 32 * 1024
    assert same == "True"


HOLES = """
import sys
from autograder.sandbox.server import memory

many = [bytes(size) for size in range(20, 450) for _ in range(300)]
del many[::2]

def strewn():
    new = [bytes(size) for size in range(20, 450, 5) for _ in range(50)]
    return sum(any(start <= id(one) < end for start, end in own) for one in new) / len(new)

own = memory._own_writable()
before = strewn()
made = memory.fill_holes()
print(before, made, strewn())
"""


def test_holes_are_filled() -> None:
    """New objects lie in what memory there was before the filling, and outside of it after."""
    done = subprocess.run([sys.executable, "-c", HOLES], capture_output=True, text=True, check=True)
    before, made, after = map(float, done.stdout.split())

    assert before > 0.95
    assert made > 1000
    assert after < 0.05
