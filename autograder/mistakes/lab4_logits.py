"""Known mistakes in the forward pass of lab 4's classifiers: what each one computes from the same two layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch


def _final(recurrent: Any, x: torch.Tensor) -> torch.Tensor:  # noqa: ANN401  # a GRU or an LSTM
    out: torch.Tensor = recurrent(x)[0]
    return out[:, -1]


def _read(pick: Callable[[Any], torch.Tensor]) -> Callable[..., torch.Tensor]:
    return lambda recurrent, linear, x: linear(pick(recurrent(x)[0]))


def _cell(recurrent: Any, linear: Any, x: torch.Tensor) -> torch.Tensor | None:  # noqa: ANN401  # layers
    state = recurrent(x)[1]
    return linear(state[1][-1]) if isinstance(state, tuple) else None


def _after(change: Callable[[Any], torch.Tensor]) -> Callable[..., torch.Tensor]:
    return lambda recurrent, linear, x: change(linear(_final(recurrent, x)))


def _before(change: Callable[[Any], torch.Tensor]) -> Callable[..., torch.Tensor]:
    return lambda recurrent, linear, x: linear(change(_final(recurrent, x)))


_FINAL = "The logits come from the hidden state after the last step, `out[:, -1]` or `h[-1]`."
WRONG_LOGITS: dict[str, tuple[str, Callable[..., torch.Tensor | None]]] = {
    "out[:, 0]": (f"Your logits are read from the first step, `out[:, 0]`. {_FINAL}", _read(lambda out: out[:, 0])),
    "mean over time": (f"Your logits are read from the mean over all steps. {_FINAL}", _read(lambda out: out.mean(1))),
    "sum over time": (f"Your logits are read from the sum over all steps. {_FINAL}", _read(lambda out: out.sum(1))),
    "maximum over time": (
        f"Your logits are read from the largest value over all steps. {_FINAL}",
        _read(lambda out: out.amax(1)),
    ),
    "last step but one": (f"Your logits are read from the last step but one. {_FINAL}", _read(lambda out: out[:, -2])),
    "c for h": (
        "Your logits are read from the cell state c. c is what the LSTM keeps, h what it shows: the pair is `(h, c)`.",
        _cell,
    ),
    "batch_first missing": (
        "Your logits mix the sequences of a batch: without batch_first=True the layer reads across them.",
        lambda recurrent, linear, x: linear(recurrent(x.transpose(0, 1))[0].transpose(0, 1)[:, -1]),
    ),
    "softmax in forward": (
        "A softmax follows your linear layer. Return raw logits: cross-entropy does the softmax itself.",
        _after(lambda z: z.softmax(1)),
    ),
    "log-softmax in forward": (
        "A log-softmax follows your linear layer. Return raw logits: cross-entropy does that itself.",
        _after(lambda z: z.log_softmax(1)),
    ),
    "sigmoid in forward": (
        "A sigmoid follows your linear layer. Return raw logits.",
        _after(lambda z: z.sigmoid()),
    ),
    "tanh after the linear layer": ("A tanh follows your linear layer. Return raw logits.", _after(lambda z: z.tanh())),
    "ReLU after the linear layer": ("A ReLU follows your linear layer. Return raw logits.", _after(lambda z: z.relu())),
    "ReLU before the linear layer": (
        "A ReLU stands before your linear layer. Hand the hidden state on as it is.",
        _before(lambda h: h.relu()),
    ),
    "tanh before the linear layer": (
        "A tanh stands before your linear layer. Hand the hidden state on as it is.",
        _before(lambda h: h.tanh()),
    ),
    "sequence reversed": (
        "Your sequences are read backwards.",
        lambda recurrent, linear, x: linear(_final(recurrent, x.flip(1))),
    ),
    "classes swapped": ("Your two logits have changed places.", _after(lambda z: z.flip(1))),
}
