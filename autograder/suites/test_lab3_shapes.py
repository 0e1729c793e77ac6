"""Hidden suite of lab 3: the shapes that nn.LSTM and nn.GRU return, and the state after the last step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
import torch

from autograder.mistakes.lab3_answers import as_matrix, as_shapes
from autograder.mistakes.lab3_cases import Case, CaseSizes, agree, lab_case, random_case, wanted
from autograder.mistakes.lab3_errors import SHAPE_ERRORS, STATE_ERRORS, asked
from autograder.mistakes.lab3_final_hidden import recognise_state
from autograder.mistakes.lab3_shapes import KEYS, LAB_SIZES, recognise_shapes, right_shape
from autograder.suite.stages import check, fail

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from autograder.mistakes.lab3_cases import Matrix
    from autograder.mistakes.lab3_shapes import Shape, Sizes
    from autograder.suite.reference import Reference
    from autograder.suite.student import Student

TABLE = """\
shape_lab
lstm_out: (4, 6, 16)
lstm_h  : (1, 4, 16)
lstm_c  : (1, 4, 16)
gru_out : (4, 6, 16)
gru_h   : (1, 4, 16)
"""


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    """Torch's thread count is each thread's own, and pytest has one of its own: with two, an LSTM call takes 40 ms."""
    torch.set_num_threads(1)


# ---------------------------------------------------------------- shape_check


def ask_shapes(student: Student, draw: np.random.Generator, sizes: Sizes) -> dict[str, Shape]:
    """The student's shapes at these sizes, after a seed: random input is part of the task."""
    student.seed(int(draw.integers(2**31)))
    return as_shapes(student.shape_check(*sizes))


def judge_shapes(draws: list[tuple[Sizes, dict[str, Shape]]]) -> None:
    """Fail on the first wrong shape, naming the mistake behind it where it is a known one."""
    for sizes, got in draws:
        for key in KEYS:
            if got[key] == right_shape(key, sizes):
                continue
            known = recognise_shapes(draws)
            said = known[1] if known else f"`{key}` is a shape, but not the right one."
            wanted, found = (tuple(int(n) for n in shape) for shape in (right_shape(key, sizes), got[key]))
            fail(said, expected=f"{key} {wanted}", got=f"{key} {found}", mistake=known[0] if known else None)


@check(
    cell="shape_check",
    points=1,
    title="A dict of five shapes",
    hint="End shape_check with `return {…}`: the docstring's five names, each with the `.shape` of what came back.",
    visible=True,
)
def test_five_shapes(student: Student) -> None:
    """Without arguments there is a dict of five shapes, whatever their numbers."""
    student.seed(0)
    as_shapes(asked(student.shape_check, SHAPE_ERRORS))


@check(
    cell="shape_check",
    points=1,
    title="The printed table",
    hint="Run shape_lab() and compare with the expected output in the lab. Predict each number before you look.",
    visible=True,
    needs=["shape_check.five_shapes"],
)
def test_printed_table(student: Student) -> None:
    """The lab's own copy of shape_lab prints the lesson's table over the student's shape_check."""
    student.seed(0)
    judge_shapes([(LAB_SIZES, as_shapes(asked(student.shape_check, SHAPE_ERRORS)))])
    student.seed(0)
    printed = student.printed("shape_lab", overlay=["shape_check"])
    if printed.endswith(TABLE):  # what shape_check itself prints stands above it, and costs nothing
        return
    lines = zip(printed.splitlines()[-TABLE.count("\n") :], TABLE.splitlines(), strict=False)
    got, expected = next((pair for pair in lines if pair[0] != pair[1]), (printed[-400:], TABLE))
    fail("The table that shape_lab prints differs.", expected=expected, got=got[:400])


# ---------------------------------------------------------------- final_hidden


def judge_states(student: Student, reference: Reference, cases: Sequence[Case]) -> None:
    """Compare final states with the reference; name the mistake, else say whether shape or numbers are wrong."""
    wrong: list[tuple[Case, Matrix, Matrix]] = []
    for case in cases:
        got = as_matrix(asked(partial(case.ask, student), STATE_ERRORS), case)
        if not agree(got, right := wanted(case, reference)):
            wrong.append((case, got, right))
    if not wrong:
        return
    case, got, right = wrong[0]
    mistake = recognise_state([(case, got) for case, got, _ in wrong])
    if mistake:
        fail(f"{case.words}: {mistake.message}", expected=_shown(right), got=_shown(got), mistake=mistake.name)
    if got.shape != right.shape:
        axes = f"has {got.ndim} axes" if got.ndim != 2 else "has two axes of other lengths"
        fail(f"{case.words}: the result {axes}; it should be (batch, hidden).", expected=_shown(right), got=_shown(got))
    again = as_matrix(case.ask(student), case)
    if not agree(again, got):
        fail(
            f"{case.words}: asked twice for the same input, your function gives two answers. Something in it is "
            "random, or is kept from call to call: use the module that it is given, as it is.",
            mistake="differs from call to call",
        )
    fail(f"{case.words}: right shape, wrong numbers.", expected=_shown(right), got=_shown(got))


def _shown(matrix: Matrix) -> str:
    first = f", first number {float(matrix.flat[0]):.4f}" if matrix.size else ""
    return f"shape {matrix.shape}{first}"


@check(
    cell="final_hidden",
    points=1,
    title="A GRU of one layer",
    hint="Print the shapes of what gru(x) returns, and pick what is (batch, hidden) after the last step.",
    visible=True,
)
def test_gru(student: Student, reference: Reference) -> None:
    """The lab's own GRU, with its seeded weights and input."""
    judge_states(student, reference, [lab_case("GRU")])


@check(
    cell="final_hidden",
    points=1,
    title="An LSTM of one layer",
    hint="An LSTM's state is the pair (h, c), a GRU's is h itself: ask isinstance(state, tuple).",
    visible=True,
)
def test_lstm(student: Student, reference: Reference) -> None:
    """The lab's own LSTM, with its seeded weights and input."""
    judge_states(student, reference, [lab_case("LSTM")])


# ---------------------------------------------------------------- both, on hidden inputs


@check(
    cell="shape_check",
    points=2,
    title="Other sizes",
    hint="Try shape_check(2, 5, 3, 7): the four numbers differ, so each axis shows where it comes from.",
    needs=["shape_check.five_shapes", "shape_check.printed_table"],
)
def test_other_sizes(student: Student, draw: np.random.Generator) -> None:
    """Sizes that all differ, from each other and from the lab's: a swapped axis can't hide."""
    fresh = [n for n in range(2, 21) if n not in LAB_SIZES]
    draws: list[tuple[Sizes, dict[str, Shape]]] = []
    for _ in range(3):
        batch, steps, inputs, hidden = (int(n) for n in draw.choice(fresh, size=4, replace=False))
        sizes = (batch, steps, inputs, hidden)
        draws.append((sizes, ask_shapes(student, draw, sizes)))
    judge_shapes(draws)


@check(
    cell="shape_check",
    points=1,
    title="Sizes of one",
    hint="Try shape_check(1, 5, 3, 7) and shape_check(2, 1, 3, 7): an axis of length one is still an axis.",
    needs=["shape_check.other_sizes"],
)
def test_sizes_of_one(student: Student, draw: np.random.Generator) -> None:
    """Each of the four sizes is one in turn, then all are."""
    draws: list[tuple[Sizes, dict[str, Shape]]] = []
    for place in (0, 1, 2, 3, None):
        batch, steps, inputs, hidden = (
            1 if place in {None, axis} else int(n) for axis, n in enumerate(draw.permutation([2, 3, 5, 7]))
        )
        sizes = (batch, steps, inputs, hidden)
        draws.append((sizes, ask_shapes(student, draw, sizes)))
    judge_shapes(draws)


@check(
    cell="final_hidden",
    points=1,
    title="Two and three layers",
    hint="The first axis of h counts the layers. The last layer is h[-1], however many there are.",
    needs=["final_hidden.gru", "final_hidden.lstm"],
)
def test_layers(student: Student, reference: Reference, draw: np.random.Generator) -> None:
    """Both kinds, with two and three layers and random weights."""
    judge_states(
        student,
        reference,
        [
            random_case(draw, kind, CaseSizes(batch=4, steps=6, inputs=3, hidden=5, layers=layers))
            for layers in (2, 3)
            for kind in ("GRU", "LSTM")
        ],
    )


@check(
    cell="final_hidden",
    points=1,
    title="A batch of one",
    hint="With one sequence the result is still (1, hidden). `squeeze` takes that axis away; indexing doesn't.",
    needs=["final_hidden.gru", "final_hidden.lstm"],
)
def test_batch_of_one(student: Student, reference: Reference, draw: np.random.Generator) -> None:
    """One sequence, one layer, both kinds."""
    sizes = CaseSizes(batch=1, steps=6, inputs=3, hidden=5)
    judge_states(student, reference, [random_case(draw, kind, sizes) for kind in ("GRU", "LSTM")])


@check(
    cell="final_hidden",
    points=1,
    title="Any length, any size",
    hint="Nothing in the function should know that there were 7 steps or 5 hidden numbers: index from the end.",
    needs=["final_hidden.gru", "final_hidden.lstm"],
)
def test_any_size(student: Student, reference: Reference, draw: np.random.Generator) -> None:
    """One step, many steps, one input, one hidden number, more sequences than steps: one layer each."""
    judge_states(
        student,
        reference,
        [
            random_case(draw, "GRU", CaseSizes(batch=3, steps=1, inputs=2, hidden=4)),
            random_case(draw, "LSTM", CaseSizes(batch=2, steps=30, inputs=1, hidden=3)),
            random_case(draw, "GRU", CaseSizes(batch=9, steps=4, inputs=5, hidden=1)),
            random_case(draw, "LSTM", CaseSizes(batch=3, steps=int(draw.integers(8, 15)), inputs=6, hidden=7)),
        ],
    )
