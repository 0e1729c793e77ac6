"""The folders of the package, and who may import whom: a picture of `docs/architecture.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit import BLUE, FAINT, GREEN, INK, ORANGE, arrow, box, card, note

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROWS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("cli", "commands, and what they print"),),
    (("authoring", "verify, mutants, calibration, new labs"),),
    (("nbgrader", "plug-ins for its commands"), ("export", "files for gradebooks of others")),
    (("grading", "grader, workers, batch, cluster"),),
    (("suite", "judges, mistakes, checks"), ("report", "pages, tables, plots")),
    (("course", "settings, notebooks, submissions"),),
    (("errors files record text version", "below them all"),),
    (("sandbox", "warm server, child, confinement"),),
)
COLOURS = {"suite": BLUE, "grading": BLUE, "sandbox": ORANGE, "cli": GREEN}
HIGH, STEP = 0.44, 0.66


def draw_house() -> Figure:
    """One row for each rank; an arrow points to what may be imported."""
    height = STEP * len(ROWS) + 0.35
    figure, axes = card(height)
    for row, folders in enumerate(ROWS):
        y = height - 0.45 - STEP * row
        for place, (name, holds) in enumerate(folders):
            x = 3.5 if len(folders) == 1 else (1.85, 5.15)[place]
            box(axes, (x, y), (3.1, HIGH), "", COLOURS.get(name, INK))
            note(axes, (x, y + 0.08), name, family="DejaVu Sans Mono", fontsize=9.5, weight="bold")
            note(axes, (x, y - 0.11), holds, fontsize=7.8, color=FAINT)
        if row:
            arrow(axes, (3.5, y + STEP - HIGH / 2), (3.5, y + HIGH / 2))
    return figure
