"""Names as Python's scopes see them, from syntax alone; for `effects`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def bindings(node: ast.AST, found: set[str]) -> None:
    """Names that running `node` binds in its own scope."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            found.add(name)
            for part in outside(node):
                bindings(part, found)
            return
        case ast.Lambda():
            return
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            found.update(part.target.id for part in ast.walk(node) if isinstance(part, ast.NamedExpr))
            return
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            found.add(name)
        case ast.alias(name=name, asname=asname):
            found.add(asname or name.split(".")[0])
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            found.add(name)
        case ast.MatchMapping(rest=str(name)):
            found.add(name)
    for child in ast.iter_child_nodes(node):
        bindings(child, found)


def declared_global(body: Iterable[ast.AST]) -> set[str]:
    """Names that a function with this body declares `global`, itself or in a function inside of it."""
    return {name for part in body for inner in ast.walk(part) if isinstance(inner, ast.Global) for name in inner.names}


def outside(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda) -> Iterable[ast.expr]:
    """What of a definition runs where it stands: decorators, defaults, annotations, bases."""
    if not isinstance(node, ast.Lambda):
        yield from node.decorator_list
    if isinstance(node, ast.ClassDef):
        yield from (*node.bases, *(keyword.value for keyword in node.keywords))
        return
    yield from (default for default in (*node.args.defaults, *node.args.kw_defaults) if default is not None)
    if not isinstance(node, ast.Lambda):
        annotations = [part.annotation for part in ast.walk(node.args) if isinstance(part, ast.arg)]
        yield from (part for part in (*annotations, node.returns) if part is not None)


def parameters(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> set[str]:
    """Names that a call binds."""
    return {part.arg for part in ast.walk(node.args) if isinstance(part, ast.arg)}
