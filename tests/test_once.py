"""What is computed once per batch: in one process, and in several that share values."""

from __future__ import annotations

import errno
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

import pytest
from small_course import write_course

from autograder.course.settings import load_course
from autograder.grading.local_workers import LocalPool
from autograder.suite import shared_cache
from autograder.suite.shared_cache import SharedValues, once_per_batch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NUMBERS = [0.1 + 0.2, 1e-308, -0.0, 123456789.123456789]


@pytest.fixture
def shared() -> Iterator[SharedValues]:
    """One that this process looks into."""
    made = SharedValues()
    shared_cache.share(made)
    yield made
    shared_cache.share(None)
    made.close()


def squares(counted: list[int]) -> object:
    """A new function that notes its calls: as in another process, nothing is remembered for it yet."""

    def square(number: int) -> list[float]:
        counted.append(number)
        return [number * 0.1, *NUMBERS]

    return once_per_batch(square)


def test_alone_a_process_remembers() -> None:
    """The second call with the same argument computes nothing."""
    counted: list[int] = []
    square = squares(counted)
    assert callable(square)

    assert square(3) == square(3) == [3 * 0.1, *NUMBERS]
    assert square(4) != square(3)
    assert counted == [3, 4]


def test_what_another_has_computed_is_read(shared: SharedValues) -> None:
    """To the last bit, and whatever was noted before or after it."""
    first: list[int] = []
    second: list[int] = []
    here, there = squares(first), squares(second)
    assert callable(here)
    assert callable(there)

    assert [here(1), there(2), there(1), here(2)] == [[n * 0.1, *NUMBERS] for n in (1, 2, 1, 2)]
    assert (first, second) == ([1], [2])
    assert len(shared._known) == 2


@pytest.mark.usefixtures("shared")
def test_a_full_disk_costs_a_computation_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry that did not fit leaves no half of itself, one that can't be written at all is no error."""
    counted: list[int] = []
    here, there = squares(counted), squares(counted)
    assert callable(here)
    assert callable(there)
    plain = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda file, line, place: plain(file, line[:5], place))
    answers = [here(1)]
    monkeypatch.setattr(os, "pwrite", _full)
    answers += [here(2)]
    monkeypatch.setattr(os, "pwrite", plain)
    answers += [there(1), there(2), there(1)]

    assert answers == [[n * 0.1, *NUMBERS] for n in (1, 2, 1, 2, 1)]
    assert counted == [1, 2, 1, 2]


def _full(*_args: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def work(number: int) -> list[float]:
    """In a worker: its process, and what the batch knows of `number`."""
    return [os.getpid(), *_answer(number)]


@once_per_batch
def _answer(number: int) -> list[float]:
    return [number, os.getpid()]


def test_processes_share_one(shared: SharedValues) -> None:
    """Workers that were spawned with them give the same answers, each worked out by one of them."""
    with ProcessPoolExecutor(
        2, mp_context=multiprocessing.get_context("spawn"), initializer=shared_cache.share, initargs=(shared,)
    ) as pool:
        seen = list(pool.map(work, [number % 20 for number in range(400)]))
    authors: dict[float, set[float]] = {}
    for _, number, author in seen:
        authors.setdefault(number, set()).add(author)

    assert len(authors) == 20
    assert all(f"{__name__}._answer({number:.0f},)" in shared for number in authors)
    assert {worker for worker, *_ in seen} >= set.union(*authors.values())


def test_a_pool_lets_go_of_what_it_shared(tmp_path: Path) -> None:
    """Its file is closed when the pool is shut down; to shut down again does no harm."""
    pool = LocalPool(load_course(write_course(tmp_path)), jobs=2, sandbox=True)
    open_before = not pool._values._file.closed
    pool.shutdown()
    pool.shutdown()

    assert open_before
    assert pool._values._file.closed
