"""`--cluster ADDRESS`: the same unit of work on the workers of a Dask cluster. The worker's end is `dask_worker`.

What travels: to every worker once the course (settings, notebooks, suites) as bytes; per chunk of submissions the
bytes of its `Submission`s out and those of their `Record`s back, all checked against their types on arrival. No disk is
shared. A task costs Dask some milliseconds, whatever is in it (`benchmarks/cluster_overhead.py`): quick submissions
travel together, as many as keep a worker busy for a quarter of a second.

Trust. Dask moves its own messages with pickle, between client, scheduler and workers, all of which are the course's
own. Nothing that a student's process sent is ever among what is unpickled: it reaches the worker as typed frames
(see `sandbox.protocol`), becomes text and numbers of a record there, and travels on as one string of bytes.
Whoever can reach the scheduler's port can run code on the workers and read the course: keep it to trusted hosts,
or use `tls://` (docs/cluster.md).

What may break: a worker that is lost costs its submissions a retry, by Dask itself, on another one; a submission
that workers keep dying under becomes a grader error; without the scheduler, with one that answers no more, or without
any worker for long, the run stops and keeps what is done. Nothing is waited for without end, or long without a line.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import secrets
import sys
import threading
import time
import warnings
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from distributed import Client
from distributed.scheduler import KilledWorker

from autograder.course.assignment import read_assignment
from autograder.errors import GivenUpError, StoppedError, UsageError
from autograder.grading import dask_worker
from autograder.record import Record
from autograder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from autograder.course.settings import Course

GATEWAY = "gateway:"  # and the name that Dask Gateway gave to a cluster: its address alone opens no door
CONNECT_SECONDS = 10.0
JOIN_SECONDS = 60.0  # for the first worker to join: clusters that are just starting take a while
SAY_SECONDS = 30.0  # after which a line says what is waited for
ANSWER_SECONDS = 120.0  # for the scheduler, and at the start each worker, to answer
IDLE_SECONDS = 300.0  # without any worker, in the middle of a run: a batch system may start another one
_COUNT_SECONDS = 2.0  # between two counts of the workers
_PARCEL_SECONDS = 0.25  # of work in one task: fifty times what a task costs, and soon enough for whoever watches
_MOST_IN_PARCEL = 32  # submissions


T = TypeVar("T")


class ClusterPool(Executor):
    """Grades on the cluster at `address`; raises `UsageError` where that can't be, before anything is graded."""

    def __init__(self, course: Course, address: str, assignments: Iterable[str], *, sandbox: bool) -> None:
        for name in ("distributed", "distributed.client", "tornado.application", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what matters is said here, in one line
        self._address = address
        self._client = _connect(address)
        self._left = threading.Event()
        try:
            here = dask_worker.versions()
            self._refuse_other_versions(here)
            self._run = f"autograder-{secrets.token_hex(8)}"
            names = tuple(assignments)
            files = course_files(course, names)
            plugin = dask_worker.CoursePlugin(self._run, files, here, sandbox=sandbox, assignments=names)
            self._hand_out(plugin)
        except BaseException:
            self._client.close(timeout=1)
            raise
        self._sent: set[Any] = set()
        self.workers = 1  # how many there are, which decides how many submissions are under way at once
        self._answered = self._worked = time.monotonic()  # when the scheduler, when any worker, was last seen
        self._chunks: dict[str, int] = {}
        threading.Thread(target=self._count, daemon=True).start()

    def _refuse_other_versions(self, here: dict[str, str]) -> None:
        try:
            there = within(ANSWER_SECONDS, lambda: self._client.run_on_scheduler(dask_worker.versions), self._name)
            places = {"the scheduler": there}
            everybody = f"every worker of {self._name}"
            found = within(ANSWER_SECONDS, lambda: self._client.run(dask_worker.versions), everybody)
            for address, there in found.items():
                places[f"the worker {address}"] = there
        except ModuleNotFoundError as error:
            raise UsageError(
                f"the cluster at {self._address} has no module {error.name}: install there what is installed here"
            ) from error
        for place, there in places.items():
            if what := dask_worker.difference(here, there):
                raise UsageError(f"{place} has other versions: {what}; install the same on both sides")

    def _hand_out(self, plugin: dask_worker.CoursePlugin) -> None:
        everybody = f"every worker of {self._name}"
        try:
            within(ANSWER_SECONDS, lambda: self._client.register_plugin(plugin, name=self._run), everybody)
        except UsageError:
            raise
        except Exception as error:
            raise UsageError(
                f"the workers at {self._address} can't take the course ({_words(error)}): "
                "give them a --local-directory with room"
            ) from error

    @property
    def _name(self) -> str:
        return f"the scheduler at {self._address}"

    def _count(self) -> None:
        """Count the workers again and again: a scheduler that hangs holds up the thread that does it and no other."""
        while not self._left.wait(_COUNT_SECONDS):
            with contextlib.suppress(Exception):  # of a scheduler that is gone the next submission tells
                workers = len(self._client.nthreads())
                self._answered = time.monotonic()
                self._worked = self._answered if workers else self._worked
                self.workers = max(1, workers)

    def waited(self) -> str:
        """Say why nothing is finished, as far as is known; raises `StoppedError` where waiting is in vain."""
        silent, idle = time.monotonic() - self._answered, time.monotonic() - self._worked
        again = "and run the same command again; what is done is kept"
        if silent > ANSWER_SECONDS:
            raise StoppedError(f"{self._name} has not answered for {silent:.0f} s: see to it, {again}")
        if silent > SAY_SECONDS:
            return f"{self._name} does not answer"
        if idle > IDLE_SECONDS:
            raise StoppedError(f"{self._name} has had no worker for {idle:.0f} s: start some, {again}")
        return f"{self._name} has no worker" if idle > _COUNT_SECONDS * 3 else ""

    def chunk(self, assignment: str) -> int:
        """Return how many submissions for `assignment` to send at once, by how long the last ones took."""
        return self._chunks.get(assignment, 1)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Send a chunk out."""
        (chunk,) = args
        result: Future[list[Record]] = Future()
        data = msgspec.msgpack.encode(chunk)
        try:
            sent = self._client.submit(dask_worker.work, fn, data, self._run, pure=False, **kwargs)
        except Exception as error:  # whatever Dask says of a connection that is gone
            result.set_exception(self._gone(error))
            return result
        self._sent.add(sent)  # Dask forgets what nobody holds
        sent.add_done_callback(lambda done: self._settle(done, result))
        return result

    def _settle(self, done: Any, result: Future[list[Record]]) -> None:
        """Turn what Dask gave into records or into one of our errors; in a thread of Dask's."""
        try:
            records = msgspec.msgpack.decode(done.result(), type=list[Record])
            mean = sum(record.seconds for record in records) / len(records)
            self._chunks[records[0].assignment] = parcel_of(mean)
            result.set_result(records)
        except BaseException as error:  # a future that nobody settles is waited for for ever
            remote = done.status == "error"  # else it is the connection that broke
            match error:
                case KilledWorker():
                    result.set_exception(GivenUpError("every worker that began to grade it died"))
                case dask_worker.RefusedError():
                    words = f"{error}; take it off the cluster and run the same command again"
                    result.set_exception(StoppedError(words))
                case _:
                    result.set_exception(error if remote else self._gone(error))
        finally:
            self._sent.discard(done)

    def _gone(self, error: BaseException) -> StoppedError:
        return StoppedError(
            f"the scheduler at {self._address} is gone ({type(error).__name__}): "
            "start one and run the same command again; what is done is kept"
        )

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take back what is under way, have the workers forget the course, and leave."""
        self._left.set()
        if self._client.status == "running" and time.monotonic() - self._answered < SAY_SECONDS:
            with contextlib.suppress(Exception):  # one that is gone, or hangs, has nothing to forget
                within(SAY_SECONDS, lambda: self._client.cancel(list(self._sent)), self._name)
                within(SAY_SECONDS, lambda: self._client.unregister_worker_plugin(name=self._run), self._name)
        with contextlib.suppress(Exception):
            within(SAY_SECONDS, lambda: self._client.close(timeout=2), self._name)


def within(seconds: float, ask: Callable[[], T], whom: str) -> T:
    """Return or raise what `ask` does; after a while a line says who is waited for, after `seconds` a `UsageError`."""
    answer: Future[T] = Future()

    def work() -> None:
        try:
            answer.set_result(ask())
        except BaseException as error:  # raised where it is waited for
            answer.set_exception(error)

    threading.Thread(target=work, daemon=True).start()  # if it never ends, it ends with this process
    with contextlib.suppress(TimeoutError):
        return answer.result(min(SAY_SECONDS, seconds))
    if not answer.done() and seconds > SAY_SECONDS:
        sys.stderr.write(f"waiting {SAY_SECONDS:.0f} s for {whom} to answer\n")
        with contextlib.suppress(TimeoutError):
            return answer.result(seconds - SAY_SECONDS)
    if answer.done():
        return answer.result()
    raise UsageError(f"{whom} has not answered for {seconds:.0f} s: see to it, and run the same command again")


def parcel_of(seconds: float) -> int:
    """Return how many submissions make a chunk if each takes `seconds`."""
    return max(1, min(_MOST_IN_PARCEL, round(_PARCEL_SECONDS / max(seconds, 1e-3))))


def _connect(address: str) -> Client:
    try:
        with warnings.catch_warnings(action="ignore"):  # of versions, which are compared below
            client = within(2 * CONNECT_SECONDS, lambda: _client(address), f"the scheduler at {address}")
    except Exception as error:  # an address can be wrong in as many ways as there are transports
        raise UsageError(
            f"no Dask scheduler answers at {address} ({_words(error)}): give the address that it prints, "
            f"such as tcp://HOST:8786, or {GATEWAY}NAME"
        ) from error
    try:
        within(JOIN_SECONDS, lambda: client.wait_for_workers(1), f"a worker of the scheduler at {address}")
    except Exception as error:
        client.close(timeout=1)
        raise UsageError(
            f"no worker has joined the scheduler at {address} within {JOIN_SECONDS:g} s: "
            f"start one with `dask worker {address} --nthreads 1`"
        ) from error
    return client


def _client(address: str) -> Client:
    gc.collect()  # a client that failed closes when it is collected; while another starts, both would wait for ever
    if not address.startswith(GATEWAY):
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    from dask_gateway import Gateway

    return Gateway().connect(address.removeprefix(GATEWAY)).get_client(set_as_default=False)


def _words(error: BaseException) -> str:
    return one_line(str(error), 300) or type(error).__name__


def course_files(course: Course, assignments: Iterable[str]) -> dict[str, bytes]:
    """Read the files of the course's folder that grading needs, by relative path."""
    chosen = course.settings_files()
    for name in assignments:
        read_assignment(course, name)  # says in words what is missing
        chosen += course.lab_files(name)
    return {path.relative_to(course.root).as_posix(): path.read_bytes() for path in dict.fromkeys(chosen)}
