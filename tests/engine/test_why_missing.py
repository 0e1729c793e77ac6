"""Why a function is not there: the message names the cell that should define it, not one that only mentions it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.suite.failures import StudentFailure
from autograder.suite.student import Student

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.sandbox.runner import Runner

NEVER = "`step` is missing: no cell defines it."


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        (["x = 1"], NEVER),
        (["def f():\n    return step(\n"], NEVER),
        (["a = 1 / 0\ndef f():\n    return step(a)\n"], NEVER),
        (["a = 1 / 0\ndef step(x):\n    return x + a\n"], "its cell raised a ZeroDivisionError"),
        (["a = 1 / 0\nstep = lambda x: x + a\n"], "its cell raised a ZeroDivisionError"),
        (["class step:\n    a = 1 / 0\n"], "its cell raised a ZeroDivisionError"),
        (["x = 1", "def step(x)\n    return x\n"], "its cell is not valid Python"),
        (["def step_two(x)\n    return x\n"], NEVER),
    ],
)
def test_the_cell_that_should_define_it_is_named(runner: Callable[..., Runner], sources: list[str], said: str) -> None:
    """A broken cell is the cause only if the name would have been bound there."""
    student = Student(runner(*sources, names=["step", "f"]), [])
    with pytest.raises(StudentFailure) as failure:
        student.step(1)
    assert said in failure.value.message
