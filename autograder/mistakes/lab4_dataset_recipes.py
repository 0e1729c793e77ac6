"""Known mistakes in lab 4's `build_dataset`: each recipe makes the data as a student does who makes that mistake.

Recipes draw from torch's generator as it stands; the first one that gives what the student got is named.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Callable


def _sign() -> float:
    return 1.0 if torch.rand(1).item() > 0.5 else -1.0


def _rows(
    n: int,
    seq_len: int,
    place: int,
    *,
    sign: Callable[[], float] = _sign,
    noise: Callable[[int], torch.Tensor] = lambda size: torch.randn(size, 1) * 0.25,
    noise_first: bool = False,
    put: Callable[[torch.Tensor, int, float], Any] = lambda row, place, signal: row[place].fill_(signal),
    label: Callable[[float], int] = lambda signal: int(signal > 0),
) -> tuple[torch.Tensor, torch.Tensor]:
    """The lab's loop with a part of it replaced."""
    rows, labels = [], []
    for _ in range(n):
        if noise_first:
            row, signal = noise(seq_len), sign()
        else:
            signal, row = sign(), noise(seq_len)
        put(row, place, signal)
        rows.append(row)
        labels.append(label(signal))
    return torch.stack(rows), torch.tensor(labels)


def _at_once(n: int, seq_len: int, place: int, *, noise_first: bool = False) -> tuple[torch.Tensor, torch.Tensor]:
    if noise_first:
        X, draws = torch.randn(n, seq_len, 1) * 0.25, torch.rand(n)  # noqa: N806
    else:
        draws, X = torch.rand(n), torch.randn(n, seq_len, 1) * 0.25  # noqa: N806
    y = (draws > 0.5).long()
    X[:, place, 0] = 2.0 * y - 1.0
    return X, y


def _scaled(size: int, scale: float) -> torch.Tensor:
    return torch.randn(size, 1) * scale


def _shorter(size: int, place: int) -> torch.Tensor:
    noise = torch.randn(size - 1, 1) * 0.25
    return torch.cat([torch.zeros(1, 1), noise] if place == 0 else [noise, torch.zeros(1, 1)])


def _one_noise_fewer(n: int, seq_len: int, place: int) -> tuple[torch.Tensor, torch.Tensor]:
    return _rows(n, seq_len, place, noise=functools.partial(_shorter, place=place))


def _off_by_one(n: int, seq_len: int, place: int) -> tuple[torch.Tensor, torch.Tensor]:
    return _rows(n, seq_len, 1 if place == 0 else -2)


def _two_signs(n: int, seq_len: int, place: int) -> tuple[torch.Tensor, torch.Tensor]:
    return _rows(n, seq_len, place, label=lambda _signal: int(torch.rand(1).item() > 0.5))


_Recipe = tuple[str, "Callable[..., tuple[torch.Tensor, torch.Tensor]]"]
MISTAKES: dict[str, _Recipe] = {
    "noise before sign": (
        "Your noise is drawn before the sign. In each row `torch.rand(1)` comes first.",
        functools.partial(_rows, noise_first=True),
    ),
    "draws for all rows at once": (
        "You draw all signs at once, then all noise. Go row by row, sign then noise: the draws come in that order.",
        _at_once,
    ),
    "noise for all rows at once": (
        "You draw all the noise at once, then the signs. Go row by row, sign then noise.",
        functools.partial(_at_once, noise_first=True),
    ),
    "uniform noise": (
        "Your noise comes from `torch.rand`, which lies between 0 and 1. Noise around 0 is `torch.randn`.",
        functools.partial(_rows, noise=lambda size: torch.rand(size, 1) * 0.25),
    ),
    "one noise value fewer": (
        "You draw noise for all places but one. Draw `seq_len` values; the signal replaces one of them.",
        _one_noise_fewer,
    ),
    "label inverted": (
        "X is right, but your labels are the wrong way round: y is 1 for +1.0 and 0 for −1.0.",
        functools.partial(_rows, label=lambda signal: int(signal < 0)),
    ),
    "sign inverted": (
        "Your signs are the wrong way round: above 0.5 is +1.0, else −1.0.",
        functools.partial(_rows, sign=lambda: -_sign()),
    ),
    "signal added": (
        "You add the signal to the noise. It replaces the value: assign with `=`.",
        functools.partial(_rows, put=lambda row, place, signal: row[place].add_(signal)),
    ),
    "signal off by one place": (
        "The signal stands one place beside the right one: the first value has index 0, the last −1.",
        _off_by_one,
    ),
    "first and last swapped": (
        'The signal stands at the other end: "first" is index 0, "last" is index −1.',
        lambda n, seq_len, place: _rows(n, seq_len, -1 - place),
    ),
    "signal missing": (
        "The noise and the labels are right, but the signal is missing from X: put it in with `row[0] = signal`.",
        functools.partial(_rows, put=lambda _row, _place, _signal: None),
    ),
    "signal 0 for −1": (
        "Your signal is +1 or 0. It is +1.0 or −1.0; 0 is only the label.",
        functools.partial(_rows, sign=lambda: float(torch.rand(1).item() > 0.5)),
    ),
    "second draw for the label": (
        "A second number is drawn for the label. Draw once per row, and use that sign for the signal and the label.",
        _two_signs,
    ),
    "randint for the sign": (
        "Your sign comes from `torch.randint`. Draw `torch.rand(1)` and compare it with 0.5.",
        functools.partial(_rows, sign=lambda: 2.0 * int(torch.randint(0, 2, (1,)).item()) - 1.0),
    ),
    "randn for the sign": (
        "Your sign comes from `torch.randn`. Draw `torch.rand(1)` and compare it with 0.5.",
        functools.partial(_rows, sign=lambda: 1.0 if torch.randn(1).item() > 0 else -1.0),
    ),
}
