"""A given function runs in the grader over the student's functions: its text is its own, whatever these print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from autograder.sandbox import protocol as p
from autograder.suite.failures import StudentFailure
from autograder.suite.student import Student

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.sandbox.submission_process import SubmissionProcess

GIVEN = """
import random
import torch

def table():
    torch.manual_seed(3)
    first, second = draw(), draw()
    print("table")
    print(f"{float(first):.4f} {float(second):.4f}")
"""
DRAW = "import torch\ndef draw():\n    return torch.rand(1)[0]\n"
LOUD = "import sys\nprint('table\\n0.0000 0.0000')\n"


def shown(process: Callable[..., SubmissionProcess], source: str, *, visible: bool = True) -> str:
    """What the table shows over a student's code."""
    student = Student(process(source, names=["draw"]), [p.Cell(0, GIVEN)])
    student.begin(visible=visible)
    return student.printed("table", overlay=["draw"])


def test_seeds_are_the_students_and_the_stream_goes_on(process: Callable[..., SubmissionProcess]) -> None:
    """Two draws after one seed in the sandbox, as in the notebook."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        first, second = torch.rand(2).tolist()

    assert shown(process, DRAW) == f"table\n{first:.4f} {second:.4f}\n"


@pytest.mark.parametrize(
    "prints",
    [
        "print('table')",
        "print('epoch 1', end='\\r')",
        "sys.stdout = open('o', 'w')",
        "import builtins; builtins.print = print_nothing",
        "sys.stdout.write = None",
    ],
)
def test_what_the_students_functions_print_is_no_part_of_it(
    process: Callable[..., SubmissionProcess], prints: str
) -> None:
    """Neither a line that looks like the table's, nor another standard output."""
    source = f"import sys, torch\ndef print_nothing(*_): pass\ndef draw():\n    {prints}\n    return torch.rand(1)[0]\n"

    assert shown(process, source) == shown(process, DRAW)


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        ("None", "it raised a TypeError: float() argument"),
        ("torch.rand(3)", "it raised a ValueError: only one element"),
        ("object()", "it raised a TypeError"),
        ("[[[]]]", "it raised a TypeError"),
    ],
)
def test_what_the_function_can_not_go_on_with_is_the_students(
    process: Callable[..., SubmissionProcess], returned: str, said: str
) -> None:
    """Whatever comes back is no fault of the grader's; its text is for the lab's own inputs."""
    source = f"import torch\ndef draw():\n    return {returned}\n"
    with pytest.raises(StudentFailure, match="can't go on with what your functions returned") as failure:
        shown(process, source)
    with pytest.raises(StudentFailure) as hidden:
        shown(process, source, visible=False)

    assert said in failure.value.message
    assert hidden.value.message.endswith("Error")


@pytest.mark.parametrize("returned", ["'a'", "['%999999999d']"])
def test_text_is_refused_before_anything_formats_it(process: Callable[..., SubmissionProcess], returned: str) -> None:
    """A width in it would be filled in the grader's own process."""
    with pytest.raises(StudentFailure, match="text where numbers are expected"):
        shown(process, f"def draw():\n    return {returned}\n")
