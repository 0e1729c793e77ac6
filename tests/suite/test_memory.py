"""What is remembered of a submission: once, failures with the check that met them, and clean answers."""

from __future__ import annotations

import traceback

import pytest

from autograder.suite.failures import StudentFailure
from autograder.suite.memory import Memory


def test_value_is_worked_out_once() -> None:
    """The second caller gets the first one's."""
    memory, made = Memory(lambda: False), []

    assert [memory.recall("key", lambda: made.append(1) or len(made)) for _ in range(2)] == [1, 1]  # type: ignore[func-returns-value]


def test_failure_says_which_check_met_it_first() -> None:
    """In that check itself it has no cause; in a later one it has."""
    memory, causes = Memory(lambda: False), []

    def make() -> None:
        raise StudentFailure("error", "f raised")

    for check in ("f.first", "f.second"):
        memory.at_work = check
        with pytest.raises(StudentFailure) as raised:
            memory.recall("key", make)
        causes.append(raised.value.because)

    assert causes == [None, "f.first"]


def test_what_a_spoiled_child_said_is_asked_again_of_a_fresh_one() -> None:
    """Only where a caller asks for that; and what a fresh child said stays."""
    spoiled = True
    memory, count = Memory(lambda: spoiled), iter(range(9))

    def ask() -> int:
        return memory.recall("key", lambda: next(count), anew=True)

    first = ask(), memory.is_clean("key")
    spoiled = False
    second = ask(), memory.is_clean("key")

    assert (first, second, ask()) == ((0, False), (1, True), 1)


def test_failure_raised_again_and_again_stays_as_short() -> None:
    """Each check that meets a remembered failure sees its own way to it, not everybody's."""
    memory, lengths = Memory(lambda: False), []

    def make() -> None:
        raise StudentFailure("error", "f raised")

    for _ in range(5):
        with pytest.raises(StudentFailure) as raised:
            memory.recall("key", make)
        lengths.append(len(traceback.extract_tb(raised.value.__traceback__)))

    assert len(set(lengths)) == 1
