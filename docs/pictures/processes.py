"""The processes that grade a submission, and what goes from one to the other: the picture of `docs/architecture.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit import BLUE, FAINT, GREEN, INK, ORANGE, area, arrow, box, card, note

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SMALL = {"fontsize": 8.6, "linespacing": 1.35}
MONO = {"family": "DejaVu Sans Mono", "fontsize": 7.8, "color": FAINT, "linespacing": 1.4}
GRADER, SERVER, CHILD = 1.35, 3.78, 5.95  # the middles of the three columns


def draw_processes() -> Figure:
    """Grader, warm server and child; above them what each one holds, between them what passes."""
    figure, axes = card(4.4)
    _process(axes, GRADER, 2.3, BLUE, "-")
    _process(axes, SERVER, 1.5, GREEN, "--")
    _process(axes, CHILD, 1.75, ORANGE, ":")
    _name(axes, GRADER, "grader", "trusted; holds everything")
    _name(axes, SERVER, "warm server", "holds nothing secret")
    _name(axes, CHILD, "child", "one per submission")
    for y, text in (
        (3.15, "hidden suite, in a warm pytest"),
        (2.55, "reference: the solution"),
        (1.95, "records, gradebook"),
    ):
        box(axes, (GRADER, y), (2.05, 0.44), text, BLUE, **SMALL)
    box(axes, (SERVER, 3.0), (1.28, 0.75), "torch, numpy,\nmatplotlib,\nimported once", GREEN, **SMALL)
    box(axes, (CHILD, 3.0), (1.5, 0.75), "the student's cells,\ntheir objects\nbehind handles", ORANGE, **SMALL)
    box(axes, (CHILD, 1.95), (1.5, 0.6), "Landlock, seccomp,\nrlimits: no way out", INK, **SMALL)
    arrow(axes, (SERVER + 0.75, 2.35), (CHILD - 0.88, 2.35), colour=GREEN)
    note(axes, ((SERVER + CHILD) / 2 - 0.05, 2.48), "fork", **SMALL)
    arrow(axes, (GRADER + 1.15, 2.35), (SERVER - 0.75, 2.35), colour=GREEN)
    note(axes, ((GRADER + SERVER) / 2 + 0.2, 2.48), "ask", **SMALL)
    arrow(axes, (GRADER + 1.15, 1.0), (CHILD - 0.88, 1.0), colour=BLUE, width=2)
    note(axes, (SERVER, 1.13), "calls, with visible or fresh random inputs", **SMALL)
    arrow(axes, (CHILD - 0.88, 0.7), (GRADER + 1.15, 0.7), colour=ORANGE, width=2, dash="--")
    note(axes, (SERVER, 0.55), "plain data, checked on arrival", **SMALL)
    note(axes, (GRADER, 1.0), "grading.grader,\nsuite.warm_pytest,\nsuite.student", **MONO)
    note(axes, (SERVER, 1.6), "sandbox.server", **MONO)
    note(axes, (CHILD, 1.0), "sandbox.server.child,\nsandbox.confinement", **MONO)
    return figure


def _process(axes: Axes, x: float, width: float, colour: str, dash: str) -> None:
    """A frame; the server's ends above what passes between the other two."""
    bottom = 1.4 if x == SERVER else 0.4
    area(axes, (x - width / 2, bottom), (width, 4.15 - bottom), colour, dash)


def _name(axes: Axes, x: float, name: str, what: str) -> None:
    """What a process is called, and what it holds."""
    note(axes, (x, 3.92), name, fontsize=11.5, weight="bold")
    note(axes, (x, 3.66), what, fontsize=8.6, color=FAINT)
