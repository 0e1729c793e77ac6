"""Submissions in, records out as they are finished, over any executor of `workers` or `cluster`.

What is sent to a worker is a parcel: one submission, or several for one assignment where the executor says that they
are quick beside what it costs to send them. Only a few parcels are under way at once, so memory stays flat. A parcel
that is lost is taken apart, so that a submission under which workers die costs its neighbours nothing.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import TYPE_CHECKING, NamedTuple

from autograder import workers
from autograder.errors import GivenUpError, StoppedError
from autograder.record import Record, Status, SubmissionFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from autograder.submission import HandedIn

_TRIES = 2  # a submission whose worker died is tried once more, then it is a grader error
_MOST_BYTES = 2 * 2**20  # of a parcel of several: what Dask, for one, moves without a warning


class _Parcel(NamedTuple):
    units: tuple[HandedIn, ...]
    tries: int = 1


class _Source:
    """What is still to be sent: parcels that come back first, then new ones."""

    def __init__(self, units: Iterable[HandedIn]) -> None:
        self._units = iter(units)
        self._ahead = next(self._units, None)
        self._again = deque[_Parcel]()

    def next(self, most: Callable[[str], int]) -> _Parcel | None:
        """A parcel of as many submissions as `most` says for their assignment; None when all have been sent."""
        if self._again:
            return self._again.popleft()
        units: list[HandedIn] = []
        while self._ahead is not None and (not units or _fits(self._ahead, units, most)):
            units.append(self._ahead)
            self._ahead = next(self._units, None)
        return _Parcel(tuple(units)) if units else None

    def take_back(self, parcel: _Parcel) -> None:
        """Send them again, each for itself; that several were lost together is not yet held against any of them."""
        tries = parcel.tries + (len(parcel.units) == 1)
        self._again.extend(_Parcel((unit,), tries) for unit in parcel.units)


def _fits(unit: HandedIn, units: list[HandedIn], most: Callable[[str], int]) -> bool:
    """Whether there is room for `unit` beside `units`."""
    assignment, filled = units[0].assignment, sum(len(other.data) for other in units)
    return unit.assignment == assignment and len(units) < most(assignment) and filled < _MOST_BYTES


def _one(_assignment: str) -> int:
    return 1


def graded(make: Callable[[], Executor], units: Iterable[HandedIn]) -> Iterator[tuple[HandedIn, Record]]:
    """Records as they are finished.

    A dead worker process breaks its whole pool: then a new one is made, and what was under way is tried again.
    """
    executor = make()
    try:
        source, running = _Source(units), dict[Future[list[Record]], _Parcel]()
        while True:
            broken = not _fill(executor, running, source)
            if not running:
                return
            finished, _ = wait(running, timeout=0 if broken else None, return_when=FIRST_COMPLETED)
            if broken or any(isinstance(future.exception(), BrokenExecutor) for future in finished):
                executor.shutdown(wait=False)
                executor = make()
                finished = set(running)
            for future in finished:
                parcel = running.pop(future)
                error = future.exception() if future.done() else BrokenExecutor("the worker died")
                if error is None:
                    yield from zip(parcel.units, future.result(), strict=True)
                elif isinstance(error, StoppedError):
                    raise error
                elif len(parcel.units) == 1 and (parcel.tries >= _TRIES or isinstance(error, GivenUpError)):
                    yield parcel.units[0], _lost(parcel.units[0], error)
                else:
                    source.take_back(parcel)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _fill(executor: Executor, running: dict[Future[list[Record]], _Parcel], source: _Source) -> bool:
    """Keep the executor busy; False where it broke a moment ago, and nobody has heard of it yet."""
    workers_at_once = getattr(executor, "_max_workers", 0)
    while len(running) < max(2 * workers_at_once, 1):
        parcel = source.next(getattr(executor, "parcel", _one))
        if parcel is None:
            return True
        try:
            running[executor.submit(workers.grade, parcel.units)] = parcel
        except BrokenExecutor as error:
            lost: Future[list[Record]] = Future()
            lost.set_exception(error)
            running[lost] = parcel
            return False
    return True


def _lost(handed_in: HandedIn, error: BaseException) -> Record:
    return Record(
        assignment=handed_in.assignment,
        student=handed_in.student,
        status=Status.GRADER_ERROR,
        message=str(error) if isinstance(error, GivenUpError) else f"the grading process failed: {error!r}",
        submission=SubmissionFile(path=handed_in.path, sha256=handed_in.sha256),
        score=None,
        max_score=0.0,
    )
