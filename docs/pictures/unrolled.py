"""What `out`, `h` and `c` are, in a drawing of the unrolled network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit import BLUE, FAINT, GREEN, ORANGE, PURPLE, area, arrow, box, card, note

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MONO = {"family": "DejaVu Sans Mono", "fontsize": 10}
STEPS = (0.85, 1.95, 3.05, 4.15)
LAYERS = ((1.45, "[0]"), (2.4, "[-1]"))
H_COLUMN, C_COLUMN = 5.2, 6.25


def draw_unrolled() -> Figure:
    """Two layers over four steps: `out` is the top row, `h` and `c` are the last column."""
    figure, axes = card(4.75)
    for number, x in enumerate(STEPS):
        note(axes, (x, 0.62), f"$x_{number + 1}$", fontsize=13)
        arrow(axes, (x, 0.78), (x, LAYERS[0][0] - 0.25), colour=FAINT)
        arrow(axes, (x, LAYERS[0][0] + 0.25), (x, LAYERS[1][0] - 0.25), colour=ORANGE)
        arrow(axes, (x, LAYERS[1][0] + 0.25), (x, 3.22), colour=BLUE)
        note(axes, (x, 3.4), f"out[:, {number if x != STEPS[-1] else -1}]", **MONO)
        for layer, (y, index) in enumerate(LAYERS):
            box(axes, (x, y), (0.68, 0.5), f"layer {layer}", PURPLE, fontsize=10)
            if x != STEPS[-1]:
                _carry(axes, x + 0.34, y, x + 0.76, x + 0.76)
            else:
                _carry(axes, x + 0.34, y, H_COLUMN - 0.4, C_COLUMN - 0.4)
                note(axes, (H_COLUMN, y + 0.12), f"h{index}", **MONO)
                note(axes, (C_COLUMN, y - 0.12), f"c{index}", **MONO)
    area(axes, (0.3, 3.2), (4.4, 0.4), BLUE)
    area(axes, (H_COLUMN - 0.4, 1.1), (0.8, 1.65), ORANGE)
    area(axes, (C_COLUMN - 0.4, 1.1), (0.8, 1.65), GREEN, ":")
    _names(axes)
    return figure


def _carry(axes: Axes, x: float, y: float, h_end: float, c_end: float) -> None:
    """What one step hands to the next: the hidden state (thin), the memory of an LSTM (thick)."""
    arrow(axes, (x, y + 0.12), (h_end, y + 0.12), colour=ORANGE)
    arrow(axes, (x, y - 0.12), (c_end, y - 0.12), colour=GREEN, width=2.8)


def _names(axes: Axes) -> None:
    """What the three frames are called, what shape they have, and where two of them meet."""
    note(axes, (0.3, 4.42), "out: every step, top layer only", ha="left", color=BLUE, weight="bold")
    note(axes, (0.3, 4.13), "(batch, seq_len, hidden_size)", ha="left", color=BLUE, **MONO)
    note(axes, (0.3, 3.84), "one row of h per step", ha="left", color=BLUE, fontsize=10)
    note(axes, (3.8, 4.42), "h and c: last step, each layer", ha="left", color=ORANGE, weight="bold")
    note(axes, (3.8, 4.13), "(num_layers, batch, hidden_size)", ha="left", color=ORANGE, **MONO)
    arrow(axes, (H_COLUMN, 2.78), (H_COLUMN, 3.4), (4.73, 3.4), colour=FAINT)
    note(axes, (5.3, 3.2), "same numbers:\nout[:, -1] = h[-1]", ha="left", fontsize=10)
    note(axes, (H_COLUMN, 0.82), "h: exposed", color=ORANGE)
    note(axes, (C_COLUMN + 0.05, 0.82), "c: memory", color=GREEN)
    note(
        axes, (3.5, 0.25), "thin line: hidden state h     thick line: cell state c (only an LSTM has one)", fontsize=10
    )
