"""Which definition of a graded name counts: the last one written, never a stub while there is another.

A stub is known by what it does, not by its text: a function whose body only raises NotImplementedError, or a class
with a method that does. So the stubs of last year count as well.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


def without_stubs(cells: list[tuple[int, ast.Module]], names: Collection[str]) -> list[tuple[int, ast.Module]]:
    """The cells without the stubs of those `names` that something else defines too."""
    nodes = [node for _, module in cells for node in module.body]
    stubs = [node for node in nodes if is_stub(node) and getattr(node, "name", "") in names]
    if not stubs:
        return cells
    written = {name for node in nodes for name in names if _writes(node, name)}
    dropped = {node for node in stubs if getattr(node, "name", "") in written}
    if not dropped:
        return cells
    return [
        (index, ast.Module([node for node in module.body if node not in dropped], module.type_ignores))
        if any(node in dropped for node in module.body)
        else (index, module)
        for index, module in cells
    ]


def is_stub(node: ast.stmt) -> bool:
    """Whether a statement defines a function that is not written yet, or a class with such a method."""
    match node:
        case ast.FunctionDef(body=body) | ast.AsyncFunctionDef(body=body):
            return _only_raises(body)
        case ast.ClassDef(body=body):
            return any(isinstance(part, ast.FunctionDef) and _ends_raising(part.body) for part in body)
    return False


def _only_raises(body: list[ast.stmt]) -> bool:
    working = [node for node in body if not _is_idle(node)]
    return bool(working) and all(_raises(node) for node in working)


def _ends_raising(body: list[ast.stmt]) -> bool:
    return bool(body) and _raises(body[-1])


def _is_idle(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def _raises(node: ast.stmt) -> bool:
    if not isinstance(node, ast.Raise) or node.exc is None:
        return False
    raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def _writes(node: ast.stmt, name: str) -> bool:
    """Whether a statement gives a name something that may be called and does not stand on the name itself."""
    match node:
        case ast.FunctionDef(name=defined) | ast.AsyncFunctionDef(name=defined) | ast.ClassDef(name=defined):
            return defined == name and not is_stub(node)
        case ast.Assign(targets=targets, value=value):
            named = any(isinstance(target, ast.Name) and target.id == name for target in targets)
            reads = {part.id for part in ast.walk(value) if isinstance(part, ast.Name)}
            return named and not isinstance(value, ast.Constant) and name not in reads
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            return any((alias.asname or alias.name) == name for alias in aliases)
        case ast.If() | ast.Try() | ast.With() | ast.For() | ast.While():
            return any(
                _writes(part, name) for part in ast.walk(node) if isinstance(part, ast.stmt) and part is not node
            )
    return False
