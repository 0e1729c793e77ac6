"""Hidden suite of lab 1: sigmoid, one step of an LSTM on plain numbers, and what the forget gate does to the memory.

Each check is a line of the rubric. The points of a function's cell stand in the notebook; the weights of its checks
(1 where none is given) share them out. `visible=[…]` are rows that the notebook shows, `hidden=[…]` rows that nobody
sees. `right` asks all rows; `answers` asks for the form alone, on the visible ones; a check with `visible=True` asks
nothing hidden. A quantity is judged with the student's own values before it in the step, and with the student's own
functions of `uses` behind it, or `instead` where they give no number. Rounded numbers cost one check: `every_digit`,
or where there is none the first `right` without `rounded=True`. A check that fails after one that it `needs` is shown
under it.
"""

from __future__ import annotations

from autograder.suite import Reference, Student, by_name, check, dict_of_numbers, number, numbers, uniform

NAMES = ("c_prev", "forget_logit", "input_logit", "output_logit", "candidate_logit")
LAB = (0.8, 1.0, 0.2, 0.7, 0.9)
AT_MINUS_ONE = (0.8, -1.0, 0.2, 0.7, 0.9)
"""Exercise 1: the same step with the forget logit at −1."""
EMPTIED, KEPT = (5.0, -50.0, -50.0, 0.0, 3.0), (-2.0, 50.0, -50.0, 0.0, 3.0)
"""The two extreme steps at the end of the lab's own check."""
GIVEN_SIGMOID = "import numpy as np\n\n\ndef sigmoid(x):\n    return 0.5 + 0.5 * np.tanh(0.5 * x)"
"""As lab 2 hands it out: stands behind a student's `lstm_step` whose own sigmoid gives no number."""

sigmoid = number(
    "sigmoid",
    visible=[(0.0,), (1.0,), (-1.0,), (2.5,)],
    hidden=[uniform(-3, 3, rows=6)],
)
far = number(
    "sigmoid",
    label="far out",
    visible=[(100.0,), (-100.0,)],
    hidden=[uniform(3, 20, rows=3), uniform(-20, -3, rows=3), uniform(-100, 100, rows=2), by_name(["x"], [-4.5]), (1,)],
    otherwise="Near zero your `sigmoid` is right; far from zero it is not.",
)
step = dict_of_numbers(
    "lstm_step",
    keys=["forget_gate", "input_gate", "output_gate", "c_tilde", "c_t", "h_t"],  # in the formulas' order
    visible=[LAB, AT_MINUS_ONE, EMPTIED, KEPT],
    hidden=[
        uniform(-3, 3, rows=5),
        by_name(NAMES, [-1.3125, 0.4, -0.6, 1.1, -0.2]),
        (0.0, 0.6, -0.4, 0.3, 0.8),
        (1.5, 0.0, 0.0, 0.0, 0.0),
        (0.9, 0.7, 0.7, 0.7, -1.2),
        (-30.0, 1.5, 0.4, -0.3, 0.6),
    ],
    uses=[sigmoid],
    instead={"sigmoid": GIVEN_SIGMOID},
)
effect = numbers(
    "forget_gate_effect",
    visible=[([],), ([-1.0],), ([1.0, -1.0, 4.0],)],
    hidden=[([2.0, -0.5, 0.0, 1.25, -2.5],), ([0.3, 0.3, -1.7],), by_name(["forget_logits"], [[-2.25, 3.0]])],
    uses=[sigmoid, step],
    instead={"sigmoid": GIVEN_SIGMOID},
)


@check(sigmoid)
def test_values(student: Student, reference: Reference) -> None:
    """sigmoid of ordinary numbers

    Compare your line with 1 / (1 + e^-x), brackets included, and try sigmoid(0): it is 0.5.
    """
    sigmoid.right(student, reference)


@check(sigmoid, needs=[test_values])
def test_far_from_zero(student: Student, reference: Reference) -> None:
    """sigmoid far from zero

    Far out the curve is flat: σ(100) is 1 and σ(−100) is 0 to every digit that is printed.
    """
    far.right(student, reference, rounded=True)


@check(step, weight=0.5, visible=True)
def test_returns_six_numbers(student: Student, reference: Reference) -> None:
    """One step returns six numbers

    End lstm_step with `return {…}`: a dict with the six names of the docstring, each a single number.
    """
    step.answers(student, reference)


@check(step, weight=0.6, needs=[test_returns_six_numbers])
def test_forget_gate(student: Student, reference: Reference) -> None:
    """The forget gate

    It is sigmoid of the forget logit: 0.7311 in the lab, 0.2689 with forget_logit −1.
    """
    step.right(student, reference, "forget_gate")


@check(step, weight=0.6, needs=[test_returns_six_numbers])
def test_input_gate(student: Student, reference: Reference) -> None:
    """The input gate

    It is sigmoid of the input logit, 0.5498 in the lab.
    """
    step.right(student, reference, "input_gate")


@check(step, weight=0.6, needs=[test_returns_six_numbers])
def test_output_gate(student: Student, reference: Reference) -> None:
    """The output gate

    It is sigmoid of the output logit, 0.6682 in the lab.
    """
    step.right(student, reference, "output_gate")


@check(step, weight=0.6, needs=[test_returns_six_numbers])
def test_c_tilde(student: Student, reference: Reference) -> None:
    """The candidate

    It is tanh of the candidate's logit, a number between −1 and 1.
    """
    step.right(student, reference, "c_tilde")


@check(step, weight=1.1, needs=[test_returns_six_numbers])
def test_c_t(student: Student, reference: Reference) -> None:
    """The new memory

    Old memory times forget gate plus candidate times input gate: c_t = f · c_prev + i · c_tilde.
    """
    step.right(student, reference, "c_t")


@check(step, weight=1.0, needs=[test_returns_six_numbers])
def test_h_t(student: Student, reference: Reference) -> None:
    """What is shown of the memory

    h_t = o · tanh(c_t): first the tanh, then the output gate.
    """
    step.right(student, reference, "h_t")


@check(step, weight=0.5, needs=[test_returns_six_numbers])
def test_every_digit(student: Student, reference: Reference) -> None:
    """Every digit is kept

    Return the numbers as they come: only printing rounds.
    """
    step.every_digit(student, reference)


QUANTITIES = [test_forget_gate, test_input_gate, test_output_gate, test_c_tilde, test_c_t, test_h_t]


@check(step, weight=0.5, visible=True, needs=[test_returns_six_numbers, *QUANTITIES])
def test_printed_table(student: Student, reference: Reference) -> None:
    """The printed table

    Run scalar_lstm_lab() and compare with the expected output in the lab, line by line, from the top.
    """
    step.prints(student, reference, "scalar_lstm_lab")


@check(effect, weight=0.5, visible=True, needs=[step])
def test_empty_and_single(student: Student, reference: Reference) -> None:
    """No logits, one logit

    Start from an empty list and append one c_t per logit: then nothing in gives nothing out.
    """
    effect.answers(student, reference)


@check(effect, weight=1.5, needs=[step, test_empty_and_single])
def test_one_memory_each(student: Student, reference: Reference) -> None:
    """One memory for each forget logit

    For each logit call lstm_step with c_prev 0.8 and the lab's other logits, and collect its c_t.
    """
    effect.right(student, reference)
