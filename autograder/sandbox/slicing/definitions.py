"""Decide which definition of a graded name counts: the last one that is written and can be called, wherever it is.

A stub is known by what it does, which is nothing: one of last year's is a stub too. It never beats a written function,
and a value that can't be called never beats one that can (`accuracy = accuracy(model, X, y)` as a last line).
"""

from __future__ import annotations

import ast
from typing import Any

_MISSING = object()
_VALUE, _STUB, _WRITTEN = range(3)


class Definitions:
    """The objects that the graded names have stood for so far, while a notebook's statements run one by one."""

    def __init__(self, graded: list[str]) -> None:
        self._seen: dict[str, Any] = dict.fromkeys(graded, _MISSING)
        self._best: dict[str, tuple[int, Any]] = {}

    def note(self, statement: ast.stmt, names: dict[str, Any]) -> None:
        """Look at the graded names after `statement` ran; a stub makes way for what is written at once."""
        for name, before in self._seen.items():
            now = names.get(name, _MISSING)
            if now is before or now is _MISSING:
                continue
            rank = _VALUE if not callable(now) else _STUB if is_stub(statement, name) else _WRITTEN
            least, best = self._best.get(name, (_VALUE, None))
            made_by_it = isinstance(best, type) and isinstance(now, best)  # `Net = Net()`
            if rank >= least and not made_by_it:
                self._best[name] = rank, now
            elif rank == _STUB:
                names[name] = best
            self._seen[name] = names[name]

    def settle(self, names: dict[str, Any]) -> None:
        """Give each graded name the definition that counts, when all statements have run."""
        names.update({name: best for name, (_, best) in self._best.items()})


def is_stub(statement: ast.stmt, name: str) -> bool:
    """Tell whether all that `statement` defines as `name` does nothing."""
    found = list(_defined(statement, name))
    return bool(found) and all(map(_is_idle, found))


def _defined(node: ast.AST, name: str) -> Any:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        if node.name == name:
            yield node
        return
    for child in ast.iter_child_nodes(node) if isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case) else ():
        yield from _defined(child, name)


def _is_idle(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    if not isinstance(node, ast.ClassDef):
        return _does_nothing(node.body) or _ends_unwritten(node)
    methods = [part for part in node.body if isinstance(part, ast.FunctionDef)]
    if methods:
        return all(_does_nothing(method.body) for method in methods) or any(map(_ends_unwritten, methods))
    plain = all(ast.unparse(base).rpartition(".")[2] in {"Module", "object"} for base in node.bases)
    return plain and all(isinstance(part, ast.Pass | ast.Expr) for part in node.body)


def _ends_unwritten(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a call always comes to the stub's own line."""
    match node.body[-1]:
        case ast.Raise(exc=ast.Name(id="NotImplementedError") | ast.Call(func=ast.Name(id="NotImplementedError"))):
            parts = (part for line in node.body for part in ast.walk(line))
            return not any(isinstance(part, ast.Return | ast.Yield | ast.YieldFrom) for part in parts)
    return False


def _does_nothing(body: list[ast.stmt]) -> bool:
    """Tell whether a function raises, or hands back nothing, before it works anything out."""
    empty = {"NotImplemented"}
    for node in body:
        match node:
            case ast.Raise():
                return True
            case ast.Return(value=value):
                return value is None or _is_empty(value, empty)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_empty(value, empty):
                empty.add(name)
            case ast.Pass() | ast.Expr(value=ast.Constant()):
                continue
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="__init__") | ast.Name(id="print"))):
                continue
            case _:
                return False
    return True


def _is_empty(value: ast.expr, empty: set[str]) -> bool:
    match value:
        case ast.Constant(value=constant):
            return constant is None or constant is ...
        case ast.Name(id=name):
            return name in empty
        case ast.Dict(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
            return all(_is_empty(part, empty) for part in parts)
    return False
