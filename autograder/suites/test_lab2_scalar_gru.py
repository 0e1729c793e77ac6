"""Hidden suite of lab 2: one step of a GRU on plain numbers.

Points stand in the notebook and weights share them out; test_lab1 says how a suite is read. `sigmoid` is given.
"""

from __future__ import annotations

from autograder.suite import Reference, Student, by_name, check, dict_of_numbers, uniform

NAMES = ("h_prev", "x_t", "update_logit", "reset_logit")
LAB = (0.7, 1.1, 0.8, -0.3)
SHUT, AFRESH = (-0.4, 2.0, -50.0, 0.0), (-0.4, 0.0, 50.0, -50.0)
"""The two extreme steps at the end of the lab's own check: the old state stays; the new state is 0."""

step = dict_of_numbers(
    "gru_step",
    keys=["update_gate", "reset_gate", "h_candidate", "h_t"],  # in the formulas' order
    visible=[LAB, SHUT, AFRESH],
    hidden=[
        uniform(-3, 3, rows=6),
        by_name(NAMES, [-1.4, 0.6, 1.2, -0.9]),
        (0.0, 0.8, -0.7, 0.5),
        (1.3, 0.0, 0.0, 0.0),
        (-0.9, -0.5, 0.7, 0.7),
    ],
)


@check(step, weight=0.5, visible=True)
def test_returns_four_numbers(student: Student, reference: Reference) -> None:
    """One step returns four numbers

    End gru_step with `return {…}`: a dict with the four names of the docstring, each a single number.
    """
    step.answers(student, reference)


@check(step, weight=1.5, needs=[test_returns_four_numbers])
def test_update_gate(student: Student, reference: Reference) -> None:
    """The update gate z

    It is sigmoid of the update logit, 0.6900 in the lab.
    """
    step.right(student, reference, "update_gate")


@check(step, weight=1.5, needs=[test_returns_four_numbers])
def test_reset_gate(student: Student, reference: Reference) -> None:
    """The reset gate r

    It is sigmoid of the reset logit, 0.4256 in the lab.
    """
    step.right(student, reference, "reset_gate")


@check(step, weight=2.25, needs=[test_returns_four_numbers])
def test_h_candidate(student: Student, reference: Reference) -> None:
    """The candidate

    h_candidate = tanh(x_t + r · h_prev): the reset gate acts on the old state, inside the tanh.
    """
    step.right(student, reference, "h_candidate")


@check(step, weight=2.75, needs=[test_returns_four_numbers])
def test_h_t(student: Student, reference: Reference) -> None:
    """The new state

    h_t = (1 − z) · h_prev + z · h_candidate: an update gate at 0 keeps h_prev, at 1 the candidate takes its place.
    """
    step.right(student, reference, "h_t")


@check(step, weight=0.5, needs=[test_returns_four_numbers])
def test_every_digit(student: Student, reference: Reference) -> None:
    """Every digit is kept

    Return the numbers as they come: only printing rounds.
    """
    step.every_digit(student, reference)


QUANTITIES = [test_update_gate, test_reset_gate, test_h_candidate, test_h_t]


@check(step, weight=1, visible=True, needs=[test_returns_four_numbers, *QUANTITIES])
def test_printed_table(student: Student, reference: Reference) -> None:
    """The printed table

    Run scalar_gru_lab() and compare with the expected output in the lab, line by line, from the top.
    """
    step.prints(student, reference, "scalar_gru_lab")
