"""Lab 6's pictures: one sequence of the task, and a step of an LSTM with one gate held at 0, for each of the gates.

The sequence is the one that the notebook prints: drawn by the solution's own `recall_data`, after the notebook's seed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import nbformat
import torch
from kit import BLUE, FAINT, FRAME, GREEN, INK, ORANGE, PURPLE, TIMES, area, arrow, box, card, gate, note, operation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LAB6 = Path(__file__).resolve().parents[2] / "solutions/lab6_what_gates_are_for/lab6_what_gates_are_for.ipynb"
SEED, STEPS = 6, 30  # of `show_row`
WIDE, LEFT = 0.21, 0.42


class Row(NamedTuple):
    """One sequence: its bits, the step that is marked, its label."""

    bits: list[float]
    place: int
    label: int


def _row() -> Row:
    names: dict[str, Any] = {"torch": torch}
    cells = {cell["id"]: cell.source for cell in nbformat.read(LAB6, as_version=4).cells}
    exec(cells["recall_data_answer"], names)
    torch.manual_seed(SEED)
    inputs, labels = names["recall_data"](1, STEPS)
    return Row(inputs[0, :, 0].tolist(), int(inputs[0, :, 1].argmax()), int(labels[0]))


def draw_recall_task() -> Figure:
    """The row that the notebook prints: bits above, the mark below, and what the answer depends on."""
    row = _row()
    figure, axes = card(2.75)
    note(axes, (LEFT - 0.1, 2.45), "channel 0: a bit at each step", ha="left", color=BLUE, weight="bold", fontsize=10)
    note(axes, (LEFT - 0.1, 1.28), "channel 1: mark", ha="left", color=ORANGE, weight="bold", fontsize=10)
    for step, bit in enumerate(row.bits):
        chosen = step == row.place
        _cell(axes, step, 2.0, "+" if bit > 0 else "\N{MINUS SIGN}", ORANGE if chosen else BLUE, strong=chosen)
        _cell(axes, step, 0.98, "1" if chosen else "0", ORANGE if chosen else INK, strong=chosen)
    half = LEFT + WIDE * (STEPS // 2) - WIDE / 2
    axes.plot([half, half], [0.72, 2.26], color=FAINT, lw=1.2, ls=":")
    note(axes, (half + 0.08, 1.5), "from here on only distractors", ha="left", color=FAINT, fontsize=10)
    centre = LEFT + WIDE * row.place
    arrow(axes, (centre, 1.12), (centre, 1.84), colour=ORANGE, width=1.8)
    end = LEFT + WIDE * (STEPS - 1)
    arrow(axes, (centre, 0.84), (centre, 0.45), (end - 1.3, 0.45), colour=ORANGE, width=1.8)
    note(axes, (end - 0.62, 0.45), f"answer: {row.label}", color=ORANGE, weight="bold", fontsize=11)
    note(axes, ((centre + end - 1.3) / 2, 0.25), f"{STEPS - 1 - row.place} steps to carry it", fontsize=10)
    return figure


def _cell(axes: Axes, step: int, y: float, label: str, colour: str, *, strong: bool) -> None:
    """One step of a channel."""
    x = LEFT + WIDE * step
    if strong:
        box(axes, (x, y), (WIDE - 0.02, 0.28), label, colour, fontsize=11, weight="bold")
    else:
        note(axes, (x, y), label, color=colour if colour != INK else FAINT, fontsize=11)


def draw_surgery() -> Figure:
    """A step of the memory three times, with the forget, the input and the output gate held at 0."""
    figure, axes = card(3.5)
    for left, held, title, words in (
        (0.12, "f", "forget gate at 0", "what c held\nis wiped"),
        (2.42, "i", "input gate at 0", "nothing new\nis written"),
        (4.72, "o", "output gate at 0", "kept as it is,\nand hidden: h = 0"),
    ):
        _operation(axes, left, held)
        note(axes, (left + 1.08, 3.25), title, weight="bold", fontsize=11)
        note(axes, (left + 1.08, 0.4), words, fontsize=10.5, color=ORANGE)
    return figure


def _operation(axes: Axes, left: float, held: str) -> None:
    """One panel: the way of c from left to right, what is written from below, what is shown above."""
    area(axes, (left, 0.08), (2.16, 2.96), FRAME, dash="-")
    y, forget, write, show = 1.62, left + 0.58, left + 1.1, left + 1.76
    note(axes, (left + 0.12, y), "c", fontsize=13)
    arrow(axes, (left + 0.21, y), (forget - 0.17, y), colour=GREEN, width=2.2)
    _way(axes, (forget + 0.17, y), (write - 0.17, y), open_=held != "f")
    arrow(axes, (write + 0.17, y), (left + 2.1, y), colour=GREEN, width=2.8)
    operation(axes, (forget, y), TIMES)
    operation(axes, (write, y), "+")
    _gate(axes, (forget, y + 0.72), "f", shut=held == "f")
    arrow(axes, (forget, y + 0.45), (forget, y + 0.18))
    note(axes, (write + 0.62, y - 0.68), "g", fontsize=13, color=PURPLE)
    _gate(axes, (write - 0.02, y - 0.68), "i", shut=held == "i")
    if held == "i":
        note(axes, (write + 0.38, y - 0.68), TIMES, color=FAINT, fontsize=12)
    else:
        note(axes, (write + 0.38, y - 0.68), TIMES, color=PURPLE, fontsize=12)
    _way(axes, (write, y - 0.4), (write, y - 0.18), open_=held != "i", colour=PURPLE)
    operation(axes, (show, y + 0.72), TIMES)
    arrow(axes, (show, y + 0.03), (show, y + 0.53), colour=GREEN, width=1.8)
    note(axes, (show + 0.22, y + 0.33), "tanh", fontsize=9, color=FAINT)
    _gate(axes, (write + 0.04, y + 0.72), "o", shut=held == "o")
    arrow(axes, (write + 0.32, y + 0.72), (show - 0.17, y + 0.72))
    _way(axes, (show, y + 0.9), (show, y + 1.16), open_=held != "o")
    note(axes, (show + 0.2, y + 1.08), "h" if held != "o" else "0", fontsize=13, color=INK if held != "o" else ORANGE)


def _gate(axes: Axes, centre: tuple[float, float], letter: str, *, shut: bool) -> None:
    """A gate as the other pictures have it, or one that is held at 0."""
    if shut:
        gate(axes, centre, "0", ORANGE, radius=0.25)
    else:
        gate(axes, centre, letter, BLUE, radius=0.25)


def _way(axes: Axes, start: tuple[float, float], end: tuple[float, float], *, open_: bool, colour: str = GREEN) -> None:
    """A way that something takes, or one on which nothing comes any more."""
    if open_:
        arrow(axes, start, end, colour=colour, width=2.8 if colour == GREEN else 1.6)
    else:
        arrow(axes, start, end, colour=FAINT, width=1.0, dash=":")
