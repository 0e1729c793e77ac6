"""Pictures of what is measured: training, the hidden state over time, the gradient by distance.

Nothing here is sketched. The functions are the ones of lab 4's master notebook, read from its cells, so a picture
can't show another model than the students build. Without that notebook there is nothing to measure.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import torch
from kit import BLUE, DPI, FAINT, FRAME, GREEN, INK, MINUS, ORANGE, PAPER, PURPLE, WIDTH, plain
from matplotlib.figure import Figure
from torch import nn

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

LAB4 = Path(__file__).resolve().parents[2] / "solutions/lab4_memory_task/lab4_memory_task.ipynb"
GIVEN = "start_by_keeping"
SEED = 42  # the lab's own
PRINTED = (1, 20, 40, 60, 80)  # the epochs of the lab's log
FAR, SEEDS = 60, 40  # steps and seeds of the gradient's picture


@cache
def lab4() -> dict[str, Any]:
    """The names that lab 4's solution defines."""
    torch.set_num_threads(1)
    names: dict[str, Any] = {"torch": torch, "nn": nn}
    for cell in nbformat.read(LAB4, as_version=4).cells:
        if cell.cell_type == "code" and (cell["id"] == GIVEN or cell["id"].endswith("_answer")):
            exec(cell.source, names)
    return names


@cache
def trained() -> tuple[Any, Any, Any, list[dict[str, float]]]:
    """The lab's seeded run: data, labels, model, history."""
    lab = lab4()
    torch.manual_seed(SEED)
    data, labels = lab["build_dataset"]()
    model = lab["GRUClassifier"]()
    return data, labels, model, lab["train"](model, data, labels)


def sheet(height: float, columns: int, **grid: float) -> tuple[Figure, list[Axes]]:
    """A card with measured axes on it, side by side."""
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER, edgecolor=FRAME, linewidth=2)
    axes = figure.subplots(1, columns, squeeze=False, gridspec_kw=grid)[0]
    for one in axes:
        plain(one)
    return figure, axes


def draw_memory_curve() -> Figure:
    """Loss and accuracy by epoch of the lab's seeded run."""
    _, labels, _, history = trained()
    figure, axes = sheet(3.3, 2, left=0.09, right=0.975, bottom=0.17, top=0.8, wspace=0.24)
    epochs = [row["epoch"] for row in history]
    for one, key, colour, title in zip(axes, ("loss", "acc"), (ORANGE, BLUE), ("loss", "accuracy"), strict=True):
        values = [row[key] for row in history]
        one.plot(epochs, values, color=colour, lw=2)
        one.plot(PRINTED, [values[epoch - 1] for epoch in PRINTED], "o", color=colour, ms=6)
        one.set_title(title, loc="left", fontsize=11, weight="bold", color=INK)
        one.set_xlabel("epoch")
        one.set_xlim(0, 82)
        one.set_xticks(PRINTED)
    axes[0].set_ylim(-0.03, 0.82)
    axes[1].set_ylim(0.38, 1.03)
    ones = float(labels.float().mean())
    share = max(ones, 1 - ones)
    axes[1].axhline(share, color=FAINT, lw=1.2, ls=":")
    axes[1].text(81, share - 0.02, f"{share:.3f}: always naming\nthe commoner label", ha="right", va="top", fontsize=10)
    axes[0].text(36, 0.5, "first it only guesses,\nthen it finds the\nfirst value", ha="left", va="center", fontsize=10)
    heading = "GRUClassifier, seed 42, 10 steps (dots: the epochs in the printed log)"
    figure.text(0.03, 0.93, heading, fontsize=10.5, color=INK, va="center")
    return figure


def draw_hidden_state() -> Figure:
    """The eight hidden units of the trained model on two sequences that differ in their first value alone."""
    data, _, model, _ = trained()
    gru = next(part for part in model.modules() if isinstance(part, nn.GRU))
    pair = data[:1].repeat(2, 1, 1)
    pair[:, 0, 0] = torch.tensor([1.0, -1.0])
    with torch.no_grad():
        states = gru(pair)[0].numpy()
    told = abs(states[0, -1] - states[1, -1])
    clearest = int(told.argmax())
    figure, axes = sheet(3.5, 2, left=0.09, right=0.975, bottom=0.16, top=0.78, wspace=0.12)
    steps = range(1, states.shape[1] + 1)
    for one, state, first, noise in zip(axes, states, ("+1", f"{MINUS}1"), pair[..., 0].numpy(), strict=True):
        one.plot(steps, state, color=FAINT, lw=1, alpha=0.75)
        one.plot(steps, state[:, clearest], color=BLUE, lw=3, marker="o", ms=5)
        one.plot(steps, noise, color=ORANGE, lw=1.4, ls="--", marker="s", ms=4)
        one.set_title(f"first value {first}", loc="left", fontsize=11, weight="bold", color=INK)
        one.set(xlabel="step", ylim=(-1.12, 1.12), xticks=[1, 4, 7, 10], yticks=[-1, 0, 1])
    axes[1].set_yticklabels([])
    heading = "dashed squares: the input, the same noise in both     thin: the hidden units\n"
    heading += "thick dots: the unit that tells the two apart best"
    figure.text(0.03, 0.92, heading, fontsize=10, color=INK, va="center", linespacing=1.4)
    return figure


def draw_gradient() -> Figure:
    """How much of the gradient reaches an input, by its distance from the end, before any training."""
    kinds: list[tuple[str, Callable[[], nn.Module], str, str, str]] = [
        ("LSTM, starts by keeping", lambda: _keeping("LSTMClassifier"), GREEN, "-", "s"),
        ("GRU, starts by keeping", lambda: _keeping("GRUClassifier"), BLUE, "-", "o"),
        ("GRU, default start", lab4()["GRUClassifier"], BLUE, "--", "o"),
        ("LSTM, default start", lab4()["LSTMClassifier"], GREEN, "--", "s"),
        ("plain RNN, default start", _PlainRNN, PURPLE, ":", "^"),
    ]
    figure, (one,) = sheet(3.7, 1, left=0.12, right=0.975, bottom=0.15, top=0.86)
    for name, make, colour, dash, marker in kinds:
        reach = _reach(make)
        one.semilogy(
            range(FAR), reach, color=colour, ls=dash, marker=marker, ms=5, lw=1.9, markevery=(4, 10), label=name
        )
    one.set_xlabel("distance from the last step, in steps")
    one.set(xlim=(0, FAR - 1), ylim=(1e-18, 10), yticks=[1, 1e-4, 1e-8, 1e-12, 1e-16])
    one.legend(frameon=False, fontsize=10, loc="lower left")
    heading = f"gradient that reaches an input, last step = 1 (before training, median of {SEEDS} seeds)"
    figure.text(0.03, 0.93, heading, fontsize=10.5, color=INK, va="center")
    return figure


class _PlainRNN(nn.Module):
    """Lab 4's classifier with an ungated RNN in the GRU's place."""

    def __init__(self) -> None:
        super().__init__()
        self.rnn = nn.RNN(1, 8, batch_first=True)
        self.linear = nn.Linear(8, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The logits, from the final hidden state."""
        _, h = self.rnn(x)
        logits: torch.Tensor = self.linear(h[-1])
        return logits


def _keeping(name: str) -> nn.Module:
    model: nn.Module = lab4()[name]()
    lab4()["start_by_keeping"](model, FAR)
    return model


def _reach(make: Callable[[], nn.Module]) -> NDArray[np.float32]:
    """Median over seeds of the gradient's norm at each step, from the last step backwards."""
    runs = []
    for seed in range(SEEDS):
        torch.manual_seed(seed)
        data, labels = lab4()["build_dataset"](seq_len=FAR)
        data.requires_grad_(True)
        (slope,) = torch.autograd.grad(nn.functional.cross_entropy(make()(data), labels), data)
        by_step = slope[..., 0].norm(dim=0)
        runs.append((by_step / by_step[-1]).flip(0))
    middle: NDArray[np.float32] = torch.stack(runs).median(dim=0).values.numpy()
    return middle
