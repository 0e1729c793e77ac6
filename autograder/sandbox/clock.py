"""Time that is fair on a busy machine, and a child's CPU time, both measured from outside.

Fair seconds are wall seconds less those that the process stood ready in the kernel's run queue without getting a
core (`/proc/PID/schedstat`, second field). A sleeping, looping or computing child uses them up at the same rate;
a child that other load keeps off the cores does not. Where the kernel offers no schedstat, wall time counts, and
limits are `PATIENCE` times as long.

Patience ends: `MOST_PATIENCE` seconds on the wall are a fair one at the least. A child may lower its own priority, and
beside other load an idle one would wait for a core for hours.
"""

from __future__ import annotations

import contextlib
import os
import time

PATIENCE = 4.0
MOST_PATIENCE = 16.0
_CPUCLOCK_SCHED = 2  # kernel's clock id of a process' CPU time: (~pid << 3) | 2, see clock_getcpuclockid(3)


class ChildClock:
    """The clocks of one process; `close` it."""

    def __init__(self, pid: int) -> None:
        self._cpu_clock = (~pid << 3) | _CPUCLOCK_SCHED
        self._cpu = 0.0
        self._start = time.monotonic()
        self._fair = 0.0
        self._closed = False
        try:
            self._schedstat = os.open(f"/proc/{pid}/schedstat", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            self._schedstat = -1

    def cpu(self) -> float:
        """CPU seconds of the process so far; the last known figure once it has ended."""
        with contextlib.suppress(OSError):
            self._cpu = time.clock_gettime(self._cpu_clock)
        return self._cpu

    def fair(self) -> float:
        """Fair seconds since the clock was made; the last known figure once it is closed."""
        if not self._closed:
            wall = time.monotonic() - self._start
            self._fair = max(wall - self._waited(wall), wall / MOST_PATIENCE)
        return self._fair

    def _waited(self, wall: float) -> float:
        """Seconds spent waiting for a core, where the kernel says; else what is taken for them."""
        if self._schedstat < 0:
            return wall - wall / PATIENCE
        try:
            return int(os.pread(self._schedstat, 100, 0).split()[1]) / 1e9
        except (OSError, IndexError):
            return 0.0

    def close(self) -> None:
        """Give the descriptor back."""
        self._closed = True
        if self._schedstat >= 0:
            os.close(self._schedstat)
            self._schedstat = -1
