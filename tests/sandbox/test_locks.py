"""Locks of ranges are kernel memory that no limit counts: a child gets none, and whole-file locks as ever."""

from __future__ import annotations

import fcntl
import struct
from pathlib import Path

import pytest
from confined import in_sandbox

COMMANDS = {
    "SETLK": fcntl.F_SETLK,
    "SETLKW": fcntl.F_SETLKW,
    "OFD_SETLK": 37,
    "OFD_SETLKW": 38,
    "GETLK": 5,
    "OFD_GETLK": 36,
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_no_range_is_locked(command: int) -> None:
    """Each command of fcntl that makes or looks for a record lock is refused."""

    def attempt() -> None:
        with Path("locked").open("w") as file:
            fcntl.fcntl(file, command, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 1, 0))

    assert in_sandbox(attempt).refused


def test_a_whole_file_can_be_locked() -> None:
    """`flock` holds one lock per open file, and those are counted."""

    def attempt() -> int:
        with Path("locked").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
        return 1

    assert in_sandbox(attempt).value == 1
