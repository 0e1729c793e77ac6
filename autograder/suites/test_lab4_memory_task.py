"""Hidden suite of lab 4: data, classifiers, training and accuracy of the memory task.

Points stand in the notebook and weights share them out; test_lab1 says how a suite is read, `judges` has the rows. The
accuracies to reach stand in course.yml, under `thresholds`; a training has to follow the reference's losses. Trained
are `memory_lab`'s 80 epochs, 40 or 50 for each threshold, start and data drawn from `pool`, and a linear stand-in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.suite import Reference, Student, check

from .lab4_memory_task import thresholds as limits
from .lab4_memory_task.judges import (
    dataset,
    gru,
    last,
    looks,
    lstm,
    other_label,
    other_numbers,
    second_call,
    share,
    sizes,
    trained,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    Draw = np.random.Generator
    Reached = Callable[[str, float], None]


# ---------------------------------------------------------------- build_dataset


@check(dataset, weight=1, visible=True)
def test_shapes(student: Student, reference: Reference) -> None:
    """Shapes and types of the data

    X is float32 of shape (n, seq_len, 1), y is int64 of shape (n,). torch.stack puts the rows side by side.
    """
    dataset.answers(student, reference)


@check(dataset, weight=1.25, needs=[test_shapes])
def test_draws(student: Student, reference: Reference) -> None:
    """The draws, row by row

    For each row in turn: torch.rand(1) for the sign, torch.randn(seq_len, 1) * 0.25 for the noise, then the signal
    takes the place of the first value.
    """
    dataset.right(student, reference, "X")


@check(dataset, weight=0.75, needs=[test_shapes])
def test_labels(student: Student, reference: Reference) -> None:
    """The labels

    y is 1 where the signal is +1.0, and 0 where it is −1.0.
    """
    dataset.right(student, reference, "y")


@check(dataset, weight=1, needs=[test_shapes, test_draws])
def test_last(student: Student, reference: Reference) -> None:
    """The signal in the last value

    With label_from="last" the signal replaces row[-1], and only that.
    """
    last.right(student, reference)


@check(dataset, weight=1, needs=[test_shapes, test_draws])
def test_sizes(student: Student, reference: Reference) -> None:
    """Other sizes

    Try build_dataset(n=1, seq_len=1) and build_dataset(n=3, seq_len=30): no 160 and no 10 may be typed in.
    """
    sizes.right(student, reference)


@check(dataset, weight=0.5, needs=[test_shapes])
def test_other_label(student: Student, reference: Reference) -> None:
    """Another label_from

    label_from="middle" should raise ValueError, before anything is drawn; "first" and "last" should not.
    """
    other_label.right(student, reference)


@check(dataset, weight=0.5, needs=[test_shapes, test_draws])
def test_no_seed(student: Student, reference: Reference) -> None:
    """Draws, but does not seed

    Take torch.manual_seed out of build_dataset: two calls in a row give different data, and seeding is the caller's
    business.
    """
    second_call.right(student, reference)


# ---------------------------------------------------------------- the two classifiers


CUT = "No detach(), .data or torch.no_grad() in forward: the loss must reach the "
FRESH = "Start every forward from scratch: keep no hidden state in self, and use no size of an earlier batch."
FORWARD = "forward: {unpack} = self.{layer}(x), then the linear layer of h[-1], and nothing after it."
FIRST = "Make the {LAYER} first and the linear layer second, and leave PyTorch's initialisation as it is."
ITS = {
    "logits": ("logits from the final hidden state", FORWARD),
    "calls": ("each call stands alone", FRESH),
    "eval": ("the same after eval()", "Nothing in forward may depend on self.training."),
    "gradients": ("gradients reach the {LAYER}", CUT + "{LAYER}."),
    "linear_gradients": ("gradients reach the linear layer", CUT + "linear layer."),
    "start": ("start weights", FIRST),
}
"""What both classifiers are judged by, beside their layers: title and hint."""


def its(judge: Any, part: str, weight: float, needs: list[Any], **words: str) -> Any:
    """A check of one quantity of a classifier."""
    title, hint = ITS[part]
    keys = {"gradients": f"gradients of the {words['LAYER']}", "linear_gradients": "gradients of the linear layer"}

    def test(student: Student, reference: Reference) -> None:
        judge.right(student, reference, keys.get(part, part))

    test.__name__ = f"test_{words['layer']}_{part}"
    test.__doc__ = f"{words['LAYER']}: {title}\n\n{hint}".format(**words)
    return check(judge, weight=weight, needs=needs)(test)


@check(gru, weight=1, visible=True)
def test_gru_layers(student: Student, reference: Reference) -> None:
    """A GRU and a linear layer

    In __init__: nn.GRU(1, hidden_size, batch_first=True), then nn.Linear(hidden_size, 2). forward returns logits of
    shape (batch, 2).
    """
    gru.answers(student, reference)


A_GRU = {"LAYER": "GRU", "layer": "gru", "unpack": "out, h"}
test_gru_logits = its(gru, "logits", 2, [test_gru_layers], **A_GRU)
test_gru_calls = its(gru, "calls", 0.5, [test_gru_layers, test_gru_logits], **A_GRU)
test_gru_eval = its(gru, "eval", 0.5, [test_gru_layers, test_gru_logits], **A_GRU)
test_gru_gradients = its(gru, "gradients", 0.5, [test_gru_layers, test_gru_logits], **A_GRU)
test_gru_linear_gradients = its(gru, "linear_gradients", 0.5, [test_gru_layers, test_gru_logits], **A_GRU)
test_gru_start = its(gru, "start", 1, [test_gru_layers], **A_GRU)


@check(lstm, weight=0.5, visible=True)
def test_lstm_layers(student: Student, reference: Reference) -> None:
    """An LSTM and a linear layer

    In __init__: nn.LSTM(1, hidden_size, batch_first=True), then nn.Linear(hidden_size, 2). forward returns logits of
    shape (batch, 2).
    """
    lstm.answers(student, reference)


AN_LSTM = {"LAYER": "LSTM", "layer": "lstm", "unpack": "out, (h, c)"}
test_lstm_logits = its(lstm, "logits", 1.5, [test_lstm_layers], **AN_LSTM)
test_lstm_calls = its(lstm, "calls", 0.25, [test_lstm_layers, test_lstm_logits], **AN_LSTM)
test_lstm_eval = its(lstm, "eval", 0.25, [test_lstm_layers, test_lstm_logits], **AN_LSTM)
test_lstm_gradients = its(lstm, "gradients", 0.25, [test_lstm_layers, test_lstm_logits], **AN_LSTM)
test_lstm_linear_gradients = its(lstm, "linear_gradients", 0.25, [test_lstm_layers, test_lstm_logits], **AN_LSTM)
test_lstm_start = its(lstm, "start", 1, [test_lstm_layers], **AN_LSTM)


# ---------------------------------------------------------------- accuracy


@check(share, weight=2)
def test_share(student: Student, reference: Reference) -> None:
    """The share of right rows

    model(X).argmax(dim=1) == y says which rows are right; their mean is the accuracy.
    """
    share.right(student, reference, rounded=True)


@check(share, weight=0.5, needs=[test_share])
def test_every_digit(student: Student, reference: Reference) -> None:
    """Every digit is kept

    Return the share as it comes: only printing rounds.
    """
    share.every_digit(student, reference)


@check(share, weight=1.5)
def test_only_looks(student: Student, reference: Reference) -> None:
    """accuracy only looks

    No train, no backward, no zero_grad and no optimizer in accuracy: torch.no_grad() is enough.
    """
    share.worked_out(student, reference)
    looks.right(student, reference)


# ---------------------------------------------------------------- train


@check(trained, weight=0.5, visible=True)
def test_history(student: Student, reference: Reference) -> None:
    """A history of epochs

    train returns a list with one dict per epoch: "epoch" from 1, "loss" and "acc", numbers.
    """
    trained.answers(student, reference)


@check(trained, weight=0.5, needs=[test_history])
def test_epochs(student: Student, reference: Reference) -> None:
    """Epochs from 1

    Count range(1, epochs + 1), and append one dict in each round.
    """
    trained.right(student, reference, "epoch")


@check(trained, weight=1.25, needs=[test_history])
def test_losses(student: Student, reference: Reference) -> None:
    """The loss before each step

    In each epoch: logits, loss, write it down, zero_grad, backward, step. One Adam, made before the loop, on all rows
    at once.
    """
    trained.right(student, reference, "loss")


@check(trained, weight=0.75, needs=[test_history])
def test_accuracies(student: Student, reference: Reference) -> None:
    """The accuracy before each step

    `acc` is the share of rows whose larger logit is the label's, from the logits that the loss is worked out from.
    """
    trained.right(student, reference, "acc")


@check(trained, weight=1, needs=[test_history, test_losses])
def test_epochs_and_lr(student: Student, reference: Reference) -> None:
    """Other epochs, other learning rate

    Hand lr on to Adam and count range(1, epochs + 1); leave the defaults, 80 and 0.03, as they are.
    """
    other_numbers.right(student, reference, "epoch", "loss")


@check(trained, weight=1, needs=[test_history, test_losses])
def test_given_model(student: Student, reference: Reference) -> None:
    """Trains the model it is given

    Call model(X) on the model that came in and step on model.parameters(); make no new model, and do not reset its
    weights.
    """
    trained.right(student, reference, "weights")


TRAINS = [test_losses, test_epochs_and_lr, test_given_model]
BEFORE_GRU = [gru, *TRAINS]


def threshold(name: str, title: str, hint: str, classifier: Any, needs: list[Any]) -> Any:
    """A check of held-out accuracy after a training from a start of the pool."""

    def test(
        student: Student, reference: Reference, draw: Draw, thresholds: dict[str, float], reached: Reached
    ) -> None:
        judges = trained, classifier
        limits.judge(name, judges, student, reference, draw, thresholds=thresholds, reached=reached)

    test.__name__, test.__doc__ = f"test_{name}", f"{title}\n\n{hint}: held-out accuracy is near 1."
    return check(trained, weight=1, needs=needs)(test)


KEEP = "Train with gates that start by keeping, as in the lab's last section"
test_first_10 = threshold(
    "first_10", "GRU, the first of 10 values", "Train with try_seeds(GRUClassifier, seq_len=10)", gru, BEFORE_GRU
)
BEFORE = [*BEFORE_GRU, test_first_10]
test_last_10 = threshold("last_10", "GRU, the last of 10 values", 'Train with label_from="last"', gru, BEFORE)
test_first_30 = threshold("first_30", "GRU, the first of 30 values", KEEP, gru, BEFORE)
LSTM_10 = "Train with try_seeds(LSTMClassifier, seq_len=10)"
test_lstm_10 = threshold("lstm_10", "LSTM, the first of 10 values", LSTM_10, lstm, [lstm, *TRAINS])


@check(trained, weight=1, needs=[dataset, share, *BEFORE])
def test_printed_log(student: Student, reference: Reference, draw: Draw, note: Callable[[str], None]) -> None:
    """The printed log

    Run memory_lab() and compare with the lab's expected output, line by line from the top; the hints below it
    say which function a line comes from.
    """
    limits.judge_log(trained, student, reference, draw, note)
