"""A lab's own cells leave a student's names alone.

Checks and demonstrations of a notebook bind names of everyday life (`gate`, `step`, `first`). Where a student's helper
above them has such a name, the student sees the notebook's check pass, since it calls the helper before that; what is
graded is the state after the last cell, in which the helper would be gone.
"""

from __future__ import annotations

import ast
import functools
import re
from typing import NamedTuple

_BINDING = re.compile(
    r"^(?:(?:async[ \t]+)?def[ \t]+|class[ \t]+)(\w+)|^(\w+)[ \t]*(?::[^=\n]*)?=(?!=)", re.ASCII | re.MULTILINE
)
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom


class _Statement(NamedTuple):
    """The names that a statement binds, and its lines, from 0."""

    names: frozenset[str]
    lines: range


def bound_in(source: str) -> set[str]:
    """The names that begin a line of a student's cell: functions, classes, `name = …`."""
    return {defined or assigned for defined, assigned in _BINDING.findall(source)}


def without(names: set[str], source: str) -> str:
    """A cell of the release, less what binds one of `names` and is no function, class or import; lines stay."""
    statements = [each for each in _statements(source) if each.names & names]
    if not statements:
        return source
    lines = source.split("\n")
    for statement in statements:
        for place in statement.lines:
            lines[place] = ""
    return "\n".join(lines)


@functools.lru_cache(maxsize=256)
def _statements(source: str) -> list[_Statement]:
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic
        return []
    return [
        _Statement(_bound(node), range(node.lineno - 1, node.end_lineno or node.lineno))
        for node in body
        if not isinstance(node, _Definition)
    ]


def _bound(statement: ast.stmt) -> frozenset[str]:
    return frozenset(
        node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )
