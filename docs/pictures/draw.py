"""Draw all pictures of the notebooks, write them beside this file and put them into the masters.

A picture lives in a markdown cell of its own with the id `picture_<name>`, as an image written into the text (Colab
shows no attachments). The alternative text is the notebook's: it is kept as it stands there. Run as `make pictures`.
"""

from __future__ import annotations

import base64
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import cells
import house
import inside
import matplotlib as mpl
import measured
import nbformat
import operating
import processes
import unrolled
from kit import RC, png

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure

HERE = Path(__file__).resolve().parent
COURSE = HERE.parent.parent
LIMIT = 60_000  # bytes: a notebook stays quick to open and to compare
IMAGE = re.compile(r"!\[(?P<alt>[^\]]+)\]\([^)]*\)")
PICTURES: dict[str, Callable[[], Figure]] = {
    "gate_idea": cells.draw_gate,
    "lstm_cell": cells.draw_lstm_cell,
    "gru_cell": cells.draw_gru_cell,
    "unrolled": unrolled.draw_unrolled,
    "memory_curve": measured.draw_memory_curve,
    "hidden_state": measured.draw_hidden_state,
    "gradient": measured.draw_gradient,
    "weight_blocks": inside.draw_weight_blocks,
    "c_path": inside.draw_c_path,
    "recall_task": operating.draw_recall_task,
    "surgery": operating.draw_surgery,
    "house": house.draw_house,  # as the next one
    "processes": processes.draw_processes,  # of docs/architecture.md: no notebook shows it
}


def draw(name: str) -> bytes:
    """One picture as PNG bytes."""
    with mpl.rc_context(RC):
        picture = png(PICTURES[name]())
    if len(picture) > LIMIT:
        sys.exit(f"picture {name} takes {len(picture)} bytes, more than {LIMIT}: draw it simpler")
    return picture


def embed(notebook: Path, pictures: dict[str, bytes]) -> list[str]:
    """Put the pictures into the notebook's cells by id; returns the names of those that it shows."""
    book = nbformat.read(notebook, as_version=4)
    before, shown = nbformat.writes(book), []
    for cell in book.cells:
        name = cell["id"].removeprefix("picture_")
        if name == cell["id"]:
            continue
        if name not in pictures:
            sys.exit(f"{notebook.name}: cell {cell['id']} asks for a picture that draw.py does not draw")
        if not (image := IMAGE.search(cell.source)):
            sys.exit(f"{notebook.name}: cell {cell['id']} holds no ![alternative text](...) to put it into")
        data = base64.b64encode(pictures[name]).decode()
        tag = f"![{image['alt']}](data:image/png;base64,{data})"
        cell.source = cell.source[: image.start()] + tag + cell.source[image.end() :]
        shown.append(name)
    if nbformat.writes(book) != before:
        nbformat.write(book, notebook)
    return shown


def main() -> None:
    """Draw everything, then serve each master notebook that is there."""
    pictures = {}
    for name, figure in PICTURES.items():
        if figure.__module__ == measured.__name__ and not measured.LAB4.exists():
            print(f"{name}: not drawn, there is no lab 4 to measure yet")
            continue
        pictures[name] = draw(name)
        (HERE / f"{name}.png").write_bytes(pictures[name])
        print(f"{name}.png: {len(pictures[name]) / 1000:.0f} kB")
    for notebook in sorted(COURSE.glob("solutions/*/*.ipynb")):
        print(f"{notebook.stem}: {', '.join(embed(notebook, pictures)) or 'no picture'}")


if __name__ == "__main__":
    main()
