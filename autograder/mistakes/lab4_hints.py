"""Hints of lab 4's checks by title, and the `@check` that takes them from here: there are many of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.suite.stages import check

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from autograder.suite.decorator import F

HINTS = {
    "Shapes and types of the data": "X is float32 of shape (n, seq_len, 1), y is int64 of shape (n,). torch.stack puts "
    "the rows side by side.",
    "The draws, row by row": "For each row in turn: torch.rand(1) for the sign, torch.randn(seq_len, 1) * 0.25 for the "
    "noise, then the signal takes the place of the first value. y is 1 for +1.0.",
    "The signal in the last value": 'With label_from="last" the signal replaces row[-1], and only that.',
    "Other sizes": "Try build_dataset(n=1, seq_len=1) and build_dataset(n=3, seq_len=30): no 160 and no 10 may be "
    "typed in.",
    "Another label_from": 'label_from="middle" should raise ValueError, before anything is drawn.',
    "Draws, but does not seed": "Take torch.manual_seed out of build_dataset: two calls in a row give different data, "
    "and seeding is the caller's business.",
    "A GRU and a linear layer": "In __init__: nn.GRU(1, hidden_size, batch_first=True), then nn.Linear(hidden_size, "
    "2). forward returns logits of shape (batch, 2).",
    "An LSTM and a linear layer": "In __init__: nn.LSTM(1, hidden_size, batch_first=True), then nn.Linear(hidden_size, "
    "2). forward returns logits of shape (batch, 2).",
    "GRU: logits from the final hidden state": "forward: out, h = self.gru(x), then the linear layer of h[-1], and "
    "nothing after it.",
    "LSTM: logits from the final hidden state": "forward: out, (h, c) = self.lstm(x), then the linear layer of h[-1], "
    "and nothing after it.",
    "GRU: each call stands alone": "Start every forward from scratch: keep no hidden state in self, and use no size "
    "of an earlier batch.",
    "LSTM: each call stands alone": "Start every forward from scratch: keep no state in self, and use no size of an "
    "earlier batch.",
    "GRU: gradients reach every weight": "No detach(), .data or torch.no_grad() in forward: the loss must reach the "
    "GRU.",
    "LSTM: gradients reach every weight": "No detach(), .data or torch.no_grad() in forward: the loss must reach the "
    "LSTM.",
    "GRU: start weights": "Make the GRU first and the linear layer second, and leave PyTorch's initialisation as it "
    "is.",
    "LSTM: start weights": "Make the LSTM first and the linear layer second, and leave PyTorch's initialisation as it "
    "is.",
    "The share of right rows": "model(X).argmax(dim=1) == y says which rows are right; their mean is the accuracy.",
    "accuracy only looks": "No train, no backward, no zero_grad and no optimizer in accuracy: torch.no_grad() is "
    "enough.",
    "A history of epochs": 'train returns a list with one dict per epoch: "epoch" from 1, "loss" and "acc", numbers.',
    "Loss and accuracy before each step": "In each epoch: logits, loss, write both down, zero_grad, backward, step. "
    "One Adam, made before the loop, on all rows at once.",
    "Other epochs, other learning rate": "Hand lr on to Adam and count range(1, epochs + 1).",
    "Trains the model it is given": "Call model(X) on the model that came in and step on model.parameters(); make no "
    "new model, and do not reset its weights.",
    "The printed log": "Run memory_lab() and compare with the lab's expected output, line by line from the top; the "
    "hints below it are keyed by what you see.",
    "GRU, the first of 10 values": "Train with try_seeds(GRUClassifier, seq_len=10): held-out accuracy is near 1.",
    "GRU, the last of 10 values": 'Train with label_from="last": held-out accuracy is near 1.',
    "GRU, the first of 30 values": "Train with gates that start by keeping, as in the lab's last section: held-out "
    "accuracy is near 1.",
    "LSTM, the first of 10 values": "Train with try_seeds(LSTMClassifier, seq_len=10): held-out accuracy is near 1.",
}


def judged(
    cell: str, points: float, title: str, *, visible: bool = False, needs: Sequence[str] = ()
) -> Callable[[F], F]:
    """`@check` with the title's hint."""
    return check(cell=cell, points=points, title=title, hint=HINTS[title], visible=visible, needs=needs)
