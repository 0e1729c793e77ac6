"""What lab 4's two classifiers are made of: their weights by shape, whatever the attributes are called.

The order in which a student's module registers its layers is free as well: weights are matched by shape, and where
two have the same shape (the two biases of a recurrent layer) by their order and the `hh` of PyTorch's names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograder.sandbox.values import Array
from autograder.suite.failures import StudentObject
from autograder.suite.stages import fail, name

if TYPE_CHECKING:
    import numpy as np

    from autograder.suite.student import Student


@dataclass(frozen=True)
class Kind:
    """One of the two classifiers."""

    classifier: str
    layer: str
    blocks: int

    def shapes(self, hidden: int) -> list[tuple[int, ...]]:
        """Of the six weights, in the order of the lab's layers."""
        wide = self.blocks * hidden
        return [(wide, 1), (wide, hidden), (wide,), (wide,), (2, hidden), (2,)]


GRU = Kind("GRUClassifier", "GRU", 3)
LSTM = Kind("LSTMClassifier", "LSTM", 4)


def made(student: Student, kind: Kind, *args: int, **kwargs: int) -> StudentObject:
    """A new classifier of the student's."""
    model = getattr(student, kind.classifier)(*args, **kwargs)
    if not isinstance(model, StudentObject):
        fail(f"`{kind.classifier}(…)` should give a module, but gives {name(model)}.", got=model)
    return model


def logits(value: Any, rows: int) -> np.ndarray[Any, Any]:  # noqa: ANN401  # plain data
    """Logits (rows, 2) of a forward pass; fails by stages."""
    if not isinstance(value, Array):
        mistake = "returns more than the logits" if isinstance(value, list) else None
        fail(f"The model should return a tensor of logits, but returned {name(value)}.", got=value, mistake=mistake)
    if value.shape != (rows, 2):
        text, mistake = _shape_slip(value.shape, rows)
        fail(
            f"The logits have shape {value.shape}, but (batch, 2) = {(rows, 2)} is expected{text}.",
            expected=f"shape {(rows, 2)}",
            got=f"shape {value.shape}",
            mistake=mistake,
        )
    return value.numpy()


def _shape_slip(shape: tuple[int, ...], rows: int) -> tuple[str, str | None]:
    if shape == (1, rows, 2):
        return ": the whole `h` was handed on, with its layer axis; take `h[-1]`", "layer axis kept"
    if len(shape) == 3 and shape[0] == rows:
        return ": every step was handed on; take the last, `out[:, -1]` or `h[-1]`", "every step handed on"
    if shape in {(2,), (rows,)}:
        return ": one number per class for each sequence, whatever the batch size", "batch axis lost or argmax"
    if len(shape) == 2 and shape[1] == 2:
        return ": that is the number of steps; is batch_first=True there, and `out[:, -1]`?", "batch_first missing"
    if len(shape) == 2 and shape[0] == rows:
        return ": the linear layer has two outputs, one per class", "linear layer of another size"
    return "", None


def order_in(weights: list[tuple[str, Array]], kind: Kind, hidden: int) -> list[int]:
    """Where each weight of a student's module, in its own order, stands among the lab's six; fails, naming why."""
    found = [array.shape for _, array in weights]
    wanted = kind.shapes(hidden)
    if sorted(found) != sorted(wanted):
        _other_weights(found, kind, hidden)
    left = list(enumerate(wanted))
    order = [0] * len(found)
    for own in sorted(range(len(found)), key=lambda own: ("hh" in weights[own][0], own)):
        spot = next(spot for spot, (_, shape) in enumerate(left) if shape == found[own])
        order[own] = left.pop(spot)[0]
    return order


def _other_weights(found: list[tuple[int, ...]], kind: Kind, hidden: int) -> None:
    """Fail with what the shapes say."""
    name_ = kind.classifier
    same = {1: "a plain RNN", 3: "a GRU", 4: "an LSTM"}
    for blocks, what in same.items():
        if sorted(found) == sorted(Kind("", "", blocks).shapes(hidden)):
            mistake = "plain RNN" if blocks == 1 else f"{what.split()[1]} for {kind.layer}"
            fail(f"{name_} holds the weights of {what}, not of an nn.{kind.layer}.", mistake=mistake)
    if sorted(found) == sorted(kind.shapes(8)):
        fail(f"{name_}(hidden_size=…) always has 8 hidden units: hand `hidden_size` on.", mistake="hidden size ignored")
    if not set(kind.shapes(hidden)) - set(found) and len(found) > 6:
        fail(
            f"{name_} holds {len(found)} weights; one nn.{kind.layer} of one layer and one direction and one nn.Linear "
            f"hold 6. Take out what is not asked for.",
            mistake="extra weights",
        )
    if not found:
        fail(f"{name_} holds no weights: make both layers in __init__, with `self.` in front.", mistake="no weights")
    fail(
        f"{name_} holds other weights than one nn.{kind.layer}(1, hidden_size) and one nn.Linear(hidden_size, 2).",
        mistake="other weights",
    )
