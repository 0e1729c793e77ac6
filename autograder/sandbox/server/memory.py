"""The warm server's memory, put in order before it forks (`benchmarks/child_start.py` shows what for).

Huge pages: a fork copies the table of the server's pages, a child's end takes it down again. Torch and its modules fill
tens of thousands of small pages. In huge ones, of 2 MiB, the table is some hundred entries; a child that writes to one
gets a copy of 4 KiB, as before. The kernel is asked once and may decline, an old one (before Linux 6.1) always does:
then all is as it was.

No holes: importing and practising leave free places for small objects all over Python's memory. Objects of a child's
would be strewn over them, each on another page, each page a copy. So the holes are filled, and a child's objects lie
side by side on pages of its own.
"""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

_HUGE = 2 * 2**20
_COLLAPSE = 25  # MADV_COLLAPSE of <asm-generic/mman-common.h>
_OWN_WRITABLE = re.compile(r"([0-9a-f]+)-([0-9a-f]+) .w.p [0-9a-f]+ [0-9a-f:]+ 0(?!\d)")
_SIZES = range(48, 513, 16)  # of objects that share pages, see Python's Objects/obmalloc.c; below 48 no bytes object is
_MOST_FILLING = 16 * 2**20  # bytes per size: there should be far less to fill
_FILLING: list[object] = []


def use_huge() -> int:
    """Gather this process' own writable memory in huge pages where the kernel will; return how many there are."""
    libc = ctypes.CDLL(None)
    libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    made = 0
    for start, end in _own_writable():
        first = -(-start // _HUGE) * _HUGE
        made += sum(libc.madvise(place, _HUGE, _COLLAPSE) == 0 for place in range(first, end - _HUGE + 1, _HUGE))
    return made


def fill_holes() -> int:
    """Make objects of each size that stay, until one finds no place in the memory there is; how many it took."""
    memory = _own_writable()
    before = len(_FILLING)
    for size in _SIZES:
        for _ in range(_MOST_FILLING // size):
            filling = bytes(size - b"".__sizeof__())
            _FILLING.append(filling)
            if not any(start <= id(filling) < end for start, end in memory):
                break
    return len(_FILLING) - before


def _own_writable() -> list[tuple[int, int]]:
    """Return the start and end of each part of this process' own writable memory."""
    lines = Path("/proc/self/maps").read_text(encoding="ascii", errors="replace").splitlines()
    matches = [found for line in lines if (found := _OWN_WRITABLE.match(line))]
    return [(int(found[1], 16), int(found[2], 16)) for found in matches]
