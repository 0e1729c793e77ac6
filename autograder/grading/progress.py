"""Show how far a batch is: count, rate, time left, how many were rejected and how many failed by our fault.

On a terminal a bar that is redrawn; elsewhere (a log, `nohup`, a batch system) a line now and then, and none for
runs that are over soon. Always on standard error.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from rich import progress as rich
from rich.console import Console
from rich.text import Text

from autograder.record import Record, Status
from autograder.text import one_line, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.progress import Task

    from autograder.course.submission import Submission

LINE_SECONDS = 60.0
WAIT_SECONDS = 30.0  # without a record, until it is said whom the run waits for
_NAMED = 2  # of those under way; the first ones were sent first


class Waiting:
    """Says every half minute, in a line, whom a run waits for; `tell` prints or logs it."""

    def __init__(self, tell: Callable[[str], object]) -> None:
        self._tell = tell
        self._told = 0.0

    def __call__(self, units: Sequence[Submission], seconds: float, why: str = "") -> None:
        """Say that nothing was finished for `seconds`, with `units` under way; `why` is what is known of the reason."""
        if seconds >= WAIT_SECONDS and time.monotonic() - self._told >= WAIT_SECONDS:
            self._told = time.monotonic()
            self._tell(waited_for(units, seconds, why))


def waited_for(units: Sequence[Submission], seconds: float, why: str = "") -> str:
    """Say in one line who is waited for, the first ones by name, and how long it has been."""
    names = ", ".join(f"{one_line(unit.student, 60)} ({unit.assignment})" for unit in units[:_NAMED])
    return f"waiting {seconds:.0f} s for {names}" + (f": {why}" if why else "")


class Progress:
    """The progress of a batch, a context manager; call `done` with each record."""

    def __init__(self, total: int) -> None:
        self._left = total
        self._total = total
        self._counts = dict.fromkeys(Status, 0)
        self._begun = self._told = time.monotonic()
        self._wait = Waiting(lambda line: say(line, err=True))
        console = Console(stderr=True)
        self._bar = rich.Progress(
            rich.TextColumn("{task.description}"),
            rich.BarColumn(),
            rich.MofNCompleteColumn(),
            _Rate(),
            rich.TimeRemainingColumn(),
            rich.TextColumn("{task.fields[outcomes]}", markup=False),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("grading", total=total, outcomes=self._outcomes())

    def done(self, record: Record) -> None:
        """Count one more record."""
        self._left -= 1
        self._counts[record.status] += 1
        self._bar.update(self._task, advance=1, outcomes=self._outcomes())
        if self._bar.disable and self._left and time.monotonic() - self._told >= LINE_SECONDS:
            self._told = time.monotonic()
            say(self.line(self._told - self._begun), err=True)

    def waiting(self, units: Sequence[Submission], seconds: float, why: str = "") -> None:
        """Show on standard error what `Waiting` says; on a terminal in the bar, and from the first look on."""
        if self._bar.disable:
            self._wait(units, seconds, why)
        else:
            self._bar.update(self._task, outcomes=f"{self._outcomes()}, {waited_for(units, seconds, why)}")

    def line(self, seconds: float) -> str:
        """Say the same in words, after `seconds`."""
        done = self._total - self._left
        rate = done / seconds
        minutes, rest = divmod(round(self._left / rate), 60)
        return f"graded {done}/{self._total}, {_rate(rate)}, {minutes}:{rest:02} left, {self._outcomes()}"

    def _outcomes(self) -> str:
        return f"{self._counts[Status.REJECTED]} rejected, {self._counts[Status.GRADER_ERROR]} our fault"

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._bar.stop()


class _Rate(rich.ProgressColumn):
    """The number per second, or per minute where that says more."""

    def render(self, task: Task) -> Text:
        """Return the rate as text, for Rich."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else _rate(speed))


def _rate(per_second: float) -> str:
    return f"{per_second:.1f}/s" if per_second >= 1 else f"{60 * per_second:.1f}/min"
