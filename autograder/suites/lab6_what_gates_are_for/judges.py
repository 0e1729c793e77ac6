"""What is judged of lab 6, function by function."""

from __future__ import annotations

from typing import Any

from autograder.suite import array_by_group, array_of, history, module, refusal

from . import rows, stand_in
from .asking import CHANNELS, GIVEN, LeftAlone, OnceOnly, Recalled, both_arrays, facts_of

LOSS_TOLERANCE = 5.2e-5
"""How far a loss may be from the reference's: 5e-5 (lesson), and room for noise where that is used up by rounding."""
NORM_TOLERANCE = 1.5e-4
"""The lesson's 5e-5 and 1e-4 of a norm, near 1 as those of stand-ins are."""

ITS = {
    "logits": (0.4, "logits from the final hidden state", "Hand the last step of out, or the last layer of h, on."),
    "calls": (0.1, "each call stands alone", "Keep no state in self, and use no size of an earlier batch."),
    "eval": (0.05, "the same after eval()", "Nothing in forward may depend on self.training."),
    "gradients": (0.1, "gradients reach the recurrent layer", "No detach, .data or no_grad in forward."),
    "linear_gradients": (0.1, "gradients reach the linear layer", "No detach, .data or no_grad behind the layer."),
    "start": (0.15, "start weights", "Make the recurrent layer first, and leave PyTorch's initialisation as it is."),
}
"""What each kind is judged by, beside its layers: weight, title, hint."""


def _data(label: str = "", **more: Any) -> Recalled:
    """A judge of `recall_data`; all of its numbers are whole."""
    return Recalled("recall_data", [*CHANNELS, "y"], both_arrays, rtol=0, atol=1e-6, label=label, **more)


def _model(name: str) -> Any:
    """A judge of `RecallModel` with one kind of layer."""
    kind = rows.Kind(name)
    return module(
        "RecallModel",
        layers={name: kind.layer, "linear layer": kind.linear},
        output=lambda x: array_of(len(x), 2, letters="(batch, 2)", kind="tensor"),
        visible=rows.shown_models(kind),
        hidden=[rows.models(kind)],
        label=name,
    )


def _training(label: str = "", **more: Any) -> Any:
    """A judge of `train_clipped` on a stand-in."""
    within = {"epoch": 0.0, "loss": LOSS_TOLERANCE, "acc": 1e-5, "norm": NORM_TOLERANCE}
    follows = {"acc": "loss", "norm": "loss", "weights": "loss"}
    return history("train_clipped", within=within, follows=follows, label=label, **more)


def _final_h(x: Any, *given: Any) -> Any:
    """What `surgery` returns."""
    return array_of(len(x), given[1].shape[1], letters="(batch, hidden)", kind="tensor")


dataset = _data(visible=rows.LAB_DATA, hidden=[rows.draws])
sizes = _data("sizes", hidden=[rows.sizes])
second_call = _data("second call", hidden=[rows.second_call])
gru, lstm, rnn = map(_model, ("GRU", "LSTM", "RNN"))
other_kinds = refusal(
    "RecallModel", raises="ValueError", label="refusal", visible=rows.REFUSED, hidden=rows.REFUSED_TOO
)
trained = _training(visible=stand_in.LAB_TRAINING, hidden=[stand_in.a_training])
other_limits = _training("other limits", visible=[], hidden=[stand_in.other_limits])
other_numbers = _training("other numbers", visible=[], hidden=[stand_in.other_numbers])
operated = array_by_group("surgery", form=_final_h, groups=rows.GROUPS)
once_only = OnceOnly(
    "surgery", ["value"], lambda *args: {"value": _final_h(*args)}, hidden=[rows.once_only], label="iterator"
)
arguments = LeftAlone("surgery", GIVEN, facts_of, hidden=[rows.left_alone], label="arguments")
other_gates = refusal(
    "surgery", raises="ValueError", label="refusal", visible=rows.OTHER_GATES, hidden=[rows.other_gates]
)
