"""Huge pages: where the kernel gives them, memory is in them afterwards and holds what it held."""

from __future__ import annotations

import subprocess
import sys

import pytest

TRY = """
import re
from pathlib import Path
from autograder.sandbox import pages

block = bytearray(range(256)) * (64 * 2**12)
before = bytes(block[:: 2**12])
made = pages.use_huge()
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
