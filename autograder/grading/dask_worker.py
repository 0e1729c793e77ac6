"""The worker's end of `--cluster`: what runs in a Dask worker process. The client's end is `dask_client`.

A worker process holds one `Grader`, so one warm server, which is started when its first submission arrives and
states in each record how it confines. The course comes with the plugin, as bytes, and is unpacked into a folder of
mode 0700 below the worker's own local directory: Dask removes that one even after a SIGKILL, and no student's
process can read it (see `sandbox.confinement.policy`). A process grades one submission at a time, however many threads
it has.
"""

from __future__ import annotations

import asyncio
import platform
import shutil
import sys
import tempfile
import threading
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from distributed import WorkerPlugin, get_worker

from autograder.course.settings import load_course
from autograder.course.submission import Submission
from autograder.errors import GraderError, KitError
from autograder.grading import fingerprint, local_workers
from autograder.sandbox.errors import SandboxUnavailable
from autograder.version import VERSION, kit_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from autograder.record import Record

_BUSY = threading.Lock()  # one submission at a time in this process
_ready_for: CoursePlugin | None = None  # the run that this process' grader was started for


class RefusedError(KitError):
    """This worker must not grade for this run; the message says why."""


def versions() -> dict[str, str]:
    """Return this process' versions, less a build's label (`+cpu`): each worker computes its own reference values."""
    found = {name: version(name).partition("+")[0] for name in ("distributed", *fingerprint.PACKAGES)}
    kit = f"{VERSION} (code {kit_hash().hex()[:12]})"
    return {"python": platform.python_version(), **found, "autograder": kit}


def difference(here: dict[str, str], there: dict[str, str]) -> str:
    """Say in words what differs; "" if nothing does."""
    return ", ".join(
        f"{name} {there.get(name, 'missing')} there, {mine} here"
        for name, mine in here.items()
        if there.get(name) != mine
    )


class CoursePlugin(WorkerPlugin):  # type: ignore[misc]  # distributed is untyped
    """Brings the course to every worker, also to those that join later. One per run, told apart by `name`."""

    def __init__(
        self,
        name: str,
        files: dict[str, bytes],
        client: dict[str, str],
        *,
        sandbox: bool,
        assignments: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.assignments = assignments
        self.sandbox = sandbox
        self.refusal = ""
        self.root: Path | None = None
        self._files = files
        self._client = client

    def setup(self, worker: Any) -> None:
        """Compare versions, unpack the course. It must be quick: the worker answers nobody meanwhile."""
        self.refusal = difference(self._client, versions())
        if self.refusal:
            return
        self.root = Path(tempfile.mkdtemp(prefix="course-", dir=worker.local_directory))
        for name, data in self._files.items():
            file = self.root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        self._files = {}

    async def teardown(self, worker: Any) -> None:  # distributed is untyped
        """End the grader and remove the course."""
        await asyncio.to_thread(self._end)

    def _end(self) -> None:
        with _BUSY:
            if _ready_for is self:
                _stop()
            if self.root is not None:
                shutil.rmtree(self.root, ignore_errors=True)


def _stop() -> None:
    """End this process' grader, with what it has imported: another run's suite may have the same name."""
    global _ready_for  # what belongs to this process, as in `local_workers`
    local_workers.stop()
    if _ready_for is not None and (root := _ready_for.root) is not None:
        for name, module in list(sys.modules.items()):
            if (file := getattr(module, "__file__", None)) and Path(file).is_relative_to(root):
                del sys.modules[name]
        sys.path[:] = [entry for entry in sys.path if not Path(entry).is_relative_to(root)]
    _ready_for = None


def _prepare(run: str) -> None:
    """Get this process' grader ready for `run`; raises `RefusedError`."""
    global _ready_for  # see `_stop`
    worker = get_worker()
    plugin = worker.plugins.get(run)
    if plugin is None or plugin.refusal:
        why = plugin.refusal if plugin else "the course has not reached it"
        raise RefusedError(f"the worker {worker.address} on {platform.node()} can't take part: {why}")
    if plugin is _ready_for:
        return
    _stop()
    try:
        course = load_course(plugin.root)
        local_workers.start(course, sandbox=plugin.sandbox, assignments=plugin.assignments, huge_pages=True)
    except (SandboxUnavailable, GraderError) as error:
        raise RefusedError(f"the worker {worker.address} on {platform.node()} can't take part: {error}") from error
    _ready_for = plugin


def work(grade: Callable[[Sequence[Submission]], list[Record]], chunk: bytes, run: str) -> bytes:
    """Grade a chunk with both ends as bytes. Raises nothing but `RefusedError`, unless we are at fault."""
    with _BUSY:
        _prepare(run)
        return msgspec.msgpack.encode(grade(msgspec.msgpack.decode(chunk, type=list[Submission])))
