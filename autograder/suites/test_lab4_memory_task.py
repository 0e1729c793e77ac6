"""Hidden suite of lab 4: data, classifiers, training and accuracy of the memory task.

What a submission trains: `memory_lab`'s 80 epochs (the printed log), two thresholds of 40 epochs and two of 50 on
pairs of the pool, less than four trainings of 80 epochs in all; and a linear stand-in for some epochs, in milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from autograder.mistakes import lab4_accuracy as accuracies
from autograder.mistakes import lab4_classifiers as classifiers
from autograder.mistakes import lab4_dataset as dataset
from autograder.mistakes import lab4_stand_in as stand_ins
from autograder.mistakes import lab4_thresholds as limits
from autograder.mistakes import lab4_training as training
from autograder.mistakes.lab4_hints import judged
from autograder.mistakes.lab4_weights import GRU, LSTM

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.suite.reference import Reference
    from autograder.suite.student import Student

    Draw = np.random.Generator
    Reached = Callable[[str, float], None]


# ---------------------------------------------------------------- what the lab itself shows


@judged("build_dataset", 1, "Shapes and types of the data", visible=True)
def test_shapes(student: Student) -> None:
    """The lab's own call gives X, y of the right shapes and dtypes, whatever their values."""
    student.seed(limits.LAB_SEED)
    dataset.structure(student.build_dataset(), 160, 10)


@judged("GRUClassifier", 1, "A GRU and a linear layer", visible=True)
def test_gru_layers(student: Student) -> None:
    """The six weights of the two layers, for the default and another hidden size, and logits of shape (batch, 2)."""
    classifiers.judge_layers(student, GRU)


@judged("LSTMClassifier", 0.5, "An LSTM and a linear layer", visible=True)
def test_lstm_layers(student: Student) -> None:
    """The same for the LSTM."""
    classifiers.judge_layers(student, LSTM)


@judged("train", 1, "A history of epochs", visible=True)
def test_history(student: Student) -> None:
    """Three epochs on a small stand-in give a list of three dicts with three numbers each."""
    made = stand_ins.stand_in(np.random.default_rng(0), 3, 0.03)
    training.history_of(student.train(made.in_child(student), made.X, made.y, epochs=3, lr=0.03), 3)


# ---------------------------------------------------------------- build_dataset


@judged("build_dataset", 2, "The draws, row by row", needs=["build_dataset.shapes"])
def test_draws(student: Student, reference: Reference, draw: Draw) -> None:
    """Two seeded calls, one with the defaults, agree with the reference: signal, noise, label, order."""
    dataset.judge(student, [dataset.random_draw(draw), dataset.Draw(int(draw.integers(2**31)))], reference)


@judged("build_dataset", 1, "The signal in the last value", needs=["build_dataset.shapes", "build_dataset.draws"])
def test_last(student: Student, reference: Reference, draw: Draw) -> None:
    """With "last" the last value gives the label."""
    dataset.judge(student, [dataset.random_draw(draw, "last") for _ in range(2)], reference)


@judged("build_dataset", 1, "Other sizes", needs=["build_dataset.shapes", "build_dataset.draws"])
def test_sizes(student: Student, reference: Reference, draw: Draw) -> None:
    """30 steps, a single step, a single row."""
    calls = [
        dataset.random_draw(draw, seq_len=30),
        dataset.random_draw(draw, seq_len=1),
        dataset.random_draw(draw, n=1),
    ]
    dataset.judge(student, calls, reference)


@judged("build_dataset", 0.5, "Another label_from", needs=["build_dataset.shapes"])
def test_other_label(student: Student) -> None:
    """Anything but "first" and "last" raises ValueError."""
    for word in ("middle", "First"):
        dataset.judge_refusal(student, word)


@judged("build_dataset", 0.5, "Draws, but does not seed", needs=["build_dataset.shapes", "build_dataset.draws"])
def test_no_seed(student: Student, reference: Reference, draw: Draw) -> None:
    """The second of two calls after one seed goes on where the first one stopped."""
    dataset.judge_continuation(student, reference, dataset.random_draw(draw))


# ---------------------------------------------------------------- classifiers


@judged("GRUClassifier", 2, "GRU: logits from the final hidden state", needs=["GRUClassifier.gru_layers"])
def test_gru_logits(student: Student, reference: Reference, draw: Draw) -> None:
    """With random weights copied in, the logits are the reference's."""
    classifiers.judge_logits(student, reference, GRU, draw)


@judged(
    "GRUClassifier", 1, "GRU: each call stands alone", needs=["GRUClassifier.gru_layers", "GRUClassifier.gru_logits"]
)
def test_gru_calls(student: Student, reference: Reference, draw: Draw) -> None:
    """Any length, any batch size, one after another and the first again."""
    classifiers.judge_calls(student, reference, GRU, draw)


@judged(
    "GRUClassifier",
    1,
    "GRU: gradients reach every weight",
    needs=["GRUClassifier.gru_layers", "GRUClassifier.gru_logits", "GRUClassifier.gru_calls"],
)
def test_gru_gradients(student: Student, reference: Reference, draw: Draw) -> None:
    """All six gradients are the reference's."""
    classifiers.judge_gradients(student, reference, GRU, draw)


@judged("GRUClassifier", 1, "GRU: start weights", needs=["GRUClassifier.gru_layers"])
def test_gru_start(student: Student, reference: Reference, draw: Draw) -> None:
    """After a seed, a new classifier has the weights that the reference's has."""
    classifiers.start(student, reference, GRU, int(draw.integers(2**31)))


@judged("LSTMClassifier", 1.5, "LSTM: logits from the final hidden state", needs=["LSTMClassifier.lstm_layers"])
def test_lstm_logits(student: Student, reference: Reference, draw: Draw) -> None:
    """With random weights copied in, the logits are the reference's."""
    classifiers.judge_logits(student, reference, LSTM, draw)


@judged(
    "LSTMClassifier",
    0.5,
    "LSTM: each call stands alone",
    needs=["LSTMClassifier.lstm_layers", "LSTMClassifier.lstm_logits"],
)
def test_lstm_calls(student: Student, reference: Reference, draw: Draw) -> None:
    """Any length, any batch size, one after another and the first again."""
    classifiers.judge_calls(student, reference, LSTM, draw)


@judged(
    "LSTMClassifier",
    0.5,
    "LSTM: gradients reach every weight",
    needs=["LSTMClassifier.lstm_layers", "LSTMClassifier.lstm_logits", "LSTMClassifier.lstm_calls"],
)
def test_lstm_gradients(student: Student, reference: Reference, draw: Draw) -> None:
    """All six gradients are the reference's."""
    classifiers.judge_gradients(student, reference, LSTM, draw)


@judged("LSTMClassifier", 1, "LSTM: start weights", needs=["LSTMClassifier.lstm_layers"])
def test_lstm_start(student: Student, reference: Reference, draw: Draw) -> None:
    """After a seed, a new classifier has the weights that the reference's has."""
    classifiers.start(student, reference, LSTM, int(draw.integers(2**31)))


# ---------------------------------------------------------------- accuracy


@judged("accuracy", 2.5, "The share of right rows")
def test_share(student: Student, draw: Draw) -> None:
    """On random rows, on one row that is right and on one that is wrong."""
    accuracies.judge_share(student, draw)


@judged("accuracy", 1.5, "accuracy only looks", needs=["accuracy.share"])
def test_only_looks(student: Student, draw: Draw) -> None:
    """Weights and gradients are the same, bit for bit, after the call."""
    accuracies.judge_only_looks(student, draw)


# ---------------------------------------------------------------- train


@judged("train", 2, "Loss and accuracy before each step", needs=["train.history"])
def test_losses(student: Student, reference: Reference, draw: Draw) -> None:
    """Six epochs on a stand-in give the reference's losses and accuracies."""
    training.judge_training(student, reference, draw, epochs=6, lr=0.03)


@judged("train", 1, "Other epochs, other learning rate", needs=["train.history", "train.losses"])
def test_epochs_and_lr(student: Student, reference: Reference, draw: Draw) -> None:
    """So they do with other numbers; and without any there are 80 epochs."""
    training.judge_training(student, reference, draw, epochs=int(draw.integers(4, 8)), lr=0.1)
    training.judge_default_epochs(student, draw)


@judged("train", 1, "Trains the model it is given", needs=["train.history", "train.losses", "train.epochs_and_lr"])
def test_given_model(student: Student, reference: Reference, draw: Draw) -> None:
    """The weights are the reference's after the last step, and a second call goes on from them."""
    training.judge_given_model(student, reference, draw)


BEFORE_GRU = ["GRUClassifier", "train.history", "train.losses", "train.epochs_and_lr", "train.given_model"]


@judged("train", 1, "GRU, the first of 10 values", needs=BEFORE_GRU)
def test_first_10(
    student: Student, reference: Reference, draw: Draw, thresholds: dict[str, float], reached: Reached
) -> None:
    """Held-out accuracy after 40 epochs."""
    limits.judge("first_10", student, reference, draw, thresholds, reached=reached)


@judged("train", 1, "GRU, the last of 10 values", needs=[*BEFORE_GRU, "train.first_10"])
def test_last_10(
    student: Student, reference: Reference, draw: Draw, thresholds: dict[str, float], reached: Reached
) -> None:
    """Held-out accuracy after 40 epochs."""
    limits.judge("last_10", student, reference, draw, thresholds, reached=reached)


@judged("train", 1, "GRU, the first of 30 values", needs=[*BEFORE_GRU, "train.first_10"])
def test_first_30(
    student: Student, reference: Reference, draw: Draw, thresholds: dict[str, float], reached: Reached
) -> None:
    """Held-out accuracy after 50 epochs from gates that start by keeping."""
    limits.judge("first_30", student, reference, draw, thresholds, reached=reached)


@judged("train", 1, "LSTM, the first of 10 values", needs=["LSTMClassifier", *BEFORE_GRU[1:]])
def test_lstm_10(
    student: Student, reference: Reference, draw: Draw, thresholds: dict[str, float], reached: Reached
) -> None:
    """Held-out accuracy after 50 epochs."""
    limits.judge("lstm_10", student, reference, draw, thresholds, reached=reached)


BEFORE_LOG = ["build_dataset", "accuracy", *BEFORE_GRU, "train.first_10"]


@judged("train", 1, "The printed log", needs=BEFORE_LOG)
def test_printed_log(student: Student, reference: Reference, draw: Draw, note: Callable[[str], None]) -> None:
    """The lab's own copy of memory_lab prints the lesson's log over the student's functions."""
    limits.judge_log(student, reference, draw, note)
