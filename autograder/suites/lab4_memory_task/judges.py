"""What is judged of lab 4, and what it is asked with."""

from __future__ import annotations

from typing import Any

from autograder.suite import array_of, arrays, history, module, number, refusal, untouched

from . import rows, stand_in
from .pool import GRU, LOSS_TOLERANCE, LSTM, Kind, linear


def x_and_y(n: int = 160, seq_len: int = 10, label_from: str = "first") -> dict[str, Any]:
    """What `build_dataset` returns."""
    return {
        "X": array_of(n, seq_len, 1, letters="(n, seq_len, 1)", dtype="float32", kind="tensor"),
        "y": array_of(n, letters="(n,)", dtype="int64", kind="tensor"),
    }


def data(label: str = "", **more: Any) -> Any:
    """A judge of `build_dataset`; 1e-6 leaves room for a rounding, no other draw comes that near."""
    return arrays("build_dataset", keys=["X", "y"], forms=x_and_y, rtol=0, atol=1e-6, label=label, **more)


def classifier(kind: Kind) -> Any:
    """A judge of one of the two classes."""
    return module(
        kind.classifier,
        layers={kind.layer: kind.recurrent, "linear layer": linear},
        output=lambda x: array_of(len(x), 2, letters="(batch, 2)", kind="tensor"),
        visible=rows.lab_modules(kind),
        hidden=[rows.modules(kind)],
        facts=rows.first_value_alone,
    )


def training(label: str = "", **more: Any) -> Any:
    """A judge of `train` on a stand-in."""
    within = {"epoch": 0.0, "loss": LOSS_TOLERANCE, "acc": 1e-5}
    return history(
        "train", within=within, follows={"acc": "loss", "weights": "loss"}, shares=["acc"], label=label, **more
    )


dataset = data(visible=rows.LAB_DATA, hidden=[rows.draws])
last = data("last", visible=[], hidden=[rows.last])
sizes = data("sizes", visible=[], hidden=[rows.sizes])
second_call = data("second call", visible=[], hidden=[rows.second_call])
other_label = refusal("build_dataset", raises="ValueError", label="refusal", visible=rows.REFUSED)
gru, lstm = classifier(GRU), classifier(LSTM)
trained = training(visible=[stand_in.LAB_TRAINING], hidden=[stand_in.a_training])
other_numbers = training("other numbers", visible=[], hidden=[stand_in.other_numbers])
share = number("accuracy", is_share=True, visible=stand_in.LAB_ACCURACIES, hidden=[stand_in.shares])
looks = untouched("accuracy", label="looks", visible=stand_in.LAB_ACCURACIES[:1], hidden=[stand_in.shares])
