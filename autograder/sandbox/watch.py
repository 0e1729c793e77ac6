"""The limits of one question to a child, looked at while its answer is awaited."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from autograder.sandbox.errors import TimedOut

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.sandbox.clock import ChildClock

TICK = 0.25  # seconds between looks at the clocks and the scratch folder
_GRACE = 1.0  # fair seconds that a cell has to end after it was interrupted


class Watched(Protocol):
    """A child, as far as its limits are concerned."""

    @property
    def clock(self) -> ChildClock:
        """The clock of the child: its CPU time, and time that is fair to it."""

    def check_scratch(self) -> None:
        """Raise `Crashed` when its files are over their limits."""

    def used_up(self) -> str:
        """Return what a student reads whose submission is over its budget."""


class Watch:
    """The limits of one question."""

    def __init__(
        self, child: Watched, seconds: float, cpu_seconds: float, interrupt: Callable[[], None] | None
    ) -> None:
        self._child = child
        self._seconds = seconds
        self._cpu_seconds = cpu_seconds
        self._interrupt = interrupt
        self._start = child.clock.fair()
        self._deadline = self._start + seconds
        self._next_look = time.monotonic() + TICK

    def taken(self) -> float:
        """Fair seconds since the question was put."""
        return max(0.0, self._child.clock.fair() - self._start)

    def milliseconds(self) -> float:
        """Return how long to wait for the child before the next look."""
        return max(0.0, 1000 * (self._next_look - time.monotonic()))

    def look(self) -> None:
        """Raise what follows from a limit that was hit."""
        self._next_look = time.monotonic() + TICK
        self._child.check_scratch()
        if self._child.clock.cpu() > self._cpu_seconds:
            raise TimedOut(self._child.used_up())
        if self._child.clock.fair() < self._deadline:
            return
        if self._interrupt is None:
            raise TimedOut(f"No answer within {self._seconds:g} s: is there a loop that does not end?")
        self._interrupt()
        self._interrupt = None
        self._deadline = self._child.clock.fair() + _GRACE
