"""What is remembered of a submission: once, failures with the check that met them, and clean answers."""

from __future__ import annotations

import traceback

import pytest

from autograder.suite.answer_cache import AnswerCache
from autograder.suite.failures import StudentFailure


def test_value_is_worked_out_once() -> None:
    """The second caller gets the first one's."""
    memory, made = AnswerCache(lambda: False), []

    assert [memory.recall("key", lambda: made.append(1) or len(made)) for _ in range(2)] == [1, 1]  # type: ignore[func-returns-value]


def test_failure_is_the_same_in_each_check() -> None:
    """It is raised again, and marked as one that checks share."""
    memory, met = AnswerCache(lambda: False), []

    def make() -> None:
        raise StudentFailure("error", "f raised")

    for check in ("f.first", "f.second"):
        memory.current_check = check
        with pytest.raises(StudentFailure) as raised:
            memory.recall("key", make)
        met.append(raised.value)

    assert met[0] is met[1]
    assert met[0].shared


def test_what_is_asked_after_hidden_inputs_is_not_clean() -> None:
    """Nor is anything that comes later, in whatever memory of the submission; what was asked before stays clean."""
    seen: list[int] = []
    memory = AnswerCache(lambda: bool(seen))
    memory.recall("before", lambda: 1)
    seen.append(4321)
    beside = memory.beside()
    memory.recall("after", lambda: 2)
    beside.recall("after", lambda: 3)

    assert memory.is_clean("before")
    assert not memory.is_clean("after")
    assert not beside.is_clean("after")


def test_failure_raised_again_and_again_stays_as_short() -> None:
    """Each check that meets a remembered failure sees its own way to it, not everybody's."""
    memory, lengths = AnswerCache(lambda: False), []

    def make() -> None:
        raise StudentFailure("error", "f raised")

    for _ in range(5):
        with pytest.raises(StudentFailure) as raised:
            memory.recall("key", make)
        lengths.append(len(traceback.extract_tb(raised.value.__traceback__)))

    assert len(set(lengths)) == 1
