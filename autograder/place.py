"""What this place has room for, beside what `course.yml` promises each submission.

A program that stays within its limits must not fail because the shell, the disk or a container gives less. So what is
promised is compared with what is there before the first submission, and again where one fails: what `short` and
`oom_kills` say can't be made by a student's program, which is over, and its folder gone, when they are asked.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import resource
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.sandbox.protocol import Limits

_LIBRARIES = 2**30  # bytes of addresses that Python with torch takes
_SERVER, _WORKER = 400 * 2**20, 300 * 2**20  # bytes of memory of a warm server and of a process that grades
_OPEN_FILES = 256
_GROUPS, _MINE = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")


def examine(limits: Limits, jobs: int) -> list[str]:
    """What may be too little for `jobs` submissions at once, a line each; raises `UsageError` for too low a ulimit."""
    for limit, option, needed, key in (
        (resource.RLIMIT_AS, "v", limits.memory_bytes + _LIBRARIES, "memory_mib"),
        (resource.RLIMIT_DATA, "d", limits.memory_bytes + _LIBRARIES, "memory_mib"),
        (resource.RLIMIT_FSIZE, "f", limits.scratch_bytes, "scratch_mib"),
        (resource.RLIMIT_CPU, "t", limits.cpu_seconds, "cpu_seconds"),
        (resource.RLIMIT_NOFILE, "n", _OPEN_FILES, ""),
    ):
        there = resource.getrlimit(limit)[0]
        if there != resource.RLIM_INFINITY and there < needed:
            figures = [sized(size) if key.endswith("mib") else f"{size:g}" for size in (there, needed)]
            lower = f", or lower `limits: {key}` in course.yml" if key else ""
            raise UsageError(
                f"`ulimit -{option}` allows a process {figures[0]} here; "
                f"a submission needs {figures[1]}: raise it{lower}"
            )
    return list(_tight(limits, jobs))


def _tight(limits: Limits, jobs: int) -> Iterator[str]:
    if lines := short_of_room(limits, jobs):
        yield lines
    there, needed = memory(), limits.memory_bytes + worker_memory(jobs)
    if there < needed:
        yield (
            f"{sized(there)} of memory are there; {jobs} at once may need {sized(needed)}, one of them "
            f"{sized(limits.memory_bytes)}: try fewer --jobs, or lower `limits: memory_mib` in course.yml"
        )


def short_of_room(limits: Limits, jobs: int = 1) -> str:
    """Whether the temporary folder has less room than `jobs` scratch folders are promised; "" where it has it."""
    folder = tempfile.gettempdir()
    facts = os.statvfs(folder)
    there, needed = facts.f_bavail * facts.f_frsize, jobs * limits.scratch_bytes
    if there < needed:
        return f"{folder} has room for {sized(there)}; {jobs} at once may need {sized(needed)}: set TMPDIR to another"
    if facts.f_files and facts.f_favail < jobs * limits.scratch_files:
        return f"{folder} has room for {facts.f_favail} files; {jobs} at once may need {jobs * limits.scratch_files}"
    return ""


def short_of_memory(limits: Limits) -> str:
    """Whether this process too is refused what a submission may take; "" where it is not. Nothing is written to it."""
    try:
        mmap.mmap(-1, limits.memory_bytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()
    except (OSError, ValueError, MemoryError):
        return f"this machine refuses {sized(limits.memory_bytes)} of memory, which `limits: memory_mib` promises"
    return ""


def too_little_memory(jobs: int) -> str:
    """What would do where `jobs` processes can't be had; "" where memory is not the reason."""
    there, needed = memory(), worker_memory(jobs)
    if there >= needed:
        return ""
    fewer = "try --jobs 1" if jobs > 1 else "free some, or grade elsewhere"
    return f"{jobs} {'workers need' if jobs > 1 else 'worker needs'} {sized(needed)}; {sized(there)} are there: {fewer}"


def worker_memory(jobs: int) -> int:
    """Bytes that `jobs` processes take with their warm server, before any submission."""
    return _SERVER + jobs * _WORKER


def memory(groups: Path = _GROUPS, mine: Path = _MINE) -> int:
    """Bytes of memory that could be had now: of the machine, and of each cgroup that this process is in."""
    found = [int(line.split()[1]) * 2**10 for line in _lines(Path("/proc/meminfo")) if line.startswith("MemAvailable:")]
    for folder in _memory_groups(groups, mine):
        for most, used, cache in (
            ("memory.max", "memory.current", "inactive_file"),
            ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
        ):
            with contextlib.suppress(OSError, ValueError):  # "max": no limit
                free = _number(folder / "memory.stat", cache)  # files that the kernel lets go of when asked
                found.append(int((folder / most).read_text()) - int((folder / used).read_text()) + free)
    return max(0, min(found, default=2**62))


def oom_kills(groups: Path = _GROUPS, mine: Path = _MINE) -> int:
    """How many processes the kernel has killed in our cgroup for want of memory."""
    for folder in _memory_groups(groups, mine):
        for name in ("memory.events", "memory.oom_control"):
            if (folder / name).exists():
                return _number(folder / name, "oom_kill")
    return 0


def _memory_groups(groups: Path, mine: Path) -> Iterator[Path]:
    """Our memory cgroup and those around it, from inside out; in a container the innermost may be out of sight."""
    for line in _lines(mine):
        _, controllers, path = line.split(":", 2)
        for root in {"": (groups, groups / "unified"), "memory": (groups / "memory",)}.get(controllers, ()):
            own = root / path.lstrip("/")
            yield from (folder for folder in (own, *own.parents) if folder.is_relative_to(root) and folder.is_dir())


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text().splitlines()
    except OSError:
        return []


def _number(file: Path, key: str) -> int:
    return next((int(line.split()[1]) for line in _lines(file) if line.split()[:1] == [key]), 0)


def sized(size: float) -> str:
    """A number of bytes for people."""
    return f"{size / 2**30:.3g} GiB" if size >= 2**30 else f"{size / 2**20:.3g} MiB"
