"""Huge pages for the warm server: a fork copies the table of its pages, a child's end takes it down again.

Torch and its modules fill tens of thousands of small pages. In huge ones, of 2 MiB, the table is some hundred entries,
so that a child starts and ends sooner (`benchmarks/child_start.py`); one that writes to a page gets a copy of 4 KiB, as
before. The kernel is asked once and may decline, an old one (before Linux 6.1) always does: then all is as it was.
"""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

_HUGE = 2 * 2**20
_COLLAPSE = 25  # MADV_COLLAPSE of <asm-generic/mman-common.h>
_OWN_WRITABLE = re.compile(r"([0-9a-f]+)-([0-9a-f]+) .w.p [0-9a-f]+ [0-9a-f:]+ 0(?!\d)")


def use_huge() -> int:
    """Gather this process' own writable memory in huge pages where the kernel will; how many there are now."""
    libc = ctypes.CDLL(None)
    libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    made = 0
    for line in Path("/proc/self/maps").read_text(encoding="ascii", errors="replace").splitlines():
        if found := _OWN_WRITABLE.match(line):
            start, end = (int(bound, 16) for bound in found.groups())
            first = -(-start // _HUGE) * _HUGE
            made += sum(libc.madvise(place, _HUGE, _COLLAPSE) == 0 for place in range(first, end - _HUGE + 1, _HUGE))
    return made
