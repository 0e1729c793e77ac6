"""Hidden suite of lab 4: data, classifiers, training and accuracy of the memory task.

What a submission trains: `memory_lab`'s 80 epochs (the printed log), two thresholds of 40 epochs and two of 50 on
pairs of the pool, less than four trainings of 80 epochs in all; and a linear stand-in for some epochs, in milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.suite import Reference, Student, array_of, arrays, check, history, module, number, refusal, untouched

from .lab4_memory_task import rows, stand_in
from .lab4_memory_task import thresholds as limits
from .lab4_memory_task.pool import GRU, LOSS_TOLERANCE, LSTM, Kind, linear

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    Draw = np.random.Generator
    Reached = Callable[[str, float], None]


def x_and_y(n: int = 160, seq_len: int = 10, label_from: str = "first") -> dict[str, Any]:  # noqa: ARG001
    """What `build_dataset` returns."""
    return {
        "X": array_of(n, seq_len, 1, letters="(n, seq_len, 1)", dtype="float32", kind="tensor"),
        "y": array_of(n, letters="(n,)", dtype="int64", kind="tensor"),
    }


def data(label: str = "", **more: Any) -> Any:  # noqa: ANN401
    """A judge of `build_dataset`; 1e-6 leaves room for a rounding, no other draw comes that near."""
    return arrays("build_dataset", keys=["X", "y"], forms=x_and_y, rtol=0, atol=1e-6, label=label, **more)


def classifier(kind: Kind) -> Any:  # noqa: ANN401
    """A judge of one of the two classes."""
    return module(
        kind.classifier,
        layers={kind.layer: kind.recurrent, "linear layer": linear},
        output=lambda x: array_of(len(x), 2, letters="(batch, 2)", kind="tensor"),
        visible=rows.lab_modules(kind),
        hidden=[rows.modules(kind)],
        facts=rows.first_value_alone,
    )


def training(label: str = "", **more: Any) -> Any:  # noqa: ANN401
    """A judge of `train` on a stand-in."""
    within = {"epoch": 0.0, "loss": LOSS_TOLERANCE, "acc": 1e-5}
    return history("train", within=within, follows={"acc": "loss", "weights": "loss"}, label=label, **more)


dataset = data(visible=rows.LAB_DATA, hidden=[rows.draws])
last = data("last", visible=[], hidden=[rows.last])
sizes = data("sizes", visible=[], hidden=[rows.sizes])
second_call = data("second call", visible=[], hidden=[rows.second_call])
other_label = refusal("build_dataset", raises="ValueError", label="refusal", visible=rows.REFUSED)
gru, lstm = classifier(GRU), classifier(LSTM)
trained = training(visible=[stand_in.LAB_TRAINING], hidden=[stand_in.a_training])
other_numbers = training("other numbers", visible=[], hidden=[stand_in.other_numbers])
share = number("accuracy", visible=stand_in.LAB_ACCURACIES, hidden=[stand_in.shares])
looks = untouched("accuracy", label="looks", visible=stand_in.LAB_ACCURACIES[:1], hidden=[stand_in.shares])


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


# ---------------------------------------------------------------- GRUClassifier


@check(gru, weight=1, visible=True)
def test_gru_layers(student: Student, reference: Reference) -> None:
    """A GRU and a linear layer

    In __init__: nn.GRU(1, hidden_size, batch_first=True), then nn.Linear(hidden_size, 2). forward returns logits of
    shape (batch, 2).
    """
    gru.answers(student, reference)


@check(gru, weight=2, needs=[test_gru_layers])
def test_gru_logits(student: Student, reference: Reference) -> None:
    """GRU: logits from the final hidden state

    forward: out, h = self.gru(x), then the linear layer of h[-1], and nothing after it.
    """
    gru.right(student, reference, "logits")


@check(gru, weight=0.5, needs=[test_gru_layers, test_gru_logits])
def test_gru_calls(student: Student, reference: Reference) -> None:
    """GRU: each call stands alone

    Start every forward from scratch: keep no hidden state in self, and use no size of an earlier batch.
    """
    gru.right(student, reference, "calls")


@check(gru, weight=0.5, needs=[test_gru_layers, test_gru_logits])
def test_gru_eval(student: Student, reference: Reference) -> None:
    """GRU: the same after eval()

    Nothing in forward may depend on self.training.
    """
    gru.right(student, reference, "eval")


@check(gru, weight=0.5, needs=[test_gru_layers, test_gru_logits])
def test_gru_gradients(student: Student, reference: Reference) -> None:
    """GRU: gradients reach the GRU

    No detach(), .data or torch.no_grad() in forward: the loss must reach the GRU.
    """
    gru.right(student, reference, "gradients of the GRU")


@check(gru, weight=0.5, needs=[test_gru_layers, test_gru_logits])
def test_gru_linear_gradients(student: Student, reference: Reference) -> None:
    """GRU: gradients reach the linear layer

    No detach(), .data or torch.no_grad() in forward: the loss must reach the linear layer.
    """
    gru.right(student, reference, "gradients of the linear layer")


@check(gru, weight=1, needs=[test_gru_layers])
def test_gru_start(student: Student, reference: Reference) -> None:
    """GRU: start weights

    Make the GRU first and the linear layer second, and leave PyTorch's initialisation as it is.
    """
    gru.right(student, reference, "start")


# ---------------------------------------------------------------- LSTMClassifier


@check(lstm, weight=0.5, visible=True)
def test_lstm_layers(student: Student, reference: Reference) -> None:
    """An LSTM and a linear layer

    In __init__: nn.LSTM(1, hidden_size, batch_first=True), then nn.Linear(hidden_size, 2). forward returns logits of
    shape (batch, 2).
    """
    lstm.answers(student, reference)


@check(lstm, weight=1.5, needs=[test_lstm_layers])
def test_lstm_logits(student: Student, reference: Reference) -> None:
    """LSTM: logits from the final hidden state

    forward: out, (h, c) = self.lstm(x), then the linear layer of h[-1], and nothing after it.
    """
    lstm.right(student, reference, "logits")


@check(lstm, weight=0.25, needs=[test_lstm_layers, test_lstm_logits])
def test_lstm_calls(student: Student, reference: Reference) -> None:
    """LSTM: each call stands alone

    Start every forward from scratch: keep no state in self, and use no size of an earlier batch.
    """
    lstm.right(student, reference, "calls")


@check(lstm, weight=0.25, needs=[test_lstm_layers, test_lstm_logits])
def test_lstm_eval(student: Student, reference: Reference) -> None:
    """LSTM: the same after eval()

    Nothing in forward may depend on self.training.
    """
    lstm.right(student, reference, "eval")


@check(lstm, weight=0.25, needs=[test_lstm_layers, test_lstm_logits])
def test_lstm_gradients(student: Student, reference: Reference) -> None:
    """LSTM: gradients reach the LSTM

    No detach(), .data or torch.no_grad() in forward: the loss must reach the LSTM.
    """
    lstm.right(student, reference, "gradients of the LSTM")


@check(lstm, weight=0.25, needs=[test_lstm_layers, test_lstm_logits])
def test_lstm_linear_gradients(student: Student, reference: Reference) -> None:
    """LSTM: gradients reach the linear layer

    No detach(), .data or torch.no_grad() in forward: the loss must reach the linear layer.
    """
    lstm.right(student, reference, "gradients of the linear layer")


@check(lstm, weight=1, needs=[test_lstm_layers])
def test_lstm_start(student: Student, reference: Reference) -> None:
    """LSTM: start weights

    Make the LSTM first and the linear layer second, and leave PyTorch's initialisation as it is.
    """
    lstm.right(student, reference, "start")


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


BEFORE_GRU = [gru, test_losses, test_epochs_and_lr, test_given_model]


@check(trained, weight=1, needs=BEFORE_GRU)
def test_first_10(
    student: Student, reference: Reference, draw: Draw, thresholds: dict[str, float], reached: Reached
) -> None:
    """GRU, the first of 10 values

    Train with try_seeds(GRUClassifier, seq_len=10): held-out accuracy is near 1.
    """
    limits.judge("first_10", (trained, gru), student, reference, draw, thresholds=thresholds, reached=reached)


@check(trained, weight=1, needs=[*BEFORE_GRU, test_first_10])
def test_last_10(
    student: Student, reference: Reference, draw: Draw, thresholds: dict[str, float], reached: Reached
) -> None:
    """GRU, the last of 10 values

    Train with label_from="last": held-out accuracy is near 1.
    """
    limits.judge("last_10", (trained, gru), student, reference, draw, thresholds=thresholds, reached=reached)


@check(trained, weight=1, needs=[*BEFORE_GRU, test_first_10])
def test_first_30(
    student: Student, reference: Reference, draw: Draw, thresholds: dict[str, float], reached: Reached
) -> None:
    """GRU, the first of 30 values

    Train with gates that start by keeping, as in the lab's last section: held-out accuracy is near 1.
    """
    limits.judge("first_30", (trained, gru), student, reference, draw, thresholds=thresholds, reached=reached)


@check(trained, weight=1, needs=[lstm, *BEFORE_GRU[1:]])
def test_lstm_10(
    student: Student, reference: Reference, draw: Draw, thresholds: dict[str, float], reached: Reached
) -> None:
    """LSTM, the first of 10 values

    Train with try_seeds(LSTMClassifier, seq_len=10): held-out accuracy is near 1.
    """
    limits.judge("lstm_10", (trained, lstm), student, reference, draw, thresholds=thresholds, reached=reached)


@check(trained, weight=1, needs=[dataset, share, *BEFORE_GRU, test_first_10])
def test_printed_log(student: Student, reference: Reference, draw: Draw, note: Callable[[str], None]) -> None:
    """The printed log

    Run memory_lab() and compare with the lab's expected output, line by line from the top; the hints below it are
    keyed by what you see.
    """
    limits.judge_log(trained, student, reference, draw, note)
