"""Lab 5's pictures: how PyTorch stacks a layer's weights in blocks, and the way of the memory over three steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit import BLUE, FAINT, GREEN, INK, ORANGE, PURPLE, TIMES, area, arrow, box, card, gate, note, operation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HIGH = 0.46
LSTM = (("i", "input gate", BLUE), ("f", "forget gate", BLUE), ("g", "candidate", PURPLE), ("o", "output gate", BLUE))
GRU = (("r", "reset gate", BLUE), ("z", "update gate", BLUE), ("n", "candidate", PURPLE))
STEPS = (1.55, 3.45, 5.35)


def draw_weight_blocks() -> Figure:
    """The rows of W, U, b and d: four blocks of an LSTM, three of a GRU, in PyTorch's order."""
    figure, axes = card(4.6)
    _stack(axes, 0.2, "nn.LSTM", LSTM)
    _stack(axes, 3.6, "nn.GRU", GRU)
    note(axes, (5.07, 1.42), "r scales this part alone,\nits bias included", color=ORANGE, fontsize=10)
    area(axes, (4.58, 1.86), (0.66, 0.56), ORANGE)
    area(axes, (5.82, 1.86), (0.36, 0.56), ORANGE)
    note(axes, (3.5, 0.62), "W x + b: what the input says     U h + d: what the old state says", fontsize=10)
    note(axes, (3.5, 0.3), "each block has H rows; both parts are added block by block (in n after r)", fontsize=10)
    return figure


def _stack(axes: Axes, left: float, title: str, blocks: tuple[tuple[str, str, str], ...]) -> None:
    """The four arrays of one layer side by side, cut into blocks."""
    note(axes, (left + 0.1, 4.3), title, ha="left", weight="bold", fontsize=12)
    columns = (("W", "I", 0.5, 0.42), ("U", "H", 1.31, 0.54), ("b", "", 1.98, 0.24), ("d", "", 2.4, 0.24))
    for name, width, offset, size in columns:
        note(axes, (left + offset, 3.93), name, fontsize=12, weight="bold")
        note(axes, (left + offset, 3.68), width, color=FAINT, fontsize=10)
        for row, (letter, _, colour) in enumerate(blocks):
            centre = (left + offset, 3.28 - row * (HIGH + 0.1))
            box(axes, centre, (size, HIGH), letter, colour, fontsize=11)
    for row, (_, words, colour) in enumerate(blocks):
        y = 3.28 - row * (HIGH + 0.1)
        note(axes, (left + 0.1, y), "H", color=FAINT, fontsize=10)
        note(axes, (left + 2.66, y), words.replace(" ", "\n"), ha="left", color=colour, fontsize=9.5)


def draw_c_path() -> Figure:
    """Three steps of an LSTM's memory, gate by gate, above three steps of a plain RNN."""
    figure, axes = card(4.7)
    note(axes, (0.25, 4.45), "LSTM: the memory is scaled and added to", ha="left", color=GREEN, weight="bold")
    note(axes, (0.25, 1.92), "plain RNN: the state is mixed and squashed", ha="left", color=ORANGE, weight="bold")
    _memory(axes, 3.1)
    _state(axes, 1.15)
    back = f"on the way back along c: times f each step, and nothing else:  $f_3$ {TIMES} $f_2$ {TIMES} $f_1$"
    note(axes, (3.5, 2.32), back, fontsize=10)
    back = "on the way back: times U, and times $1 - h^2$, each step"
    note(axes, (3.5, 0.42), back, fontsize=10)
    return figure


def _memory(axes: Axes, y: float) -> None:
    note(axes, (0.5, y), "$c_0$", fontsize=13)
    start = 0.72
    for number, x in enumerate(STEPS, 1):
        arrow(axes, (start, y), (x - 0.5 - 0.18, y), colour=GREEN, width=2.8)
        operation(axes, (x - 0.5, y), TIMES)
        gate(axes, (x - 0.5, y + 0.72), f"$f_{number}$")
        arrow(axes, (x - 0.5, y + 0.44), (x - 0.5, y + 0.18))
        arrow(axes, (x - 0.32, y), (x + 0.12, y), colour=GREEN, width=2.8)
        operation(axes, (x + 0.3, y), "+")
        note(axes, (x + 0.3, y + 0.72), f"$i_{number}\\,g_{number}$", fontsize=12, color=PURPLE)
        arrow(axes, (x + 0.3, y + 0.54), (x + 0.3, y + 0.18), colour=PURPLE)
        note(axes, (x + 0.68, y - 0.28), f"$c_{number}$", fontsize=12, color=GREEN)
        start = x + 0.48
    arrow(axes, (start, y), (6.75, y), colour=GREEN, width=2.8)


def _state(axes: Axes, y: float) -> None:
    note(axes, (0.5, y), "$h_0$", fontsize=13)
    start = 0.72
    for number, x in enumerate(STEPS, 1):
        arrow(axes, (start, y), (x - 0.78, y), colour=ORANGE)
        box(axes, (x - 0.5, y), (0.52, 0.42), "U", INK)
        arrow(axes, (x - 0.23, y), (x - 0.04, y), colour=ORANGE)
        box(axes, (x + 0.3, y), (0.66, 0.42), "tanh", ORANGE)
        note(axes, (x + 0.84, y - 0.3), f"$h_{number}$", fontsize=12, color=ORANGE)
        start = x + 0.65
    arrow(axes, (start, y), (6.75, y), colour=ORANGE)
