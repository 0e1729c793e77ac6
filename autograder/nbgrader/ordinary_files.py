"""Copies of what was handed in hold ordinary files of that student's folder alone, and not too many of them.

nbgrader copies whole folders and follows each link in them, wherever it leads; it takes quadratic time for many files,
and all it needs of a device. `look` says what there is to copy, at any depth, and what is left aside.
"""

from __future__ import annotations

import contextlib
import fnmatch
import itertools
import os
from collections import deque
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Protocol

from nbgrader.converters import base
from nbgrader.converters.base import NbGraderException

from autograder.text import one_line, readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

MOST_FILES, MOST_BYTES, MOST_DEPTH = 200, 50 * 2**20, 8
_LOOKED_AT = 10  # names, for each file that there is room for
SECRET, TIMESTAMP = "submission_secret.txt", "timestamp.txt"
_RENAME = "its name has a line end in it; rename it and run the command again"


class Copying(Protocol):
    """A run of `nbgrader autograde`, as far as copying is concerned."""

    log: Any
    coursedir: Any

    def folder(self, student: str, /) -> str:
        """Return the folder of the student's files for this assignment."""

    def record(self, student: str, /) -> object:
        """Return the student's record, graded if need be."""


class Found(NamedTuple):
    """Paths of files that may be copied, and the names of what is left aside."""

    taken: list[str]
    left: list[str]


def look(folder: str, ignored: Iterable[str], *, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES) -> Found:
    """List what may be copied of a folder; nobody is told about names by patterns in `ignored`. Follows no link."""
    if os.path.islink(folder):  # nbgrader's paths are texts
        return Found([], [os.path.basename(folder)])  # as above
    search = _Search(list(ignored), most_files, most_bytes)
    search.waiting.append((folder, 0))
    while search.waiting:
        search.read(*search.waiting.popleft())
    return Found(search.taken, [os.path.relpath(path, folder) for path in search.left])


class _Search:
    """The files found so far, and the room that is left; folders are read in breadth."""

    def __init__(self, ignored: list[str], most_files: int, most_bytes: int) -> None:
        self.ignored, self.files, self.room, self.names = ignored, most_files, most_bytes, _LOOKED_AT * most_files
        self.taken: list[str] = []
        self.left: list[str] = []
        self.waiting: deque[tuple[str, int]] = deque()

    def read(self, folder: str, depth: int) -> None:
        try:
            with os.scandir(folder) as names:
                entries = list(itertools.islice(names, self.names + 1))
        except OSError:  # not ours to read
            entries, self.left = [], [*self.left, folder]
        if len(entries) > self.names:
            self.left.append(os.path.join(folder, f"more than {self.names} names"))  # as above
            del entries[self.names :]
        self.names -= len(entries)
        for entry in sorted(entries, key=_needed_first):
            if not any(fnmatch.fnmatchcase(entry.name, pattern) for pattern in self.ignored):
                self._take(entry, depth)

    def _take(self, entry: os.DirEntry[str], depth: int) -> None:
        named = entry.name.isprintable()  # no half characters either: what hands pages out stops at them
        if (
            named
            and entry.is_dir(follow_symlinks=False)
            and depth < MOST_DEPTH
            and not (depth == 0 and _is_ours(entry))
        ):
            self.waiting.append((entry.path, depth + 1))
            return
        size = entry.stat(follow_symlinks=False).st_size
        ordinary = named and entry.is_file(follow_symlinks=False) and os.access(entry.path, os.R_OK)
        if not ordinary or size > self.room or self.files <= 0:
            self.left.append(entry.path)
            return
        self.room, self.files = self.room - size, self.files - 1
        self.taken.append(entry.path)


def _needed_first(entry: os.DirEntry[str]) -> tuple[bool, str]:
    return not (entry.name in {SECRET, TIMESTAMP} or entry.name.endswith(".ipynb")), entry.name


def _is_ours(entry: os.DirEntry[str]) -> bool:
    """Tell whether nbgrader or we write a file of that name: no folder may stand in its place."""
    return entry.name in {SECRET, TIMESTAMP} or entry.name.endswith(".html")


def copy_up_to(source: IO[bytes], out: IO[bytes], most: int) -> int:
    """Copy at most so many bytes, in pieces; returns how many there were."""
    left = most
    while left > 0 and (piece := source.read(min(left, 2**20))):
        left -= out.write(piece)
    return most - left


def warn(log: Any, whose: str, left: list[str]) -> None:
    """Say in one line what is left aside."""
    if left:
        shown = one_line(", ".join(readable(name) for name in left[:20]) + (", …" if len(left) > 20 else ""))
        log.warning(
            "Left aside of %s, as no ordinary files or too many or large, %d: %s", one_line(whose), len(left), shown
        )


@contextlib.contextmanager
def only_ordinary(converter: Any, student: str, folder: str, **most: int) -> Iterator[None]:
    """While this lasts, nbgrader's converters find in a folder what may be copied, and nothing else."""
    found = look(folder, [*converter.coursedir.ignore, "*.ipynb"], **most)
    warn(converter.log, student, found.left)
    stock, base.find_all_files = base.find_all_files, lambda *_: found.taken
    try:
        yield
    finally:
        base.find_all_files = stock


def leave_out(run: Copying, copy: Callable[[str, str], None], real: Mapping[str, str]) -> Callable[[str, str], None]:
    """Have `nbgrader autograde` copy ordinary files alone.

    A folder whose name nbgrader can't spell (`real` has it) costs its own row, and holds up nobody.
    """

    def copy_ordinary(assignment: str, student: str) -> None:
        if not Path(run.folder(student)).is_dir():
            run.record(real.get(student, student))
            raise NbGraderException(f"nbgrader can't take the folder {student}: {_RENAME}.")
        with only_ordinary(run, student, run.folder(student)):
            copy(assignment, student)

    return copy_ordinary
