"""What a command costs: seconds by the clock, CPU of it and all its children, and memory at its peak.

CPU is the kernel's own count (`wait4`). Memory is sampled: the proportional set size of the whole tree of processes, so
that pages shared by forks count once, and the resident size of the command's own process. To sample takes the kernel
some time, which a command on all cores would miss: so it is done the more rarely the longer the command runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

SOONEST = 0.25
"""Seconds to the first sample."""
RARER = 0.05
"""The next one comes after this share of the time so far."""


class Cost(NamedTuple):
    """Of one command."""

    wall: float
    cpu: float
    tree_mib: float  # at the peak, all processes
    own_mib: float  # at the peak, the command's own process


def run(command: list[str], *, cwd: Path, environment: dict[str, str] | None = None) -> Cost:
    """Run it; ends this program with the command's own words if it fails."""
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=os.environ | {"OMP_NUM_THREADS": "1"} | (environment or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        begun, sampler = time.monotonic(), _Sampler(process.pid)
        assert process.stderr is not None
        told = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        sampler.stop()
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{told.decode()[-3000:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, sampler.tree, sampler.own)


class _Sampler(threading.Thread):
    """Watches a process and those below it."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._ended = threading.Event()
        self.tree = self.own = 0.0
        self.start()

    def run(self) -> None:
        """Sample until told to stop."""
        begun = time.monotonic()
        while not self._ended.wait(max(SOONEST, RARER * (time.monotonic() - begun))):
            with suppress(OSError, StopIteration):
                self.own = max(self.own, _kib(Path(f"/proc/{self._pid}/status"), "VmHWM:") / 1024)
            self.tree = max(self.tree, sum(map(_pss, _tree(self._pid))) / 1024)

    def stop(self) -> None:
        """End the thread."""
        self._ended.set()
        self.join()


def _tree(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(path.parent.name))
    found = [pid]
    for process in found:  # it grows meanwhile
        found += children.get(process, [])
    return found


def _pss(pid: int) -> float:
    with suppress(OSError, StopIteration):
        return _kib(Path(f"/proc/{pid}/smaps_rollup"), "Pss:")
    return 0.0


def _kib(file: Path, key: str) -> float:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(key))
