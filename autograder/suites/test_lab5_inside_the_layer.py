"""Hidden suite of lab 5: the cells and layers of PyTorch from nothing, their weights, their gradients, their start.

Points stand in the notebook and weights share them out; test_lab1 says how a suite is read. What functions are asked
with is in `rows` and `modules`, and `judges` says what is judged. A layer is judged with the student's own cell in it,
and its gradients with that or with PyTorch's: a slip in a cell costs the cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.suite import Reference, Student, StudentFailure, check, printed_table

from .lab5_inside_the_layer.judges import (
    gru_cell,
    gru_distances,
    gru_layer,
    gru_slopes,
    gru_slopes_again,
    gru_start,
    left_alone,
    lstm_cell,
    lstm_distances,
    lstm_layer,
    lstm_slopes,
    lstm_slopes_again,
    lstm_start,
    of_gru,
    of_lstm,
    of_rnn,
    refused,
    rnn_distances,
)

if TYPE_CHECKING:
    from collections.abc import Callable


# ---------------------------------------------------------------- the cells


@check(lstm_cell, weight=0.5, visible=True)
def test_two_states(student: Student, reference: Reference) -> None:
    """One LSTM step returns two states

    End lstm_cell with the new h and the new c, in that order, each of shape (batch, hidden).
    """
    lstm_cell.answers(student, reference)


@check(lstm_cell, weight=2, needs=[test_two_states])
def test_c(student: Student, reference: Reference) -> None:
    """The new memory of the LSTM

    Cut the 4·H numbers into i, f, g, o, in this order; then c is sigmoid(f) · c + sigmoid(i) · tanh(g).
    """
    lstm_cell.right(student, reference, "c")


@check(lstm_cell, weight=1.5, needs=[test_two_states, test_c])
def test_h(student: Student, reference: Reference) -> None:
    """What the LSTM shows

    h is sigmoid(o) times tanh of the memory as it is after the step.
    """
    lstm_cell.right(student, reference, "h")


@check(gru_cell, weight=0.5, visible=True)
def test_one_state(student: Student, reference: Reference) -> None:
    """One GRU step returns one state

    End gru_cell with the new h, of shape (batch, hidden), and nothing beside it.
    """
    gru_cell.answers(student, reference)


@check(gru_cell, weight=3.5, needs=[test_one_state])
def test_gru_h(student: Student, reference: Reference) -> None:
    """The new state of the GRU

    Cut into r, z, n; r scales what the old state gives to n, with its bias d; z is the share of the old state.
    """
    gru_cell.right(student, reference)


# ---------------------------------------------------------------- the layers


def form_of(judge: Any, returned: str) -> Callable[..., None]:
    """A check of the form of what a layer returns."""

    def test(student: Student, reference: Reference) -> None:
        judge.answers(student, reference)

    test.__name__ = f"test_{judge.function}_form"
    test.__doc__ = f"""{judge.function} returns {returned}

    out is (batch, steps, hidden); a state is (1, batch, hidden), with an axis for the one layer in front.
    """
    return check(judge, weight=0.25, visible=True)(test)


def value_of(judge: Any, key: str, weight: float, hint: str, needs: list[Any]) -> Callable[..., None]:
    """A check of one thing that a layer returns."""

    def test(student: Student, reference: Reference) -> None:
        judge.right(student, reference, key)

    test.__name__ = f"test_{judge.function}_{key}"
    test.__doc__ = f"{judge.function}: {key}\n\n{hint}"
    return check(judge, weight=weight, needs=needs)(test)


OUT = "Keep the h of every step, and stack them along the axis of time, dim=1."
LAST = "It is the state after the last step, with an axis of length one in front: unsqueeze(0)."

test_lstm_layer_form = form_of(lstm_layer, "out and the pair (h, c)")
test_lstm_layer_out = value_of(lstm_layer, "out", 0.75, OUT, [lstm_cell, test_lstm_layer_form])
test_lstm_layer_h = value_of(lstm_layer, "h", 0.5, LAST, [lstm_cell, test_lstm_layer_form])
test_lstm_layer_c = value_of(lstm_layer, "c", 0.5, LAST, [lstm_cell, test_lstm_layer_form])
test_gru_layer_form = form_of(gru_layer, "out and h")
test_gru_layer_out = value_of(gru_layer, "out", 1, OUT, [gru_cell, test_gru_layer_form])
test_gru_layer_h = value_of(gru_layer, "h", 0.75, LAST, [gru_cell, test_gru_layer_form])


# ---------------------------------------------------------------- parameter_count


def count_of(judge: Any, kind: str, blocks: str) -> Callable[..., None]:
    """A check of the numbers in one kind of layer."""

    def test(student: Student, reference: Reference) -> None:
        judge.right(student, reference)

    test.__name__ = f"test_{kind.lower()}_count"
    test.__doc__ = f"""The numbers in an nn.{kind}

    {blocks} of W, of U and of the two biases: H · I, H · H and 2 · H numbers each.
    """
    return check(judge, weight=0.5)(test)


test_rnn_count = count_of(of_rnn, "RNN", "One block")
test_gru_count = count_of(of_gru, "GRU", "Three blocks")
test_lstm_count = count_of(of_lstm, "LSTM", "Four blocks")
COUNTS = [test_rnn_count, test_gru_count, test_lstm_count]


@check(refused, weight=0.25, needs=COUNTS)
def test_other_kinds(student: Student, reference: Reference) -> None:
    """Other kinds are refused

    Raise ValueError for every kind but "RNN", "GRU" and "LSTM", spelled in just this way.
    """
    of_gru.worked_out(student, reference)
    refused.right(student, reference)


@check(of_lstm, weight=0.25, visible=True, needs=COUNTS)
def test_printed_counts(student: Student, reference: Reference) -> None:
    """The printed table

    Run count_lab() and compare with the expected output in the lab, line by line, from the top.
    """
    printed_table(of_lstm, student, reference, "count_lab")


# ---------------------------------------------------------------- gradient_by_distance


def distances_of(judge: Any, kind: str, weight: float) -> Callable[..., None]:
    """A check of the gradients by distance in one kind of layer."""

    def test(student: Student, reference: Reference) -> None:
        judge.right(student, reference)

    test.__name__ = f"test_{kind.lower()}_by_distance"
    test.__doc__ = f"""The gradient by distance in an nn.{kind}

    Go back from out[:, -1].sum() to x, take the norm over batch and features at each step, and count from the end.
    """
    return check(judge, weight=weight, needs=[test_one_number_per_step])(test)


@check(gru_distances, weight=0.2, visible=True)
def test_one_number_per_step(student: Student, reference: Reference) -> None:
    """One number for each distance

    Return a list with as many numbers as x has steps; `tolist()` makes one of a tensor.
    """
    gru_distances.answers(student, reference)


test_rnn_by_distance = distances_of(rnn_distances, "RNN", 0.4)
test_gru_by_distance = distances_of(gru_distances, "GRU", 0.5)
test_lstm_by_distance = distances_of(lstm_distances, "LSTM", 0.5)


# ---------------------------------------------------------------- what no plain call asks: last, in a child of its own


def gradients_of(judge: Any, again: Any, needs: list[Any]) -> Callable[..., None]:
    """A check of the gradients of all that a layer returns, by all that it is given."""

    def test(student: Student, reference: Reference) -> None:
        try:
            if set(judge.keys) <= judge.diagnosis(student, reference).right:
                return
        except StudentFailure:
            pass  # with PyTorch's cell in it there may be an answer
        again.right(student, reference)

    test.__name__ = f"test_{judge.function}_gradients"
    test.__doc__ = f"""{judge.function}: gradients

    Stay with tensors from the first line to the last: no detach, no item, no no_grad, and no tensor made of numbers.
    """
    return check(judge, weight=1, needs=needs)(test)


test_lstm_layer_gradients = gradients_of(lstm_slopes, lstm_slopes_again, [test_lstm_layer_form, test_lstm_layer_out])
test_gru_layer_gradients = gradients_of(gru_slopes, gru_slopes_again, [test_gru_layer_form, test_gru_layer_out])


@check(left_alone, weight=0.4, needs=[test_one_number_per_step, test_gru_by_distance])
def test_left_alone(student: Student, reference: Reference) -> None:
    """It only looks

    Work on a copy of x, and ask torch.autograd.grad for its gradient alone: then nothing else is filled or cleared.
    """
    gru_distances.worked_out(student, reference)
    left_alone.right(student, reference)


# ---------------------------------------------------------------- start_by_keeping


def gate_of(judge: Any, key: str, weight: float, *, title: str, hint: str) -> Callable[..., None]:
    """A check of what some biases are after the start."""

    def test(student: Student, reference: Reference) -> None:
        judge.right(student, reference, key)

    kind = judge.label.split()[-1]
    test.__name__ = f"test_{kind.lower()}_{key}"
    test.__doc__ = f"{kind}: {title}\n\n{hint}"
    return check(judge, weight=weight)(test)


U = "Draw one u for each unit, the log of a number between 1 and longest - 1, for "
REST = "Set both bias vectors to 0 first: PyTorch adds the two. Then write u where it belongs."
OTHERS = "all other biases are 0"
UPDATE, FORGET = "the update gate starts by keeping", "the forget gate starts by keeping"
LITTLE = "the input gate starts by writing little"
test_gru_keeps = gate_of(gru_start, "keeps", 0.5, title=UPDATE, hint=f"{U}z, the second of three blocks.")
test_lstm_keeps = gate_of(lstm_start, "keeps", 0.4, title=FORGET, hint=f"{U}f, the second of four blocks.")
test_lstm_writes = gate_of(lstm_start, "writes", 0.3, title=LITTLE, hint="Give i, the first of the four blocks, -u.")
test_gru_others = gate_of(gru_start, "others", 0.2, title=OTHERS, hint=REST)
test_lstm_others = gate_of(lstm_start, "others", 0.2, title=OTHERS, hint=REST)
STARTED = [test_gru_keeps, test_lstm_keeps]


@check(gru_start, weight=0.2, needs=STARTED)
def test_in_place(student: Student, reference: Reference) -> None:
    """The module itself, its weights untouched

    Change the biases in place, under torch.no_grad(), leave W and U alone, and return the module that came in.
    """
    if not {"keeps", "others"} & gru_start.diagnosis(student, reference).right:
        gru_start.right(student, reference, "keeps")  # what does nothing changes no weights
    gru_start.right(student, reference, "weights", "returned")
    lstm_start.right(student, reference, "weights", "returned")


@check(gru_start, weight=0.2, needs=STARTED)
def test_torchs_generator(student: Student, reference: Reference) -> None:
    """Draws from torch's generator

    Draw with torch, and don't seed: seeding is the caller's business.
    """
    gru_start.right(student, reference, "draws")
    lstm_start.right(student, reference, "draws")
