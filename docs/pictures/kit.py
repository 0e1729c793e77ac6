"""The drawing kit shared by all pictures: a card, boxes, gate circles, arrows, and the PNG they end in.

Coordinates are inches from the card's lower left corner; a card is 7 inches wide and is shown about 700 pixels wide,
so that a font of 10 points arrives as real text. The card is opaque and light: it stays legible in print and on a
dark page. Every difference that matters is drawn twice, by colour and by shape, dash or label.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch
from PIL import Image

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# A palette that the common kinds of colour blindness keep apart (Okabe and Ito), on warm paper.
PAPER, FRAME, INK, FAINT = "#fbfaf5", "#c9c4b5", "#1f2933", "#5f6b76"
BLUE, ORANGE, GREEN, PURPLE = "#0072b2", "#c4500a", "#00805c", "#a3477c"
PALE = {BLUE: "#dcecf7", ORANGE: "#fbe6d6", GREEN: "#d9f0e7", PURPLE: "#f5e1ec", INK: "#ffffff"}
WIDTH = 7.0
DPI = 160
COLOURS = 48  # enough for the smooth edges of text in five hues; keeps a picture far under 60 KB
RC = {"font.family": "DejaVu Sans", "mathtext.fontset": "dejavusans", "font.size": 10.5}

TIMES, MINUS = "\N{MULTIPLICATION SIGN}", "\N{MINUS SIGN}"

Point = tuple[float, float]


def card(height: float) -> tuple[Figure, Axes]:
    """An empty card, and axes over all of it whose unit is the inch."""
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER, edgecolor=FRAME, linewidth=2)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, height)
    axes.axis("off")
    return figure, axes


def box(axes: Axes, centre: Point, size: Point, label: str, colour: str = INK, **text: object) -> None:
    """A rounded box around its label: a signal, a candidate, a piece of memory."""
    (x, y), (width, height) = centre, size
    corner = (x - width / 2, y - height / 2)
    style = "round,pad=0,rounding_size=0.09"
    axes.add_patch(
        FancyBboxPatch(corner, width, height, style, facecolor=PALE[colour], edgecolor=colour, lw=1.6, zorder=3)
    )
    note(axes, centre, label, **text)


def area(axes: Axes, corner: Point, size: Point, colour: str = FAINT, dash: str = "--") -> None:
    """A large dashed frame around what belongs together, behind everything else."""
    style = "round,pad=0,rounding_size=0.15"
    axes.add_patch(FancyBboxPatch(corner, *size, style, facecolor="none", edgecolor=colour, lw=1.3, ls=dash, zorder=1))


def gate(axes: Axes, centre: Point, label: str, colour: str = BLUE, radius: float = 0.27) -> None:
    """A gate: a double ring, so that it is told from an operation without its colour."""
    axes.add_patch(Circle(centre, radius, facecolor=PALE[colour], edgecolor=colour, lw=1.8, zorder=3))
    axes.add_patch(Circle(centre, radius - 0.05, facecolor="none", edgecolor=colour, lw=0.8, zorder=3))
    note(axes, centre, label, fontsize=12, weight="bold")


def operation(axes: Axes, centre: Point, sign: str, radius: float = 0.17) -> None:
    """A small white circle with a sign: multiply or add."""
    axes.add_patch(Circle(centre, radius, facecolor="#ffffff", edgecolor=INK, lw=1.5, zorder=3))
    note(axes, centre, sign, fontsize=13)


def arrow(axes: Axes, *points: Point, colour: str = INK, width: float = 1.5, dash: str = "-") -> None:
    """A path through the points; its head is on the last one."""
    *way, start, end = points
    corners = [*way, start]
    if len(corners) > 1:
        axes.plot(*zip(*corners, strict=True), color=colour, lw=width, ls=dash, zorder=2, solid_joinstyle="round")
    head = FancyArrowPatch(
        start, end, arrowstyle="-|>", mutation_scale=9 + 2 * width, shrinkA=0, shrinkB=0,
        color=colour, lw=width, ls=dash, zorder=2,
    )  # fmt: skip
    axes.add_patch(head)


def note(axes: Axes, place: Point, label: str, **text: object) -> None:
    """Text, centred on its place unless told otherwise."""
    how: dict[str, Any] = {"ha": "center", "va": "center", "color": INK, "zorder": 4, "linespacing": 1.25} | text
    axes.text(*place, label, **how)


def plain(axes: Axes) -> None:
    """Quiet axes for a measured curve."""
    axes.set_facecolor(PAPER)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=FRAME, lw=0.6)
    axes.tick_params(colors=INK, labelsize=10)


def png(figure: Figure) -> bytes:
    """The card as a PNG, the same bytes at every run: a fixed palette and no date in it."""
    raw = io.BytesIO()
    figure.savefig(raw, format="png", facecolor=PAPER, edgecolor=FRAME)
    picture = Image.open(raw).convert("RGB")
    small = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()
