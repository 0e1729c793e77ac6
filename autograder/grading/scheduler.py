"""Take submissions in, give records out as they are finished, over executors of `local_workers` or `dask_client`.

What is sent to a worker is a chunk: one submission, or several for one assignment where the executor says that they
are quick beside what it costs to send them. Only a few chunks are under way at once, so memory stays flat. A chunk
that is lost is taken apart, so that a submission under which workers die costs its neighbours nothing.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import TYPE_CHECKING, NamedTuple

from autograder.errors import GivenUpError, StoppedError
from autograder.grading import local_workers
from autograder.record import Record, Status, SubmissionFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from autograder.course.submission import Submission

_TRIES = 2  # a submission whose worker died is tried once more, then it is a grader error
_MOST_DEATHS = 4  # of a pool in a row, with no record between them: then it is the place
_LOOK_SECONDS = 5.0
_MOST_BYTES = 2 * 2**20  # of a chunk of several: what Dask, for one, moves without a warning


class _Chunk(NamedTuple):
    units: tuple[Submission, ...]
    tries: int = 1
    alone: bool = False  # a worker died with it: nobody else shall be blamed or lost the next time


class _Source:
    """The chunks still to be sent: first those that come back, then new ones, at last those that go alone."""

    def __init__(self, units: Iterable[Submission]) -> None:
        self._units = iter(units)
        self._ahead = next(self._units, None)
        self._again = deque[_Chunk]()
        self._alone = deque[_Chunk]()

    @property
    def alone(self) -> bool:
        """Tell whether the next one goes alone."""
        return not self._again and self._ahead is None and bool(self._alone)

    def next(self, most: Callable[[str], int]) -> _Chunk | None:
        """A chunk of as many submissions as `most` says for their assignment; None when all have been sent."""
        if self._again:
            return self._again.popleft()
        units: list[Submission] = []
        while self._ahead is not None and (not units or _fits(self._ahead, units, most)):
            units.append(self._ahead)
            self._ahead = next(self._units, None)
        if units:
            return _Chunk(tuple(units))
        return self._alone.popleft() if self._alone else None

    def take_back(self, chunk: _Chunk, *, alone: bool) -> None:
        """Send them again, each for itself; that several were lost together is not yet held against any of them."""
        tries = chunk.tries + (len(chunk.units) == 1)
        (self._alone if alone else self._again).extend(_Chunk((unit,), tries, alone) for unit in chunk.units)


def _fits(unit: Submission, units: list[Submission], most: Callable[[str], int]) -> bool:
    """Tell whether there is room for `unit` beside `units`."""
    assignment, filled = units[0].assignment, sum(len(other.data) for other in units)
    return unit.assignment == assignment and len(units) < most(assignment) and filled < _MOST_BYTES


def _one(_assignment: str) -> int:
    return 1


class _Ticker:
    """Tells whom we wait for while an executor grades where it is called (`--jobs 1`), so that nobody else could."""

    def __init__(self, waiting: Callable[[Sequence[Submission], float, str], None] | None) -> None:
        self._over = threading.Event()
        self._at: tuple[tuple[Submission, ...], float] = (), 0.0
        if waiting is not None:
            threading.Thread(target=self._tell, args=(waiting,), daemon=True).start()

    def _tell(self, waiting: Callable[[Sequence[Submission], float, str], None]) -> None:
        while not self._over.wait(_LOOK_SECONDS):
            units, since = self._at
            if units and (seconds := time.monotonic() - since) >= _LOOK_SECONDS:
                waiting(units, seconds, "")

    def submit(self, executor: Executor, units: tuple[Submission, ...]) -> Future[list[Record]]:
        """Hand them to the executor, however long it keeps us."""
        self._at = units, time.monotonic()
        try:
            return executor.submit(local_workers.grade, units)
        finally:
            self._at = (), 0.0

    def stop(self) -> None:
        """Stop the thread that tells."""
        self._over.set()


def graded(
    make: Callable[[], Executor],
    units: Iterable[Submission],
    waiting: Callable[[Sequence[Submission], float, str], None] | None = None,
) -> Iterator[tuple[Submission, Record]]:
    """Yield records as they are finished; raises `StoppedError` where workers die again and again and grade nothing.

    A dead worker process breaks its whole pool: then a new one is made, and what was under way is tried again, each
    submission alone. `waiting` gets what is under way, for how many seconds nothing was finished, and why, if known.
    """
    executor, ticker = make(), _Ticker(waiting)
    try:
        source, running = _Source(units), dict[Future[list[Record]], _Chunk]()
        lost: list[tuple[Submission, Record]] = []
        deaths, last = 0, time.monotonic()
        while True:
            broken = not _keep_busy(executor, running, source, ticker)
            if not running:
                yield from lost
                return
            finished, _ = wait(running, timeout=0 if broken else _LOOK_SECONDS, return_when=FIRST_COMPLETED)
            if broken or any(isinstance(future.exception(), BrokenExecutor) for future in finished):
                deaths += 1
                words = _last_words(executor)
                executor.shutdown(wait=False)
                if deaths >= _MOST_DEATHS:
                    raise StoppedError(f"grading processes died {deaths} times in a row{words}; what is done is kept")
                executor = make()
                finished = set(running)
            if not finished:
                _tell(executor, running, time.monotonic() - last, waiting)
            for future in finished:
                chunk = running.pop(future)
                error = future.exception() if future.done() else BrokenExecutor("the worker died")
                if error is None:
                    deaths, last = 0, time.monotonic()
                    yield from lost
                    lost.clear()
                    yield from zip(chunk.units, future.result(), strict=True)
                elif isinstance(error, StoppedError):
                    raise error
                elif len(chunk.units) == 1 and (chunk.tries >= _TRIES or isinstance(error, GivenUpError)):
                    lost.append((chunk.units[0], _lost(chunk.units[0], error)))  # told when it was not the place
                else:
                    source.take_back(chunk, alone=isinstance(error, BrokenExecutor))
    finally:
        ticker.stop()
        executor.shutdown(wait=True, cancel_futures=True)


def _last_words(executor: Executor) -> str:
    words: str = getattr(executor, "last_words", str)()
    return f": {words}" if words else ""


def _tell(
    executor: Executor,
    running: dict[Future[list[Record]], _Chunk],
    seconds: float,
    waiting: Callable[[Sequence[Submission], float, str], None] | None,
) -> None:
    """Say whom we wait for; an executor may know why, or that it is in vain, and raise `StoppedError`."""
    why: str = getattr(executor, "waited", str)()
    if waiting is not None:
        waiting([unit for chunk in running.values() for unit in chunk.units], seconds, why)


def _keep_busy(
    executor: Executor, running: dict[Future[list[Record]], _Chunk], source: _Source, ticker: _Ticker
) -> bool:
    """Keep the executor busy; False where it broke a moment ago, and nobody has heard of it yet."""
    while len(running) < max(2 * getattr(executor, "workers", 0), 1):
        if running and (source.alone or any(chunk.alone for chunk in running.values())):
            return True
        chunk = source.next(getattr(executor, "chunk", _one))
        if chunk is None:
            return True
        try:
            running[ticker.submit(executor, chunk.units)] = chunk
        except BrokenExecutor as error:
            lost: Future[list[Record]] = Future()
            lost.set_exception(error)
            running[lost] = chunk
            return False
    return True


def _lost(handed_in: Submission, error: BaseException) -> Record:
    return Record(
        assignment=handed_in.assignment,
        student=handed_in.student,
        status=Status.GRADER_ERROR,
        message=str(error) if isinstance(error, GivenUpError) else f"the grading process failed: {error!r}",
        submission=SubmissionFile(path=handed_in.path, sha256=handed_in.sha256),
        score=None,
        max_score=0.0,
    )
