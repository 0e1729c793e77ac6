"""Clusters to grade on, and units of work to send there."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.course.submission import Submission
from autograder.grading import local_workers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.record import Record

SCRIPT = Path(__file__).with_name("local_cluster.py")


class Local:
    """A `LocalCluster` in processes of its own."""

    def __init__(self, workers: int, folder: Path, first_on_path: Path | None = None) -> None:
        self.folder = folder
        arguments = [str(workers), str(folder), *([str(first_on_path)] if first_on_path else [])]
        self.process = subprocess.Popen(
            [sys.executable, str(SCRIPT), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        assert self.address.startswith("tcp://")

    def kill_scheduler(self) -> None:
        """SIGKILL: the scheduler says nothing to anybody."""
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()


@contextlib.contextmanager
def local(workers: int, folder: Path, first_on_path: Path | None = None) -> Iterator[Local]:
    """A cluster for a while."""
    cluster = Local(workers, folder, first_on_path)
    try:
        yield cluster
    finally:
        cluster.close()


def units(sources: dict[str, str]) -> Iterator[Submission]:
    """What students handed in, without a folder."""
    for student, source in sources.items():
        yield Submission(student=student, assignment="tiny", path=f"{student}/tiny/tiny.py", data=source.encode())


def until(found: object, seconds: float = 120) -> None:
    """Wait until calling `found` gives something."""
    assert callable(found)
    deadline = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def course_modes(dask_worker: Any) -> list[int]:
    """In a worker: the modes of the folders that hold courses, by now."""
    plugins = [plugin for plugin in dask_worker.plugins.values() if hasattr(plugin, "refusal")]
    assert all((plugin.root / "course.yml").is_file() for plugin in plugins)
    return [plugin.root.stat().st_mode & 0o777 for plugin in plugins]


def mortal(chunk: list[Submission]) -> list[Record]:
    """In place of grading: under ann's submission the worker process dies."""
    if any(handed_in.student == "ann" for handed_in in chunk):
        os._exit(137)
    return local_workers.grade(chunk)
