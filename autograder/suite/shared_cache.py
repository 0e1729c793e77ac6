"""Share what suites compute once per batch, however many processes grade it.

`@once_per_batch` remembers a function's results in its process and, where several processes of one machine grade a
batch, among values that they share: each appends what it has computed and reads what the others have. They stand in a
file without a name, gone with the processes that hold it; no process of a student's does. In it is what the course's
own suites made of the course's own solution.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import tempfile
import time
from multiprocessing import reduction
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
T = TypeVar("T")

_ENTRIES: msgspec.json.Decoder[tuple[str, Any]] = msgspec.json.Decoder(tuple[str, Any])
_shared: SharedValues | None = None


class SharedValues:
    """Results by key, one line of JSON each, never changed. It can be handed to a process that is being spawned."""

    def __init__(self, descriptor: int | None = None) -> None:
        self._file = tempfile.TemporaryFile() if descriptor is None else os.fdopen(descriptor, "r+b")  # see `close`
        self._known: dict[str, Any] = {}
        self._read = 0  # bytes

    def __reduce__(self) -> tuple[Callable[..., SharedValues], tuple[Any, ...]]:
        return _received, (reduction.DupFd(self._file.fileno()),)

    def __contains__(self, key: str) -> bool:
        if key not in self._known:
            with self._locked(fcntl.LOCK_SH) as file:
                new = os.pread(file, os.fstat(file).st_size - self._read, self._read)
            self._read += len(new)
            self._known |= _ENTRIES.decode_lines(new)
        return key in self._known

    def __getitem__(self, key: str) -> Any:
        return self._known[key]

    def add(self, key: str, value: object) -> None:
        """Append an entry for all, if there is room; raises `OSError`."""
        line = msgspec.json.encode((key, value)) + b"\n"
        with self._locked(fcntl.LOCK_EX) as file:
            end = os.fstat(file).st_size
            if os.pwrite(file, line, end) < len(line):
                os.ftruncate(file, end)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    @contextlib.contextmanager
    def _locked(self, how: int) -> Iterator[int]:
        file = self._file.fileno()
        fcntl.lockf(file, how)
        try:
            yield file
        finally:
            fcntl.lockf(file, fcntl.LOCK_UN)


def _received(descriptor: Any) -> SharedValues:
    return SharedValues(descriptor.detach())


class _Work:
    """CPU time of this thread over what is computed once; what is computed for the sake of it is counted with it."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._depth = 0
        self._start = 0.0

    def __enter__(self) -> None:
        self._start = self._start if self._depth else time.thread_time()
        self._depth += 1

    def __exit__(self, *_exc: object) -> None:
        self._depth -= 1
        self.seconds += 0.0 if self._depth else time.thread_time() - self._start


_WORK = _Work()


def seconds() -> float:
    """CPU seconds that went into what is computed once per batch, in this process."""
    return _WORK.seconds


def share(values: SharedValues | None) -> None:
    """Let this process look results up in `values`, and note them there."""
    global _shared  # it belongs to the process, as its grader does
    _shared = values


def once_per_batch(function: Callable[P, T]) -> Callable[P, T]:
    """Compute `function(...)` once for the same arguments; hash and `repr` tell arguments apart.

    Results must be plain data, with lists for tuples and no number that is infinite or NaN.
    """

    @functools.cache
    def known(*args: Any) -> Any:
        if _shared is None:
            with _WORK:
                return cast("Any", function)(*args)
        key = f"{function.__module__}.{function.__qualname__}{args!r}"
        if key in _shared:
            return _shared[key]
        with _WORK:
            value = cast("Any", function)(*args)
        with contextlib.suppress(OSError):  # a full disk: whoever else needs it computes it again
            _shared.add(key, value)
        return value

    return cast("Callable[P, T]", functools.wraps(function)(known))
