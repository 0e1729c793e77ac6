"""The gate idea, the LSTM cell and the GRU cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit import BLUE, FAINT, GREEN, INK, ORANGE, PAPER, PURPLE, TIMES, area, arrow, box, card, gate, note, operation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

THICK = 3.4  # the memory path, in every picture


def draw_gate() -> Figure:
    """Old memory, gate, new information, exposed part; below, what one gate does to a signal of 0.8."""
    figure, axes = card(4.0)
    line = 2.95
    box(axes, (0.8, line), (1.1, 0.62), "old\nmemory", GREEN)
    box(axes, (4.2, line), (1.1, 0.62), "new\nmemory", GREEN)
    box(axes, (6.2, line), (1.1, 0.62), "exposed\npart", ORANGE)
    arrow(axes, (1.35, line), (1.73, line), colour=GREEN, width=THICK)
    arrow(axes, (2.07, line), (2.68, line), colour=GREEN, width=THICK)
    arrow(axes, (3.02, line), (3.65, line), colour=GREEN, width=THICK)
    arrow(axes, (4.75, line), (5.08, line), colour=ORANGE)
    arrow(axes, (5.42, line), (5.65, line), colour=ORANGE)
    for x, label in ((1.9, "gate: how\nmuch stays?"), (5.25, "gate: how much\nis shown?")):
        operation(axes, (x, line), TIMES)
        arrow(axes, (x, line + 0.48), (x, line + 0.18), colour=BLUE)
        note(axes, (x, line + 0.72), label, color=BLUE)
    operation(axes, (2.85, line), "+")
    operation(axes, (2.85, 2.2), TIMES)
    arrow(axes, (2.85, 2.38), (2.85, line - 0.18), colour=PURPLE)
    box(axes, (4.45, 2.2), (1.7, 0.42), "new information", PURPLE)
    arrow(axes, (3.6, 2.2), (3.03, 2.2), colour=PURPLE)
    arrow(axes, (2.4, 2.2), (2.67, 2.2), colour=BLUE)
    note(axes, (1.55, 2.2), "gate: how much\nis written?", color=BLUE)
    axes.plot([0.3, 6.7], [1.72, 1.72], color=FAINT, lw=0.7)
    note(axes, (0.3, 1.48), "A gate is a number between 0 and 1, multiplied onto a signal:", ha="left", weight="bold")
    for x, value, word in ((1.3, 0.0, "blocks"), (3.5, 0.5, "lets half pass"), (5.7, 1.0, "lets all pass")):
        _valve(axes, x, value, word)
    return figure


def _valve(axes: Axes, x: float, value: float, word: str) -> None:
    """A signal of 0.8 before and after one gate; the width of the line is the signal."""
    signal, y = 0.8, 0.86
    note(axes, (x - 0.86, y), f"{signal}", fontsize=11)
    note(axes, (x + 0.86, y), f"{signal * value:.1f}", fontsize=11, weight="bold")
    axes.plot([x - 0.66, x - 0.27], [y, y], color=GREEN, lw=9 * signal, solid_capstyle="butt", zorder=2)
    if value:
        axes.plot([x + 0.27, x + 0.66], [y, y], color=GREEN, lw=9 * signal * value, solid_capstyle="butt", zorder=2)
    else:
        axes.plot([x + 0.29, x + 0.66], [y, y], color=FAINT, lw=1.2, ls=":", zorder=2)
    gate(axes, (x, y), f"{value:g}")
    note(axes, (x, 0.36), word)


def draw_lstm_cell() -> Figure:
    """Memory runs along the top; four logits below decide what stays, is written and is shown."""
    figure, axes = card(4.5)
    top, row, bus = 3.62, 1.72, 0.86
    area(axes, (0.95, 0.55), (5.1, 3.68))
    note(axes, (0.5, top), "$c_{t-1}$", fontsize=14)
    arrow(axes, (0.8, top), (1.53, top), colour=GREEN, width=THICK)
    arrow(axes, (1.87, top), (2.98, top), colour=GREEN, width=THICK)
    arrow(axes, (3.32, top), (6.28, top), colour=GREEN, width=THICK)
    note(axes, (6.53, top), "$c_t$", fontsize=14)
    note(axes, (4.15, top + 0.3), "memory path (cell state)", color=GREEN)
    for x, letter, word in ((1.7, "f", "forget\ngate"), (2.5, "i", "input\ngate"), (4.7, "o", "output\ngate")):
        arrow(axes, (x, bus), (x, row - 0.27), colour=FAINT)
        gate(axes, (x, row), f"${letter}_t$")
        note(axes, (x + 0.1, row - 0.52), word, color=BLUE, fontsize=10, ha="left")
    arrow(axes, (3.58, bus), (3.58, row - 0.24), colour=FAINT)
    box(axes, (3.58, row), (0.6, 0.48), r"$\tilde{c}_t$", PURPLE, fontsize=13)
    note(axes, (3.68, row - 0.52), "candidate\n(tanh)", color=PURPLE, fontsize=10, ha="left")
    operation(axes, (1.7, top), TIMES)
    arrow(axes, (1.7, row + 0.27), (1.7, top - 0.17), colour=BLUE)
    operation(axes, (3.15, top), "+")
    operation(axes, (3.15, 2.72), TIMES)
    arrow(axes, (2.5, row + 0.27), (2.5, 2.72), (2.98, 2.72), colour=BLUE)
    arrow(axes, (3.58, row + 0.24), (3.58, 2.72), (3.32, 2.72), colour=PURPLE)
    arrow(axes, (3.15, 2.89), (3.15, top - 0.17), colour=PURPLE)
    _lstm_exit(axes, top, row)
    _inputs(axes, bus, 4.7, "four logits, each a weighted sum of $x_t$ and $h_{t-1}$; gates are sigmoids")
    return figure


def _lstm_exit(axes: Axes, top: float, row: float) -> None:
    """The exposed part: the output gate times tanh of the new memory."""
    box(axes, (5.5, 3.0), (0.66, 0.38), "tanh", INK)
    axes.plot([5.5], [top], "o", color=GREEN, ms=7, zorder=3)
    arrow(axes, (5.5, top), (5.5, 3.2), colour=ORANGE)
    arrow(axes, (5.5, 2.81), (5.5, 2.5), colour=ORANGE)
    operation(axes, (5.5, 2.33), TIMES)
    arrow(axes, (4.7, row + 0.27), (4.7, 2.33), (5.33, 2.33), colour=BLUE)
    arrow(axes, (5.67, 2.33), (6.28, 2.33), colour=ORANGE)
    note(axes, (6.53, 2.33), "$h_t$", fontsize=14)
    note(axes, (6.53, 2.02), "exposed", color=ORANGE, fontsize=10)


def _inputs(axes: Axes, bus: float, end: float, label: str) -> None:
    """Old hidden state and new input, joined into the line that feeds the gates."""
    note(axes, (0.5, bus), "$h_{t-1}$", fontsize=14)
    note(axes, (1.25, 0.25), "$x_t$", fontsize=14)
    axes.plot([0.78, end], [bus, bus], color=FAINT, lw=1.5, zorder=1)
    axes.plot([1.25, 1.25], [0.4, bus], color=FAINT, lw=1.5, zorder=1)
    axes.plot([1.25], [bus], "o", color=FAINT, ms=5)
    note(axes, (1.55, 0.25), label, color=FAINT, fontsize=10, ha="left")


def draw_gru_cell() -> Figure:
    """One state along the top; the update gate mixes it with a candidate, the reset gate filters what that sees."""
    figure, axes = card(4.5)
    top, row, bus = 3.62, 1.85, 0.86
    area(axes, (0.95, 0.55), (5.1, 3.68))
    note(axes, (0.5, top), "$h_{t-1}$", fontsize=14)
    arrow(axes, (0.78, top), (3.93, top), colour=GREEN, width=THICK)
    arrow(axes, (4.27, top), (5.23, top), colour=GREEN, width=THICK)
    arrow(axes, (5.57, top), (6.28, top), colour=GREEN, width=THICK)
    note(axes, (6.53, top), "$h_t$", fontsize=14)
    note(axes, (2.75, top + 0.3), "the one state", color=GREEN)
    operation(axes, (4.1, top), TIMES)
    operation(axes, (5.4, top), "+")
    operation(axes, (5.4, 2.75), TIMES)
    for x, letter, word in ((1.75, "r", "reset gate"), (4.1, "z", "update gate")):
        arrow(axes, (x, bus), (x, row - 0.27), colour=FAINT)
        gate(axes, (x, row), f"${letter}_t$")
        note(axes, (x + 0.1, row - 0.42), word, color=BLUE, fontsize=10, ha="left")
    box(axes, (4.1, 2.75), (0.66, 0.36), "$1-z_t$", BLUE)
    arrow(axes, (4.1, row + 0.27), (4.1, 2.57), colour=BLUE)
    arrow(axes, (4.1, 2.93), (4.1, top - 0.17), colour=BLUE)
    note(axes, (4.22, 3.22), "how much stays", color=BLUE, fontsize=10, ha="left")
    arrow(axes, (4.37, row), (4.88, row), (4.88, 2.75), (5.23, 2.75), colour=BLUE)
    arrow(axes, (5.4, 2.92), (5.4, top - 0.17), colour=PURPLE)
    _gru_candidate(axes, top, row, bus)
    _inputs(axes, bus, 4.1, "both gates see $x_t$ and $h_{t-1}$, through learned weights")
    return figure


def _gru_candidate(axes: Axes, top: float, row: float, bus: float) -> None:
    """The candidate: tanh of the input and of as much old state as the reset gate lets through."""
    axes.plot([1.75], [top], "o", color=GREEN, ms=7, zorder=3)
    operation(axes, (1.75, 2.75), TIMES)
    arrow(axes, (1.75, top), (1.75, 2.92), colour=GREEN)
    arrow(axes, (1.75, row + 0.27), (1.75, 2.58), colour=BLUE)
    box(axes, (2.95, 2.75), (0.6, 0.48), r"$\tilde{h}_t$", PURPLE, fontsize=13)
    arrow(axes, (1.92, 2.75), (2.65, 2.75), colour=PURPLE)
    arrow(axes, (2.95, bus), (2.95, 2.51), colour=FAINT)
    note(axes, (2.87, 2.15), "$x_t$", fontsize=11, ha="right", color=FAINT)
    note(axes, (2.95, 3.17), "candidate (tanh)", color=PURPLE, fontsize=10)
    # It passes over the update gate's own input: the paper-coloured line under it says that they do not meet.
    axes.plot([3.98, 4.22], [1.17, 1.17], color=PAPER, lw=7, zorder=2, solid_capstyle="butt")
    arrow(axes, (3.25, 2.75), (3.5, 2.75), (3.5, 1.17), (5.4, 1.17), (5.4, 2.58), colour=PURPLE)
