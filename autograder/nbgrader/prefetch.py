"""Grade ahead of nbgrader's loop: workers are at the next submissions while nbgrader writes down the last one.

nbgrader converts one submission after another in one thread, which takes longer than to grade a small one on two
cores. So the batch runs beside it, in a thread that mostly waits for its workers, and the loop waits for the
submission that it has come to. When the loop is stopped or dies, the thread ends with what is under way.
"""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

from autograder.errors import StoppedError
from autograder.grading.local_workers import LocalPool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor

    from autograder.record import Record

    Make = Callable[[], Executor]
    Run = Callable[[Make, Callable[[Record], None]], None]


class Ahead:
    """A batch under way. `run` gets what makes its workers and what to call with each record, and does all of it."""

    def __init__(self, students: Iterable[str], make: Make, run: Run) -> None:
        self._events = {student: threading.Event() for student in students}
        self._graded: set[str] = set()
        self._make = make
        self._pool: LocalPool | None = None
        self._loop = threading.current_thread()
        self._stopped = False
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._main, args=(run,), name="grading ahead")
        self._thread.start()

    def wait(self, student: str) -> None:
        """Wait until the student's record is written; raises what stopped the batch before that."""
        if (event := self._events.get(student)) is not None:
            event.wait()
            if student not in self._graded and self._error is not None:
                raise self._error

    def finish(self) -> None:
        """Wait until all of it is done."""
        self._thread.join()

    def stop(self) -> None:
        """End soon: what is under way is not wanted any more."""
        self._stopped = True
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _main(self, run: Run) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # Ctrl-C is for nbgrader's loop
        try:
            run(self._executor, self._done)
        except BaseException as error:  # raised where the loop waits: an older record must not pass
            self._error = error
        finally:
            for event in self._events.values():
                event.set()

    def _executor(self) -> Executor:
        self._check()
        made = self._make()
        self._pool = made if isinstance(made, LocalPool) else None  # this process' own grader ends by itself
        return made

    def _done(self, record: Record) -> None:
        self._graded.add(record.student)
        self._events[record.student].set()
        self._check()

    def _check(self) -> None:
        if self._stopped or not self._loop.is_alive():
            raise StoppedError("nbgrader's loop has ended")
