"""Hidden suite of lab 2: one step of a GRU on plain numbers.

Checks on the lab's own inputs come first, before the student's process has seen hidden ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.checks import check, fail
from autograder.mistakes.lab2_candidates import STEP_MISTAKES
from autograder.mistakes.lab2_scalar_gru import KEYS
from autograder.mistakes.scalar_steps import StepJudge

if TYPE_CHECKING:
    import numpy as np

    from autograder.reference import Reference
    from autograder.student import Student

LAB = (0.7, 1.1, 0.8, -0.3)
NAMES = ("h_prev", "x_t", "update_logit", "reset_logit")
TABLE = """\
scalar_gru_lab
update_gate  0.6900
reset_gate   0.4256
h_candidate  0.8849
h_t          0.8276
"""
SHUT = (-0.4, 2.0, -50.0, 0.0)
"""Update gate at 0: the old state stays. One of the two steps at the end of the lab's own check."""
AFRESH = (-0.4, 0.0, 50.0, -50.0)
"""Update gate at 1, reset gate at 0, no input: the new state is 0. The other one."""
STEP = StepJudge("gru_step", KEYS, STEP_MISTAKES)


@check(
    cell="gru_step",
    points=1,
    title="One step returns four numbers",
    hint="End gru_step with `return {…}`: a dict with the four names of the docstring, each a single number.",
    visible=True,
)
def test_returns_four_numbers(student: Student) -> None:
    """The lab's own inputs, by name, give a dict of four finite numbers, whatever their values."""
    STEP.numbers(student.gru_step(**dict(zip(NAMES, LAB, strict=True))))


@check(
    cell="gru_step",
    points=3,
    title="The printed table",
    hint="Run scalar_gru_lab() and compare with the expected output in the lab, line by line, from the top.",
    visible=True,
    needs=["gru_step.returns_four_numbers"],
)
def test_printed_table(student: Student) -> None:
    """The lab's own copy of scalar_gru_lab prints the lesson's table over the student's gru_step."""
    STEP.judge_table(student, "scalar_gru_lab", LAB, TABLE)


@check(
    cell="gru_step",
    points=2,
    title="Gates shut and open",
    hint="An update gate at 0 leaves h_prev as it is; at 1 the candidate takes its place. Try both in your last line.",
    visible=True,
    needs=["gru_step.returns_four_numbers"],
)
def test_shut_and_open(student: Student, reference: Reference) -> None:
    """The two extreme steps of the lab's own check: a shut update gate keeps, an open one starts afresh."""
    inputs = [LAB, SHUT, AFRESH]  # at the extremes alone many mistakes look the same
    answers = [STEP.numbers(student.gru_step(*row)) for row in inputs]
    mistake = STEP.known(inputs, answers)
    for answer, wanted, case in (
        (answers[1], -0.4, "With the update gate shut and h_prev −0.4"),
        (answers[2], 0.0, "With the update gate open, the reset gate shut and x_t 0"),
    ):
        if round(answer["h_t"], 4) != wanted:
            fail(
                mistake.message if mistake else f"{case}, h_t should be {wanted:g}.",
                expected=f"h_t {wanted:.4f}",
                got=f"h_t {answer['h_t']:.4f}",
                mistake=mistake.name if mistake else None,
            )
    STEP.judge(inputs, answers, [reference.gru_step(*row) for row in inputs])


@check(
    cell="gru_step",
    points=4,
    title="Steps with other numbers",
    hint="Write the four formulas as in the lab, in this order: z, r, h_candidate, h_t, and compare each.",
    needs=["gru_step.returns_four_numbers"],
)
def test_other_numbers(student: Student, reference: Reference, draw: np.random.Generator) -> None:
    """Random inputs in ±3 agree with the reference within 1e-6."""
    inputs = [tuple(float(x) for x in row) for row in draw.uniform(-3, 3, size=(6, 4))]
    answers = [STEP.numbers(student.gru_step(*row)) for row in inputs]
    STEP.judge(inputs, answers, [reference.gru_step(*row) for row in inputs])
