"""Hidden suite of lab 1: the gates and one step of an LSTM on plain numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.checks import check, close, expect_number, expect_numbers, fail, recognise
from autograder.mistakes.lab1_scalar_lstm import KEYS, SIGMOID_MISTAKES, effects
from autograder.mistakes.lab1_steps import STEP_MISTAKES
from autograder.mistakes.scalar_steps import StepJudge

if TYPE_CHECKING:
    import numpy as np

    from autograder.reference import Reference
    from autograder.student import Student

LAB = (0.8, 1.0, 0.2, 0.7, 0.9)
AT_MINUS_ONE = (0.8, -1.0, 0.2, 0.7, 0.9)
NAMES = ("forget_logit", "input_logit", "output_logit", "candidate_logit")
TABLE = """\
scalar_lstm_lab
forget_gate  0.7311
input_gate   0.5498
output_gate  0.6682
c_t          0.9787
h_t          0.5028
"""
PRINTED_AT_MINUS_ONE = {"forget_gate": 0.2689, "c_t": 0.6090, "h_t": 0.3631}
"""Exercise 1 as printed, four decimals."""


# ---------------------------------------------------------------- sigmoid


@check(
    cell="sigmoid",
    points=1,
    title="sigmoid of ordinary numbers",
    hint="Compare your line with 1 / (1 + e^-x), brackets included, and try sigmoid(0): it is 0.5.",
)
def test_values(student: Student, reference: Reference, draw: np.random.Generator) -> None:
    """Random numbers in ±3 agree with the reference."""
    inputs = [float(x) for x in draw.uniform(-3, 3, size=6)]
    got = [{"value": expect_number(student.sigmoid(x), "`sigmoid`'s result")} for x in inputs]
    if all(close(answer["value"], float(reference.sigmoid(x))) for x, answer in zip(inputs, got, strict=True)):
        return
    mistake = recognise(SIGMOID_MISTAKES, [(x,) for x in inputs], got)
    if mistake:
        fail(mistake.message, mistake=mistake.name)
    fail("`sigmoid` returns a number, but not the right one.")


@check(
    cell="sigmoid",
    points=1,
    title="sigmoid far from zero",
    hint="Far out the curve is flat: σ(100) is 1 and σ(−100) is 0 to every digit that is printed.",
    needs=["sigmoid.values"],
)
def test_far_from_zero(student: Student, reference: Reference, draw: np.random.Generator) -> None:
    """Numbers from ±20 to ±100 agree with the reference and lie within 0 and 1."""
    far = [float(x) for x in draw.uniform(20, 100, size=2)]
    for x in [100.0, -100.0, far[0], -far[1]]:
        value = expect_number(student.sigmoid(x), "`sigmoid`'s result for a number far from zero")
        if not 0 <= value <= 1:
            fail("Far from zero your `sigmoid` leaves the range from 0 to 1.", mistake="wrong far from zero")
        if not close(value, float(reference.sigmoid(x))):
            fail("Near zero your `sigmoid` is right; far from zero it is not.", mistake="wrong far from zero")


# ---------------------------------------------------------------- lstm_step


STEP = StepJudge("lstm_step", KEYS, STEP_MISTAKES)


@check(
    cell="lstm_step",
    points=1,
    title="One step returns six numbers",
    hint="End lstm_step with `return {…}`: a dict with the six names of the docstring, each a single number.",
    visible=True,
    needs=["sigmoid"],
)
def test_returns_six_numbers(student: Student) -> None:
    """The lab's own inputs give a dict of six finite numbers, whatever their values."""
    STEP.numbers(student.lstm_step(LAB[0], **dict(zip(NAMES, LAB[1:], strict=True))))


@check(
    cell="lstm_step",
    points=1,
    title="The printed table",
    hint="Run scalar_lstm_lab() and compare with the expected output in the lab, line by line, from the top.",
    visible=True,
    needs=["sigmoid", "lstm_step.returns_six_numbers"],
)
def test_printed_table(student: Student) -> None:
    """The lab's own copy of scalar_lstm_lab prints the lesson's table over the student's lstm_step."""
    STEP.judge_table(student, "scalar_lstm_lab", LAB, TABLE)


@check(
    cell="lstm_step",
    points=2,
    title="Forget gate at −1",
    hint="With forget_logit −1 the forget gate is 0.2689, and only c_t and h_t change with it. Print all and compare.",
    visible=True,
    needs=["sigmoid", "lstm_step.returns_six_numbers"],
)
def test_forget_gate_at_minus_one(student: Student, reference: Reference) -> None:
    """Exercise 1: at -1 the lesson's three numbers, and the other gates as they were."""
    answer = STEP.numbers(student.lstm_step(*AT_MINUS_ONE))
    for key, printed in PRINTED_AT_MINUS_ONE.items():
        if round(answer[key], 4) != printed:
            mistake = STEP.known([AT_MINUS_ONE], [answer])
            fail(
                mistake.message if mistake else f"`{key}` is wrong when forget_logit is −1.",
                expected=f"{key} {printed:.4f}",
                got=f"{key} {answer[key]:.4f}",
                mistake=mistake.name if mistake else None,
            )
    STEP.judge([AT_MINUS_ONE], [answer], [reference.lstm_step(*AT_MINUS_ONE)])


# ---------------------------------------------------------------- forget_gate_effect


def memories(student: Student, logits: list[float], what: str) -> list[float]:
    """What forget_gate_effect gives for `logits`, one number each."""
    answer = student.forget_gate_effect(logits)
    if getattr(answer, "type_name", None) in {"generator", "map", "zip", "filter"}:
        fail(
            f"{what} gives its values only once, while they are asked for. Put list(…) around it.",
            mistake="generator for a list",
        )
    return expect_numbers(answer, what, count=len(logits))


def name_effect(logits: list[float], found: list[float], **shown: str) -> None:
    """Fail with the mistake that the memories fit, if there is one."""
    for name, message, values in effects(logits):
        if all(close(a, b) for a, b in zip(found, values, strict=True)):
            fail(message, mistake=name, **shown)


@check(
    cell="forget_gate_effect",
    points=1,
    title="No logits, one logit",
    hint="Start from an empty list and append one c_t per logit: then nothing in gives nothing out.",
    visible=True,
    needs=["sigmoid", "lstm_step"],
)
def test_empty_and_single(student: Student) -> None:
    """Empty in, empty out; a single -1 gives the lesson's c_t."""
    memories(student, [], "The result for an empty list")
    (single,) = memories(student, [-1.0], "The result for one logit")
    if round(single, 4) != PRINTED_AT_MINUS_ONE["c_t"]:
        name_effect([-1.0], [single], expected="0.6090", got=f"{single:.4f}")
        fail("For the single logit −1 the memory is wrong.", expected="0.6090", got=f"{single:.4f}")


# ---------------------------------------------------------------- hidden inputs


@check(
    cell="lstm_step",
    points=2,
    title="Steps with other numbers",
    hint="Write the formulas as in the lab, gates first: f, i, o, then c_tilde, then c_t, then h_t, and compare.",
    needs=["sigmoid", "lstm_step.returns_six_numbers"],
)
def test_other_numbers(student: Student, reference: Reference, draw: np.random.Generator) -> None:
    """Random inputs in ±3 agree with the reference within 1e-6."""
    inputs = [tuple(float(x) for x in row) for row in draw.uniform(-3, 3, size=(5, 5))]
    answers = [STEP.numbers(student.lstm_step(*row)) for row in inputs]
    STEP.judge(inputs, answers, [reference.lstm_step(*row) for row in inputs])


@check(
    cell="forget_gate_effect",
    points=1,
    title="One memory for each forget logit",
    hint="For each logit call lstm_step with c_prev 0.8 and the lab's other logits, and collect its c_t.",
    needs=["sigmoid", "lstm_step", "forget_gate_effect.empty_and_single"],
)
def test_one_memory_each(student: Student, reference: Reference, draw: np.random.Generator) -> None:
    """Several random logits in random order give the reference's memories."""
    logits = [float(x) for x in draw.permutation([*draw.uniform(-3, -1, 2), *draw.uniform(0.5, 3, 3)])]
    got = memories(student, logits, "The result of `forget_gate_effect`")
    expected = [float(x) for x in reference.forget_gate_effect(logits)]
    if all(close(a, b) for a, b in zip(got, expected, strict=True)):
        return
    name_effect(logits, got)
    fail("There is one number for each logit, but they are not the right ones.")
