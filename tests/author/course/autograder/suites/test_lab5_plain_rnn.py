"""Hidden suite of lab5_plain_rnn: one step, and a whole sequence, of a plain RNN on numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from autograder.suite.stages import Mistake, check, close, expect_number, expect_numbers, fail, recognise

if TYPE_CHECKING:
    import numpy as np

    from autograder.suite.reference import Reference
    from autograder.suite.student import Student

TABLE = """\
fading_lab
step 1  0.6640
step 2  0.3203
step 3  0.1588
"""
STEP_MISTAKES = [
    Mistake(
        "no tanh",
        "Your values are the sum itself: the tanh is missing.",
        lambda h, x, u, w, b: {"h": u * x + w * h + b},
    ),
    Mistake(
        "swapped weights",
        "The weights have changed places: w_x belongs to the input, w_h to the old state.",
        lambda h, x, u, w, b: {"h": math.tanh(w * x + u * h + b)},
    ),
    Mistake(
        "bias outside",
        "The bias is added after the tanh; it belongs inside.",
        lambda h, x, u, w, b: {"h": math.tanh(u * x + w * h) + b},
    ),
]


@check(
    cell="run_rnn",
    points=1,
    title="The printed table",
    hint="Run fading_lab() and compare with the expected output in the lab, line by line.",
    visible=True,
    needs=["rnn_step"],
)
def test_printed_table(student: Student) -> None:
    """The lab's own copy of fading_lab prints the table over the student's functions."""
    printed = student.printed("fading_lab", overlay=["run_rnn", "rnn_step"])
    if printed != TABLE:
        fail("fading_lab prints another table.", expected=TABLE, got=printed)


@check(
    cell="rnn_step",
    points=4,
    title="Steps with other numbers",
    hint="Write the sum first, in one line, and then put math.tanh( … ) around all of it.",
)
def test_step(student: Student, reference: Reference, draw: np.random.Generator) -> None:
    """Random numbers in ±1.5 agree with the reference."""
    rows = [tuple(float(x) for x in row) for row in draw.uniform(-1.5, 1.5, size=(5, 5))]
    got = [{"h": expect_number(student.rnn_step(*row), "`rnn_step`'s result")} for row in rows]
    if all(close(answer["h"], reference.rnn_step(*row)) for row, answer in zip(rows, got, strict=True)):
        return
    if mistake := recognise(STEP_MISTAKES, rows, got):
        fail(mistake.message, mistake=mistake.name)
    fail("`rnn_step` returns a number, but not the right one.")


@check(
    cell="run_rnn",
    points=3,
    title="A state after each input",
    hint="Start from 0, and in the loop write h = rnn_step(h, …): the new state takes the old one's place.",
    needs=["rnn_step"],
)
def test_sequence(student: Student, reference: Reference, draw: np.random.Generator) -> None:
    """Sequences of several lengths, an empty one too, agree with the reference."""
    for count in (0, 1, 7):
        xs = [float(x) for x in draw.uniform(-1, 1, size=count)]
        weights = [float(x) for x in draw.uniform(-1.5, 1.5, size=3)]
        states = expect_numbers(student.run_rnn(xs, *weights), "The result of `run_rnn`", count=count)
        if all(map(close, states, reference.run_rnn(xs, *weights))):
            continue
        if all(map(close, states, [reference.rnn_step(0.0, x, *weights) for x in xs])):
            fail("Every step starts from 0 again: hand the last state to the next step.", mistake="state not kept")
        fail("There is one state for each input, but they are not the right ones.")
