"""Which of the released cells a given function needs, worked out once and not in every student's process."""

from __future__ import annotations

import ast
import functools

from autograder.sandbox.protocol import Cell
from autograder.sandbox.reading import read_cell
from autograder.sandbox.slicing import choose


def needed(cells: list[Cell], name: str) -> list[Cell]:
    """The cells, whole, of which `choose` takes something for `name`: the child chooses the same among them."""
    return _needed(tuple((cell.index, cell.source) for cell in cells), name)


@functools.lru_cache(maxsize=64)
def _needed(cells: tuple[tuple[int, str], ...], name: str) -> list[Cell]:
    found = [Cell(index, source) for index, source in cells]
    trees = [(cell.index, tree) for cell in found if isinstance(tree := read_cell(cell), ast.Module)]
    chosen = choose(trees, [name])
    return [cell for cell in found if cell.index in chosen]
