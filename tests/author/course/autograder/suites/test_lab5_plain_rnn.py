"""Hidden suite of lab5_plain_rnn: one step, and a whole sequence, of a plain RNN on numbers."""

from __future__ import annotations

from autograder.suite import Reference, Student, by_name, check, number, numbers, printed_table, uniform

from .lab5_plain_rnn.sequences import drawn, measured

NAMES = ("h_prev", "x_t", "w_x", "w_h", "b")
ONE_THEN_NOTHING = ([1.0, 0.0, 0.0], 0.8, 0.5, 0.0)
"""The lab's own sequence."""

step = number(
    "rnn_step",
    visible=[(0.5, 1.0, 0.8, 0.6, -0.1), (-0.5, 0.0, 0.8, 0.6, 0.0)],
    hidden=[uniform(-1.5, 1.5, rows=5), by_name(NAMES, [0.25, -0.75, 1.25, 0.5, 0.125])],
)
sequence = numbers(
    "run_rnn",
    visible=[ONE_THEN_NOTHING, ([], 0.8, 0.5, 0.0)],
    hidden=[*measured(), drawn],
    uses=[step],
)


@check(step)
def test_step(student: Student, reference: Reference) -> None:
    """Steps with other numbers

    Write the sum first, in one line, and then put math.tanh( … ) around all of it.
    """
    step.right(student, reference)


@check(sequence, weight=3, needs=[step])
def test_sequence(student: Student, reference: Reference) -> None:
    """A state after each input

    Start from 0, and in the loop write h = rnn_step(h, …): the new state takes the old one's place.
    """
    sequence.right(student, reference)


@check(sequence, weight=1, visible=True, needs=[step, test_sequence])
def test_printed_table(student: Student, reference: Reference) -> None:
    """The printed table

    Run fading_lab() and compare with the expected output in the lab, line by line.
    """
    printed_table(sequence, student, reference, "fading_lab")
