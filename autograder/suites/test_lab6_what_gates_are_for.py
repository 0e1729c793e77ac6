"""Hidden suite of lab 6: marked bits, three kinds of model, training with clipped gradients, and gate surgery.

Points stand in the notebook and weights share them out; test_lab1 says how a suite is read. `rows` and `stand_in` are
what functions are asked with, `judges` what is judged. Training is judged exactly, epoch by epoch, on stand-ins that
tell ways to clip apart, and on the task itself (`trainings`): ten epochs number by number, and after sixty the accuracy
that stands in course.yml, under `thresholds`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.suite import Reference, Student, check

from .lab6_what_gates_are_for import trainings
from .lab6_what_gates_are_for.asking import gates_taken, kind_taken
from .lab6_what_gates_are_for.judges import (
    ITS,
    arguments,
    dataset,
    gru,
    lstm,
    once_only,
    operated,
    other_gates,
    other_kinds,
    other_limits,
    other_numbers,
    rnn,
    second_call,
    sizes,
    trained,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    Draw = np.random.Generator
    Least = dict[str, float]
    Reached = Callable[[str, float], None]

# ---------------------------------------------------------------- recall_data


@check(dataset, weight=0.75, visible=True)
def test_form(student: Student, reference: Reference) -> None:
    """Shapes and types of the data

    X is float32 of shape (n, seq_len, 2), y is int64 of shape (n,). Begin with torch.zeros and fill it.
    """
    dataset.answers(student, reference)


def part_of(key: str, weight: float, title: str, hint: str) -> Callable[..., None]:
    """A check of one channel, or of the labels."""

    def test(student: Student, reference: Reference) -> None:
        dataset.right(student, reference, key)

    test.__name__ = f"test_{'labels' if key == 'y' else key}"
    test.__doc__ = f"{title}\n\n{hint}"
    return check(dataset, weight=weight, needs=[test_form])(test)


test_bits = part_of(
    "bits", 1.25, "The bits, in channel 0",
    "Draw bits, labels and places, in this order; at each row's own place channel 0 gets 2y − 1.",
)  # fmt: skip
test_marks = part_of(
    "marks", 1, "The marks, in channel 1",
    "One 1 in each row, at its own place in the first half: index with the row's number and its place in pairs.",
)  # fmt: skip
test_labels = part_of(
    "y", 0.75, "The labels, and when they are drawn",
    "y is torch.randint(0, 2, (n,)), drawn after the bits and before the places.",
)  # fmt: skip
DRAWN = [test_bits, test_marks, test_labels]


@check(sizes, weight=0.75, needs=[test_form, *DRAWN])
def test_sizes(student: Student, reference: Reference) -> None:
    """Other sizes of the data

    Try recall_data(1, 2) and recall_data(3, 7): no 400 and no 30 may be typed in, and half of 7 steps is 3.
    """
    sizes.right(student, reference)


@check(second_call, weight=0.5, needs=[test_form, *DRAWN])
def test_no_seed(student: Student, reference: Reference) -> None:
    """Draws, but does not seed

    Take the line that seeds out of recall_data: two calls in a row give different data.
    """
    second_call.right(student, reference)


# ---------------------------------------------------------------- RecallModel


def form_of(judge: Any, kind: str) -> Callable[..., None]:
    """A check of a kind's layers."""

    def test(student: Student, reference: Reference) -> None:
        with kind_taken(student, kind):
            judge.answers(student, reference)

    test.__name__ = f"test_{kind.lower()}_layers"
    test.__doc__ = f"""{kind}: two layers

    For "{kind}" make nn.{kind}(2, hidden_size, batch_first=True), then nn.Linear(hidden_size, 2): two logits a row.
    """
    return check(judge, weight=0.3, visible=True)(test)


def its(judge: Any, kind: str, part: str, needs: list[Any]) -> Any:
    """A check of one quantity of a kind."""
    weight, title, hint = ITS[part]
    keys = {"gradients": f"gradients of the {kind}", "linear_gradients": "gradients of the linear layer"}

    def test(student: Student, reference: Reference) -> None:
        judge.right(student, reference, keys.get(part, part))

    test.__name__ = f"test_{kind.lower()}_{part}"
    test.__doc__ = f"{kind}: {title}\n\n{hint}"
    return check(judge, weight=weight, needs=needs)(test)


def all_of(judge: Any, kind: str) -> list[Any]:
    """The checks of one kind of model; those of other inputs rest on the logits."""
    layers = form_of(judge, kind)
    logits = its(judge, kind, "logits", [layers])
    return [layers, logits, *(its(judge, kind, part, [layers, logits]) for part in ITS if part != "logits")]


(
    test_gru_layers, test_gru_logits, test_gru_calls, test_gru_eval,
    test_gru_gradients, test_gru_linear_gradients, test_gru_start,
) = all_of(gru, "GRU")  # fmt: skip
(
    test_lstm_layers, test_lstm_logits, test_lstm_calls, test_lstm_eval,
    test_lstm_gradients, test_lstm_linear_gradients, test_lstm_start,
) = all_of(lstm, "LSTM")  # fmt: skip
(
    test_rnn_layers, test_rnn_logits, test_rnn_calls, test_rnn_eval,
    test_rnn_gradients, test_rnn_linear_gradients, test_rnn_start,
) = all_of(rnn, "RNN")  # fmt: skip


@check(other_kinds, weight=0.4, needs=[test_gru_layers])
def test_other_kinds(student: Student, reference: Reference) -> None:
    """Other kinds are refused

    Raise ValueError for every kind but "RNN", "GRU" and "LSTM", spelled in just this way.
    """
    other_kinds.right(student, reference)


# ---------------------------------------------------------------- train_clipped


@check(trained, weight=0.5, visible=True)
def test_history(student: Student, reference: Reference) -> None:
    """A history of epochs

    Return a list with one dict per epoch: "epoch" from 1, "loss", "acc" and "norm", all numbers.
    """
    trained.answers(student, reference)


def series_of(key: str, weight: float, title: str, hint: str) -> Callable[..., None]:
    """A check of one key of the history, or of the weights that are left."""

    def test(student: Student, reference: Reference) -> None:
        trained.right(student, reference, key)

    test.__name__ = f"test_{key}"
    test.__doc__ = f"{title}\n\n{hint}"
    return check(trained, weight=weight, needs=[test_history])(test)


test_epoch = series_of("epoch", 0.4, "Epochs from 1", "Count range(1, epochs + 1), and append one dict in each round.")
test_loss = series_of(
    "loss", 1.25, "The loss before each step",
    "In each epoch: logits, loss, zero_grad, backward, clip, step. Clip all gradients together, by their norm.",
)  # fmt: skip
test_acc = series_of(
    "acc", 0.6, "The accuracy before each step",
    "`acc` is the share of rows whose larger logit is the label's, from the logits of the loss.",
)  # fmt: skip
test_norm = series_of(
    "norm", 0.75, "The norm before clipping",
    "clip_grad_norm_ returns the norm that it found: write that down.",
)  # fmt: skip
test_weights = series_of(
    "weights", 0.5, "Trains the model it is given",
    "Call model(X) on the model that came in and step on model.parameters(); make no new model.",
)  # fmt: skip


@check(other_limits, weight=0.75, needs=[test_history, test_loss])
def test_other_limits(student: Student, reference: Reference) -> None:
    """Other limits

    Hand clip on. Gradients that are longer are shortened to it, shorter ones stay as they are.
    """
    other_limits.right(student, reference, "loss", "norm")


@check(other_numbers, weight=0.75, needs=[test_history, test_loss])
def test_other_numbers(student: Student, reference: Reference) -> None:
    """Other epochs, other learning rate, and the defaults

    Hand lr on to Adam and count range(1, epochs + 1); leave the defaults as they are: 80, 0.02 and 1.0.
    """
    other_numbers.right(student, reference, "epoch", "loss")


@check(trained, weight=0.25, needs=[gru, test_history, test_loss, test_norm, test_other_limits])
def test_ten_epochs(student: Student, reference: Reference, draw: Draw) -> None:
    """Ten epochs of the task itself

    Train your own RecallModel: what works on a linear model should work on a recurrent one without a change.
    """
    trainings.judge(trained, student, reference, draw)


@check(trained, weight=0.25, needs=[test_ten_epochs, test_weights, test_other_numbers])
def test_recall(student: Student, reference: Reference, draw: Draw, thresholds: Least, reached: Reached) -> None:
    """Remembers, on rows it has never seen

    Train a GRU that starts by keeping for 60 epochs, as in the lab's comparison: held-out accuracy is near 1.
    """
    trainings.judge_recall(trained, student, reference, draw, least=thresholds["recall"], reached=reached)


# ---------------------------------------------------------------- surgery


@check(operated, weight=0.5, visible=True)
def test_one_state(student: Student, reference: Reference) -> None:
    """One state comes back

    Return the hidden state after the last step, of shape (batch, hidden), and nothing beside it.
    """
    with gates_taken(student):
        operated.answers(student, reference)


def group_of(group: str, weight: float, hint: str, needs: list[Any]) -> Callable[..., None]:
    """A check of the surgeries on one gate."""

    def test(student: Student, reference: Reference) -> None:
        with gates_taken(student):
            operated.right(student, reference, group)

    test.__name__ = f"test_{group.replace(' ', '_')}"
    test.__doc__ = f"Surgery: {group}\n\n{hint}"
    return check(operated, weight=weight, needs=needs)(test)


HOLD = "At each step in `steps` that gate is `value`, whole, in place of its sigmoid; c and h go on from there."
test_the_plain_layer = group_of(
    "the plain layer", 1.25, "Without steps it is nn.LSTM: blocks i, f, g, o, from zeros.", [test_one_state]
)
WORKS = [test_one_state, test_the_plain_layer]
GATES = [group_of(f"the {gate} gate", 0.85, HOLD, WORKS) for gate in ("forget", "input", "output")]
test_the_forget_gate, test_the_input_gate, test_the_output_gate = GATES


@check(once_only, weight=0.3, needs=[*WORKS, *GATES])
def test_once_only(student: Student, reference: Reference) -> None:
    """Steps that can be gone through only once

    Make a set of steps before the loop: `t in steps` uses an iterator up at the first question.
    """
    once_only.right(student, reference)


@check(arguments, weight=0.3, needs=WORKS)
def test_arguments(student: Student, reference: Reference) -> None:
    """Arguments stay as they are

    Call it twice with the same tensors: += and methods that end in _ change the caller's own.
    """
    arguments.right(student, reference)


@check(other_gates, weight=0.25, needs=[test_one_state])
def test_other_gates(student: Student, reference: Reference) -> None:
    """Other gates are refused

    Raise ValueError for every gate but "input", "forget" and "output", before the loop: also where steps is empty.
    """
    other_gates.right(student, reference)
