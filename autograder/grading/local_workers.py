"""Executors that grade: in this process, or in several on this machine.

The unit is one `Submission` in, one `Record` out, sent in chunks (see `scheduler`) through the interface of
`concurrent.futures`. A worker process holds one `Grader`; it is started by `spawn`, with nothing of this process but
the course's root, the names of the assignments, a socket from which it takes its share in the one warm server of all
workers, and the values that are computed once for all of them (see `suite.shared_cache`).
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import multiprocessing
import signal
import sys
import types
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import util
from typing import TYPE_CHECKING, Any

from autograder.course.settings import load_course
from autograder.errors import GraderError, StoppedError
from autograder.grading import machine
from autograder.grading.warm_server import MEMORY, warm_server
from autograder.sandbox.confinement.privileges import die_with_parent
from autograder.sandbox.lease import Lease
from autograder.sandbox.server_client import Branch
from autograder.suite import shared_cache

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from autograder.course.settings import Course
    from autograder.course.submission import Submission
    from autograder.grading.grader import Grader
    from autograder.record import Record
    from autograder.sandbox.server_client import Link

_GRADER: Grader | None = None
"""The one grader of a worker process."""
_SERVER: Link | None = None
"""The server that its children come from."""

_unfit = ""  # why this worker process could not be prepared


def grade(chunk: Sequence[Submission]) -> list[Record]:
    """Return a record for each, in a worker that `start` has prepared."""
    if _unfit:
        raise StoppedError(_unfit)
    assert _GRADER is not None
    return [_GRADER.grade(handed_in) for handed_in in chunk]


def start(
    course: Course,
    *,
    sandbox: bool,
    assignments: Sequence[str] = (),
    huge_pages: bool = False,
    server: Link | None = None,
) -> None:
    """Prepare this process; raises `SandboxUnavailable`, and `StoppedError` where no warm server can be had."""
    global _GRADER, _SERVER  # what a pool's initializer is for
    atexit.register(gc.freeze)  # with torch there, a last search for garbage takes half a second
    # First of all: it gets warm while the rest is imported.
    _SERVER = server or warm_server(course, assignments, sandbox=sandbox, huge_pages=huge_pages)
    from autograder.grading.grader import Grader

    try:
        _GRADER = Grader(course, sandbox=sandbox, server=_SERVER, assignments=assignments)
    except BaseException:
        stop()
        raise


def stop() -> None:
    """End this process' grader and its server."""
    global _GRADER, _SERVER  # see `start`
    if _GRADER is not None:
        _GRADER.close()
    if _SERVER is not None:
        _SERVER.close()
    _GRADER = _SERVER = None


_WORTH_A_PROCESS = 4  # submissions: to start a process that grades takes as long as to grade a few
_WORTH_HUGE_PAGES = 64  # submissions: half a second at the start, and each child saves a hundredth


class InProcess(Executor):
    """Grades where it is called: for one job."""

    def __init__(
        self, course: Course, *, sandbox: bool, assignments: Sequence[str] = (), huge_pages: bool = False
    ) -> None:
        start(course, sandbox=sandbox, assignments=assignments, huge_pages=huge_pages)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run the function now, in this process."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # handed to whoever asks for the result
            future.set_exception(error)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End this process' grader."""
        stop()


class LocalPool(ProcessPoolExecutor):
    """Grades in `jobs` processes of this machine, which share one warm server."""

    def __init__(
        self, course: Course, *, jobs: int, sandbox: bool, assignments: Sequence[str] = (), huge_pages: bool = False
    ) -> None:
        self._server = warm_server(course, assignments, sandbox=sandbox, branches=jobs, huge_pages=huge_pages)
        self._values = shared_cache.SharedValues()
        with _findable_semaphores():
            super().__init__(
                jobs,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_start_worker,
                initargs=(course.root, sandbox, tuple(assignments), self._server.handoff, self._values),
            )
        self._under_way: set[Future[Any]] = set()
        self.workers = jobs

    def last_words(self) -> str:
        """Say why its processes died, as far as is known."""
        return "; ".join(filter(None, (self._server.last_words(), machine.too_little_memory(self.workers))))

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Queue it; a process is started where one is due."""
        with _quiet_start():
            future = super().submit(fn, *args, **kwargs)
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # Executor's
        """End the workers: at once if what they are at is not wanted any more (Ctrl-C), else when they are idle."""
        if cancel_futures and self._under_way:
            for process in list((self._processes or {}).values()):
                process.terminate()  # its warm server sees that, and cleans up
        super().shutdown(wait, cancel_futures=cancel_futures)
        self._server.close()
        self._values.close()


def local(
    course: Course, *, jobs: int, pending: int, sandbox: bool, assignments: Sequence[str]
) -> Callable[[], Executor]:
    """Return what makes this machine's workers: up to `jobs` processes, as far as the work fills them."""
    jobs = min(jobs, pending // _WORTH_A_PROCESS)
    kind = InProcess if jobs <= 1 else functools.partial(LocalPool, jobs=jobs)
    huge_pages = pending >= _WORTH_HUGE_PAGES
    return lambda: kind(course, sandbox=sandbox, assignments=tuple(assignments), huge_pages=huge_pages)


def elsewhere(work: Callable[[], Any]) -> None:
    """Do `work` in a process of its own, and wait for it: what computes for long would hold up this process' threads.

    Raises what it raised.
    """
    with _findable_semaphores():
        pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_tie_to_parent)
    with pool:
        with _quiet_start():
            done = pool.submit(work)
        done.result()


def _tie_to_parent() -> None:
    """Ignore Ctrl-C in this worker; on Linux it ends with the process that has started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # see `_quiet_start`
    parent = multiprocessing.parent_process()
    if parent is not None and sys.platform == "linux":
        die_with_parent(parent.pid)  # else a worker waits for ever for its killed parent's orders


def _start_worker(
    root: Path,
    sandbox: bool,  # a pool passes positions only
    assignments: tuple[str, ...],
    handoff: socket.socket,
    values: shared_cache.SharedValues,
) -> None:
    global _unfit  # see `start`
    _tie_to_parent()
    shared_cache.share(values)
    try:
        start(load_course(root), sandbox=sandbox, assignments=assignments, server=Branch(handoff))
    except Exception as error:  # it would be printed here, once per worker, and told to nobody
        _unfit = f"a grading process can't start: {error or repr(error)}"
    atexit.register(stop)


@contextlib.contextmanager
def _quiet_start() -> Iterator[None]:
    """Keep from a worker that is started here what it must not inherit.

    The main module: `spawn` would import it again in every worker, 4 s each under nbgrader's. Ctrl-C, which the
    terminal sends to workers too, and which would end one that is still importing with a traceback: blocked.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        sys.modules["__main__"] = main


@functools.cache
def _lease() -> Lease | None:
    """This process' share of the memory that processes share by name; None where there is none to be had."""
    try:
        lease = Lease(MEMORY)
    except OSError:
        return None
    util.Finalize(None, lease.close, exitpriority=-1)  # after the semaphores themselves
    return lease


@contextlib.contextmanager
def _findable_semaphores() -> Iterator[None]:
    """Have a pool name its semaphores after our lease: a run that is killed with all its helpers leaves them behind."""
    config = multiprocessing.current_process()._config  # type: ignore[attr-defined]  # noqa: SLF001  # where their prefix stands
    usual = config["semprefix"]
    if (lease := _lease()) is not None:
        config["semprefix"] = f"/{lease.folder.name}"
    try:
        yield
    except OSError as error:
        raise GraderError(
            f"processes can't share semaphores here, in {MEMORY}: {error.strerror}; make it a tmpfs that all may write "
            "to, or grade with `--jobs 1`"
        ) from error
    finally:
        config["semprefix"] = usual
