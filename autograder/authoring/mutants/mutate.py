"""All mutants of a cell: one change each, as source, with the changed line before and after."""

from __future__ import annotations

import ast
import copy
import itertools
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from autograder.authoring.mutants.changes import Surroundings, instead

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORT = 120
"""Characters of both statements together that are shown whole."""
AROUND = 24
"""The characters on each side of the change, in a longer statement."""
_WORD = re.compile(r"\d+\.\d+|\w+|\W")
_LEFT_ALONE = {"annotation", "returns", "decorator_list", "type_params"}
Step = tuple[str, int | None]  # a field of a node, and a place in it where it is a list


class Mutant(NamedTuple):
    """A cell with one change."""

    function: str  # the graded name
    line: str  # the changed statement as it was
    changed: str  # and as it is
    source: str

    @property
    def change(self) -> str:
        """The name of the change for people and in the list of equivalent ones: both statements, or a part of them."""
        if len(self.line) + len(self.changed) <= SHORT:
            return f"{self.line} → {self.changed}"
        old, new = (_WORD.findall(text) for text in (self.line, self.changed))
        left = _alike(old, new)
        right = _alike(old[left:][::-1], new[left:][::-1])
        before, after = "".join(old[:left])[-AROUND:], "".join(old[len(old) - right :])[:AROUND]
        middle = ("".join(words[left : len(words) - right]) or "nothing" for words in (old, new))
        return f"…{before}[{' → '.join(middle)}]{after}…"


def _alike(old: list[str], new: list[str]) -> int:
    """Count the words at the beginning that are the same."""
    pairs = zip(old, new, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def mutants(function: str, source: str) -> list[Mutant]:
    """Every mutant of a cell's source, each source once."""
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    found = []
    for path, statement, around in _places(tree, (), (), Surroundings.of(tree)):
        for other in instead(_at(tree, path), around):
            changed = _put(tree, path, other)
            text = ast.unparse(changed)
            if text not in seen:
                seen.add(text)
                found.append(Mutant(function, _head(_at(tree, statement)), _head(_at(changed, statement)), text))
    return found


def _places(
    node: ast.AST, path: tuple[Step, ...], statement: tuple[Step, ...], around: Surroundings
) -> Iterator[tuple[tuple[Step, ...], tuple[Step, ...], Surroundings]]:
    """Every node's path, the path of the statement that it stands in, and its function's surroundings."""
    if isinstance(node, ast.FunctionDef):
        around = Surroundings.of(node)
    for field, value in ast.iter_fields(node):
        if field in _LEFT_ALONE or (isinstance(node, ast.Raise) and field == "exc"):
            continue
        for place, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST):
                here = (*path, (field, place))
                mine = here if isinstance(child, ast.stmt) else statement
                if not _is_docstring(child):
                    yield here, mine, around
                    yield from _places(child, here, mine, around)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _at(tree: ast.AST, path: tuple[Step, ...]) -> Any:
    node: Any = tree
    for field, place in path:
        node = getattr(node, field)
        if place is not None:
            node = node[place]
    return node


def _put(tree: ast.Module, path: tuple[Step, ...], other: ast.AST | list[ast.stmt]) -> ast.Module:
    """Return a copy of the tree with something else at a path."""
    changed = copy.deepcopy(tree)
    *above, (field, place) = path
    parent = _at(changed, tuple(above))
    if place is None:
        setattr(parent, field, copy.deepcopy(other))
    elif isinstance(other, list):
        getattr(parent, field)[place] = ast.If(ast.Constant(value=True), copy.deepcopy(other), [])
    else:
        getattr(parent, field)[place] = copy.deepcopy(other)
    return ast.fix_missing_locations(changed)


def _head(node: ast.AST) -> str:
    """Return a statement on one line; of a compound one the head."""
    text = ast.unparse(node)
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.For | ast.With | ast.If):
        return text.partition(":\n")[0] + (":" if not isinstance(node, ast.For) or not _breaks(node) else ": … break")
    return " ".join(text.split())


def _breaks(node: ast.For) -> bool:
    return isinstance(node.body[-1], ast.Break)
