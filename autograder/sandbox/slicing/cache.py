"""Cells that many submissions hold, read and studied before the fork: children inherit what is known of them.

Most cells of a submission are as they were handed out. Handed out means public: nothing else may be primed.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from autograder.sandbox.slicing.effects import study
from autograder.sandbox.slicing.parse import read_cell, remember

if TYPE_CHECKING:
    from collections.abc import Iterable

    from autograder.sandbox.protocol import Cell
    from autograder.sandbox.slicing.facts import StatementFacts

_STUDIED: dict[ast.stmt, StatementFacts] = {}


def read_ahead(cells: Iterable[Cell]) -> None:
    """Read and study `cells`; those that can't be read are left to whoever is handed them."""
    for cell in cells:
        tree = read_cell(cell)
        if isinstance(tree, ast.Module):
            remember(cell, tree)
            _STUDIED.update({node: study(node) for node in tree.body})


def studied(node: ast.stmt) -> StatementFacts:
    """Return what is known of a statement; nobody may change it."""
    return _STUDIED.get(node) or study(node)
