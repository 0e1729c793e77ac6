"""What of a file is in memory is nobody's business: a child can't ask the kernel for it, nor change it by a call."""

from __future__ import annotations

import ctypes
import mmap
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from confined import in_sandbox

from autograder.sandbox.confinement import syscalls
from autograder.sandbox.protocol import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.sandbox.server_client import WarmServer

LIBRARY = Path(os.__file__).with_name("antigravity.py")  # one that a child may read, and hardly any program does
_NOWAIT, _DONTNEED, _PAGEOUT = 0x8, 4, 21


class _IoVec(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("size", ctypes.c_size_t))


def _opened() -> int:
    return os.open(LIBRARY, os.O_RDONLY)


def _no_wait() -> object:
    return os.preadv(_opened(), [bytearray(16)], 0, _NOWAIT)


def _no_cache() -> object:
    return os.preadv(_opened(), [bytearray(16)], 0, 0x80)


def _mapped() -> int:
    mapped = mmap.mmap(_opened(), 0, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_WRITE)
    return ctypes.addressof(ctypes.c_char.from_buffer(mapped))


def _mincore() -> object:
    return syscalls.call("mincore", _mapped(), 1, ctypes.addressof(ctypes.create_string_buffer(1)))


def _pageout() -> object:
    return syscalls.call("madvise", _mapped(), mmap.PAGESIZE, _PAGEOUT)


def _advise() -> None:
    os.posix_fadvise(_opened(), 0, 0, _DONTNEED)


def _read_ahead() -> object:
    return syscalls.call("readahead", _opened(), 0, 4096)


def _cachestat() -> object:
    reach, found = (ctypes.c_uint64 * 2)(0, 0), (ctypes.c_uint64 * 5)()
    return syscalls.call("cachestat", _opened(), ctypes.addressof(reach), ctypes.addressof(found), 0)


@pytest.mark.skipif(sys.platform != "linux", reason="these calls are Linux's")
@pytest.mark.parametrize("attempt", [_no_wait, _no_cache, _mincore, _pageout, _advise, _read_ahead, _cachestat])
def test_no_call_tells_what_is_in_memory(attempt: Callable[[], object]) -> None:
    """Each call that tells or changes what of a library is in memory is refused by the filter, on the real kernel."""
    done = in_sandbox(attempt)
    assert done.errno == 1, done


def test_reading_at_a_place_goes_on_as_ever() -> None:
    """`preadv` without flags, which libc makes of either call, reads."""
    assert in_sandbox(lambda: os.preadv(_opened(), [bytearray(16)], 0)).value == 16


def test_the_next_scratch_folder_cant_be_named(server: WarmServer) -> None:
    """A path that can't be guessed can't be looked at: Landlock lets anybody stat what they can name."""
    names = []
    for _ in range(3):
        child = server.fork(Limits(), 10)
        names.append(child.scratch.name.partition("-")[2])
        child.close()
    assert len({*names}) == 3
    assert min(map(len, names)) == 32
