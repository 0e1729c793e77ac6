"""Compare what this machine has room for with what `course.yml` promises each submission.

A program that stays within its limits must not fail because the shell, the disk or a container gives less. So what is
promised is compared with what is there before the first submission, and again where one fails: what `short` and
`oom_kills` say can't be made by a student's program, which is over, and its folder gone, when they are asked.
"""

from __future__ import annotations

import contextlib
import math
import mmap
import os
import resource
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from autograder.errors import UsageError
from autograder.sandbox.confinement import confine
from autograder.sandbox.confinement.privileges import running_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.sandbox.protocol import Limits

_LIBRARIES = 2**30  # bytes of addresses that Python with torch takes
_SERVER, _WORKER = 400 * 2**20, 300 * 2**20  # bytes of memory of a warm server and of a process that grades
_TASKS = 8  # threads and processes of ours, for each submission at work
_GROUPS, _MINE = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")


class Promise(NamedTuple):
    """An amount that is there and one that submissions may need; `words` say what to do where it is too little.

    `fatal`: where it is too little, none can be graded as promised; else it depends on what they do.
    """

    what: str
    there: float
    needed: float
    words: str
    fatal: bool = False
    sizes: bool = True

    @property
    def short(self) -> bool:
        """Tell whether it is too little."""
        return self.there < self.needed

    def figures(self) -> tuple[str, str]:
        """Return what is there and what is needed, as text for people."""
        said = sized if self.sizes else counted
        return said(self.there), said(self.needed)


def examine(limits: Limits, jobs: int) -> list[str]:
    """List what may be too little for `jobs` submissions at once; raises `UsageError` for too low a ulimit."""
    short = [promise for promise in promises(limits, jobs) if promise.short]
    for promise in short:
        if promise.fatal:
            raise UsageError(promise.words)
    return [promise.words for promise in short]


def promises(limits: Limits, jobs: int) -> list[Promise]:
    """List what `jobs` submissions at once are promised, with how much of it is there."""
    return [*_ulimits(limits), *_room(limits, jobs), _memory(limits, jobs), _tasks(jobs)]


def _ulimits(limits: Limits) -> Iterator[Promise]:
    for limit, option, needed, key in (
        (resource.RLIMIT_AS, "v", limits.memory_bytes + _LIBRARIES, "memory_mib"),
        (resource.RLIMIT_DATA, "d", limits.memory_bytes + _LIBRARIES, "memory_mib"),
        (resource.RLIMIT_FSIZE, "f", limits.scratch_bytes, "scratch_mib"),
        (resource.RLIMIT_CPU, "t", limits.cpu_seconds, "cpu_seconds"),
        (resource.RLIMIT_NOFILE, "n", confine.ProcessLimits.open_files, ""),
    ):
        lower = f", or lower `limits: {key}` in course.yml" if key else ""
        found = Promise(
            f"ulimit -{option}",
            _unless_infinite(resource.getrlimit(limit)[0]),
            needed,
            words="",
            fatal=True,
            sizes=key.endswith("mib"),
        )
        there, need = found.figures()
        words = f"`ulimit -{option}` allows a process {there} here; a submission needs {need}: raise it{lower}"
        yield found._replace(words=words)


def _unless_infinite(limit: int) -> float:
    return math.inf if limit == resource.RLIM_INFINITY else limit


def _room(limits: Limits, jobs: int) -> Iterator[Promise]:
    folder = tempfile.gettempdir()
    facts = os.statvfs(folder)
    there, needed = facts.f_bavail * facts.f_frsize, jobs * limits.scratch_bytes
    words = f"{folder} has room for {sized(there)}; {jobs} at once may need {sized(needed)}: set TMPDIR to another"
    yield Promise("room for files", there, needed, words)
    files, needed = facts.f_favail if facts.f_files else math.inf, jobs * limits.scratch_files
    words = f"{folder} has room for {counted(files)} files; {jobs} at once may need {needed}: set TMPDIR to another"
    yield Promise("number of files", files, needed, words, sizes=False)


def _memory(limits: Limits, jobs: int) -> Promise:
    there, needed = memory(), limits.memory_bytes + worker_memory(jobs)
    words = (
        f"{sized(there)} of memory are there; {jobs} at once may need {sized(needed)}, one of them "
        f"{sized(limits.memory_bytes)}: try fewer --jobs, or lower `limits: memory_mib` in course.yml"
    )
    return Promise("memory", there, needed, words)


def _tasks(jobs: int) -> Promise:
    there, needed = free_tasks(), jobs * (confine.ProcessLimits.threads + _TASKS)
    words = (
        f"{counted(there)} more threads and processes can be started here, by `ulimit -u` or by a container's limit; "
        f"{jobs} at once may need {needed}: raise it, or try fewer --jobs"
    )
    return Promise("threads and processes", there, needed, words, fatal=there < jobs * _TASKS, sizes=False)


def short_of_room(limits: Limits) -> str:
    """Say whether the temporary folder has less room than one submission is promised; "" where it has it."""
    return next((promise.words for promise in _room(limits, 1) if promise.short), "")


def short_of_tasks() -> str:
    """Say whether a submission's threads are not to be had here, though nobody uses them now; "" where they are."""
    return promise.words if (promise := _tasks(1)).short else ""


def short_of_memory(limits: Limits) -> str:
    """Say whether this process too is refused a submission's memory; "" where it is not. Nothing is written to it."""
    try:
        mmap.mmap(-1, limits.memory_bytes, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()
    except (OSError, ValueError, MemoryError):
        return f"this machine refuses {sized(limits.memory_bytes)} of memory, which `limits: memory_mib` promises"
    return ""


def too_little_memory(jobs: int) -> str:
    """Say what helps where `jobs` processes can't be had; "" where memory is not the reason."""
    there, needed = memory(), worker_memory(jobs)
    if there >= needed:
        return ""
    fewer = "try --jobs 1" if jobs > 1 else "free some, or grade elsewhere"
    return f"{jobs} {'workers need' if jobs > 1 else 'worker needs'} {sized(needed)}; {sized(there)} are there: {fewer}"


def worker_memory(jobs: int) -> int:
    """Return the bytes that `jobs` processes take with their warm server, before any submission."""
    return _SERVER + jobs * _WORKER


def memory(groups: Path = _GROUPS, mine: Path = _MINE) -> int:
    """Return the bytes of memory that could be had now: of the machine, and of each cgroup of this process."""
    found = [int(line.split()[1]) * 2**10 for line in _lines(Path("/proc/meminfo")) if line.startswith("MemAvailable:")]
    for folder in _groups_of("memory", groups, mine):
        for most, used, cache in (
            ("memory.max", "memory.current", "inactive_file"),
            ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
        ):
            with contextlib.suppress(OSError, ValueError):  # "max": no limit
                free = _number(folder / "memory.stat", cache)  # files that the kernel lets go of when asked
                found.append(int((folder / most).read_text()) - int((folder / used).read_text()) + free)
    return max(0, min(found, default=2**62))


def oom_kills(groups: Path = _GROUPS, mine: Path = _MINE) -> int:
    """Count the processes in our cgroup that the kernel has killed because memory ran out."""
    for folder in _groups_of("memory", groups, mine):
        for name in ("memory.events", "memory.oom_control"):
            if (folder / name).exists():
                return _number(folder / name, "oom_kill")
    return 0


def free_tasks(groups: Path = _GROUPS, mine: Path = _MINE) -> float:
    """Count the threads and processes that could start now, by our user and in each cgroup of this process."""
    found = [_unless_infinite(resource.getrlimit(resource.RLIMIT_NPROC)[0])]
    if os.geteuid() and found[0] < 2 * running_tasks():  # root is not held to it, and its children have other users
        found[0] -= _own_tasks()
    for folder in _groups_of("pids", groups, mine):
        with contextlib.suppress(OSError, ValueError):  # "max": no limit
            found.append(int((folder / "pids.max").read_text()) - int((folder / "pids.current").read_text()))
    return max(0, min(found))


def _own_tasks() -> int:
    """Count the threads of our user, as `RLIMIT_NPROC` counts them."""
    count = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if _number(process / "status", "Uid:") == os.getuid():
                count += _number(process / "status", "Threads:")
    return count


def _groups_of(controller: str, groups: Path, mine: Path) -> Iterator[Path]:
    """Our cgroup for `controller` and those around it, from inside out; in a container the innermost may be hidden."""
    for line in _lines(mine):
        _, controllers, path = line.split(":", 2)
        roots = (groups, groups / "unified") if not controllers else (groups / controller,)
        for root in roots if controllers in {"", controller} else ():
            own = root / path.lstrip("/")
            yield from (folder for folder in (own, *own.parents) if folder.is_relative_to(root) and folder.is_dir())


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text().splitlines()
    except OSError:
        return []


def _number(file: Path, key: str) -> int:
    return next((int(line.split()[1]) for line in _lines(file) if line.split()[:1] == [key]), 0)


def counted(number: float) -> str:
    """Write a number for people."""
    return "no limit" if number == math.inf else f"{number:,.0f}"


def sized(size: float) -> str:
    """Write a number of bytes for people."""
    if size == math.inf:
        return "no limit"
    return f"{size / 2**30:.3g} GiB" if size >= 2**30 else f"{size / 2**20:.3g} MiB"
