"""Several calls in one frame are answered as if each had been asked for by itself; where that fails, each is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.sandbox import protocol as p
from autograder.sandbox.errors import Crashed, TimedOut
from autograder.suite.failures import StudentFailure
from autograder.suite.student import Student

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.sandbox.submission_process import SubmissionProcess

FORGED = """
import os, sys, struct, msgspec
def f(x):
    frame = sys._getframe()
    while 'question' not in frame.f_locals: frame = frame.f_back
    question = frame.f_locals['question']
    if 'Calls' not in type(question.request).__name__: return x
    payload = msgspec.msgpack.encode([question.number, REPLY])
    os.write(3, struct.pack(">I", len(payload)) + payload)
    while True: pass
"""
ONE = '{"type": "Returned", "value": 1, "output": "", "truncated": False}'


def calls(*numbers: float) -> list[p.Call]:
    """Calls of `f` with a number each."""
    return [p.Call("f", "", [number], {}) for number in numbers]


def test_each_call_has_its_own_answer(process: Callable[..., SubmissionProcess]) -> None:
    """A value, an exception and what was printed stand at their calls, in their order; one frame was enough."""
    found = process("def f(x):\n    print('got', x)\n    return [1 / x]")

    first, raised, last = found.ask_all(calls(2, 0, 4))

    assert first == p.Returned([0.5], "got 2\n")
    assert isinstance(raised, p.Raised)
    assert raised.kind == "ZeroDivisionError"
    assert (raised.line, raised.output) == (3, "got 0\n")
    assert last == p.Returned([0.25], "got 4\n")
    assert found.generation == 1


@pytest.mark.parametrize(("bad", "failure"), [("while True: pass", TimedOut), ("import os; os._exit(3)", Crashed)])
def test_what_ends_badly_is_asked_again_by_itself(
    process: Callable[..., SubmissionProcess], bad: str, failure: type[Exception]
) -> None:
    """An endless call, and one that ends the process: the others have their answers."""
    found = process(f"def f(x):\n    if x == 2:\n        {bad}\n    return x", call_seconds=0.5)

    assert found.ask_all(calls(1, 2, 3)) == []
    assert found.ask(calls(1)[0]) == p.Returned(1)
    with pytest.raises(failure):
        found.ask(calls(2)[0])
    assert found.ask(calls(3)[0]) == p.Returned(3)


def test_answers_that_are_too_large_together_are_asked_for_one_by_one(
    process: Callable[..., SubmissionProcess],
) -> None:
    """Each of six fits into a frame, all of them don't."""
    found = process("def f(x): return ' ' * 900_000")

    assert found.ask_all(calls(1, 2, 3, 4, 5, 6)) == []
    assert found.ask(calls(1)[0]) == p.Returned(" " * 900_000)


@pytest.mark.parametrize(
    "reply",
    [
        f'{{"type": "Several", "replies": [{ONE}]}}',
        f'{{"type": "Several", "replies": [{ONE}, {ONE}, {ONE}]}}',
        ONE,
        f'{{"type": "Several", "replies": [{ONE}, {{"type": "Planned", "cells": [], "problems": []}}]}}',
        f'{{"type": "Several", "replies": [{ONE}, {{"type": "Raised", "kind": "x" * 101, "text": ""}}]}}',
        f'{{"type": "Several", "replies": [{ONE}, {{"type": "Returned", "output": " " * 3 * 2**20}}]}}',
        f'{{"type": "Several", "replies": [{ONE}, {{"type": "Raised", "kind": "E", "text": "", "limit": "memory"}}]}}',
    ],
)
def test_forged_replies_to_several_calls_are_not_taken(process: Callable[..., SubmissionProcess], reply: str) -> None:
    """Too few, too many, one alone, another kind, over a cap, a limit: then a fresh child is asked one by one."""
    found = process(FORGED.replace("REPLY", reply), call_seconds=3)

    assert found.ask_all(calls(5, 6)) == []
    assert found.ask(calls(5)[0]) == p.Returned(5)
    assert found.generation == 2


def test_several_replies_answer_no_single_question(process: Callable[..., SubmissionProcess]) -> None:
    """A child that sends them for one call is dropped."""
    reply = f'{{"type": "Several", "replies": [{ONE}]}}'
    found = process(FORGED.replace("'Calls' not in", "'Call' not in").replace("REPLY", reply), call_seconds=3)

    with pytest.raises(Exception, match="an answer to another question"):
        found.ask(calls(5)[0])


def test_a_student_is_told_the_same_as_one_by_one(process: Callable[..., SubmissionProcess]) -> None:
    """Value, exception and timeout come as single calls give them, and inputs of a hidden check count as asked."""
    source = "def f(x):\n    if x == 3:\n        while True: pass\n    return 1 / x"
    together = Student(process(source, call_seconds=0.5), [])
    together.asks_hidden = False

    value, raised = together.call_all("f", [([4], {}), ([0], {})])

    assert value() == 0.25
    with pytest.raises(StudentFailure, match="ZeroDivisionError: division by zero"):
        raised()
    assert together.may_show
    together.asks_hidden = True
    value, endless = together.call_all("f", [([4], {}), ([3], {})])
    assert value() == 0.25
    with pytest.raises(StudentFailure) as caught:
        endless()
    assert caught.value.status == "timeout"
    assert not together.may_show
