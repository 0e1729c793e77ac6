"""A few gradings of odd answers per lab; `python tests/fuzz/answers.py N --lab …` is the long form."""

from __future__ import annotations

from pathlib import Path

import answers
import pytest

from autograder.course.settings import find_course

FIRST = [
    ("lab1_scalar_lstm", 34),  # a second answer that lacked a number
    ("lab1_scalar_lstm", 100398),  # an own sigmoid that gives no number, behind the solution's lstm_step
    ("lab2_scalar_gru", 0),
    ("lab3_shapes", 0),
    ("lab4_memory_task", 410),  # a classifier that holds other weights when it is asked again
]


@pytest.mark.parametrize(("lab", "seed"), FIRST)
def test_no_answer_crashes_a_suite(lab: str, seed: int) -> None:
    """Whatever is odd about the answers, the outcome is a grade; and some do lose points."""
    outcomes, faults, _ = answers.run(find_course(Path(__file__).parent), lab, 8, seed)

    assert faults == {}
    assert outcomes["less"] > 0
