"""Mark what a run puts into folders that others use too, so that the next run can remove it if this one is killed.

A folder in TMPDIR is leased by a lock on it (`flock`), which the run holds, and its warm server. The kernel lets go of
a lock when the last process that holds it has ended, in whatever way: so where the lock can be had, nobody is there
any more. Process ids would not do: they are used again, and in containers they differ.

A name says who made it: the machine and its start, both hashed. A lock from another machine, on a shared disk, may be
out of sight, so what other machines made is left alone; what this one made before its last start is not.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Self

from autograder.sandbox.scratch import remove_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"autograder-([0-9a-f]{8})-([0-9a-f]{8})-[0-9a-f]{16}")


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _here() -> tuple[str, str]:
    """This machine and its start, as they stand in names."""
    with contextlib.suppress(OSError):
        return _hashed(os.uname().nodename), _hashed(Path("/proc/sys/kernel/random/boot_id").read_text())
    return _hashed(os.uname().nodename), "0" * 8


def new_name() -> str:
    """A name that nobody else has, and that says where it was made."""
    return "-".join(("autograder", *_here(), secrets.token_hex(8)))


def made_here(name: str) -> bool:
    """Tell whether a lock shows if its maker is alive: it ran on this machine, or since its start (in a container)."""
    found = _NAME.match(name)
    return found is not None and any(mine == its for mine, its in zip(_here(), found.groups(), strict=True))


def hold(descriptor: int, path: Path) -> bool:
    """Lock what was made a moment ago; False where somebody has taken it for a dead run's, and it is gone."""
    with contextlib.suppress(OSError):  # a disk without locks: then nobody can take it for dead either
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except OSError:
        return False


@contextlib.contextmanager
def taken_over(path: Path, mode: int = os.O_RDONLY) -> Iterator[bool | None]:
    """Tell whether `path` is our user's and nobody holds it; meanwhile we do. None where that can't be told.

    No link is followed. `mode` is how it is opened: on some disks what is locked must be open for writing.
    """
    try:
        descriptor = os.open(path, mode | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        yield None
        return
    try:
        yield _taken(descriptor, path)
    finally:
        os.close(descriptor)


def _taken(descriptor: int, path: Path) -> bool | None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        facts = os.fstat(descriptor)
        return facts.st_uid == os.geteuid() and os.path.samestat(facts, path.lstat())
    except BlockingIOError:
        return False
    except OSError:
        return None


class Lease:
    """A new folder in `parent`, ours while this process lives or one that inherits `descriptor`; raises `OSError`."""

    def __init__(self, parent: Path) -> None:
        while True:
            self.folder = parent / new_name()
            self.folder.mkdir(mode=0o700)
            try:
                self.descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            except FileNotFoundError:  # as when it can't be held
                continue
            if hold(self.descriptor, self.folder):
                return
            os.close(self.descriptor)

    def close(self) -> None:
        """Remove it; a second time does nothing."""
        if self.descriptor >= 0:
            _remove(self.folder)
            os.close(self.descriptor)
            self.descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()


def sweep(parent: Path) -> None:
    """Remove from `parent` what dead runs of this machine's and of our user's have left there, and nothing else."""
    try:
        names = [name for name in os.listdir(parent) if _NAME.fullmatch(name) and made_here(name)]
    except OSError:
        return
    for name in names:
        with taken_over(parent / name) as free:
            if free:
                _remove(parent / name)


def _remove(folder: Path) -> None:
    """The folder last: as long as it is there, the rest will be found."""
    for semaphore in folder.parent.glob(f"sem.{folder.name}-*"):
        with contextlib.suppress(OSError):
            semaphore.unlink()
    remove_tree(folder)
