"""Say where in a student's notebook something happened: any line on the lab's own inputs, one of few on hidden ones."""

from __future__ import annotations

import ast
import functools
from typing import TYPE_CHECKING

from autograder.course.bounded_parse import MOST_CHARACTERS, read_bounded
from autograder.suite.disclosure import MOST_LINES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from autograder.sandbox.protocol import Problem, Raised


def place(raised: Raised | Problem, sources: Mapping[int, str]) -> str | None:
    """The line, and the cell by its first line of code; None where it is in none of the student's cells."""
    if raised.cell is None or raised.line is None or raised.cell not in sources:
        return None
    lines = sources[raised.cell].splitlines()
    first = next((line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")), "")
    line = f"line {min(max(raised.line, 1), max(len(lines), 1))}"
    return f"{line} of the cell that begins with `{first[:60]}`" if first else line


def place_in(name: str, raised: Raised, sources: Mapping[int, str]) -> str | None:
    """The line within the definition of `name`, one of `MOST_LINES` counted from its first; None outside of it.

    A program can choose which of its lines raises, and can make up the place altogether: no more than this is told.
    """
    found = definition(name, tuple(sources.items())) if name else None
    if found is None:
        return None
    cell, first, last = found
    line = next((line for at, line in raised.places if at == cell and first <= line <= last), None)
    if line is None:
        return None
    at = line - first + 1
    return f"line {at} of `{name}`" if at < MOST_LINES else f"`{name}`, further down"


def definition(name: str, sources: tuple[tuple[int, str], ...]) -> tuple[int, int, int] | None:
    """The cell, first and last line of the last statement at the left margin that defines `name`, by the text alone."""
    return _definitions(sources).get(name)


@functools.lru_cache(maxsize=4)
def _definitions(sources: tuple[tuple[int, str], ...]) -> dict[str, tuple[int, int, int]]:
    """Those of all names; of more text than is read here nothing is known."""
    found, left = {}, MOST_CHARACTERS
    for index, source in sources:
        if len(source) > left:
            continue
        left -= len(source)
        tree = read_bounded(source)
        for node in tree.body if tree else []:
            for name in _defined(node):
                found[name] = index, node.lineno, node.end_lineno or node.lineno
    return found


def _defined(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}
