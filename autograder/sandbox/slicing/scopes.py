"""Names as Python's scopes see them, from syntax alone; for `effects`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


_BARREN = {
    "arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "kind", "level", "lineno", "module", "name", "op",
    "ops", "rest", "simple", "tag", "type_comment",
}  # fmt: skip
"""Fields of nodes that hold texts, numbers, operators and contexts."""
_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {}


def children(node: ast.AST) -> list[ast.AST]:
    """List what is directly in `node`, except constants and operators, which bind, look up and change nothing.

    They are half of all nodes: without them, this is quicker than `ast.iter_child_nodes`.
    """
    kind = type(node)
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(field for field in kind._fields if field not in _BARREN)
    found: list[ast.AST] = []
    for field in _FIELDS[kind]:
        value = getattr(node, field, None)
        if type(value) is list:
            found += [part for part in value if type(part) is not ast.Constant and isinstance(part, ast.AST)]
        elif type(value) is not ast.Constant and isinstance(value, ast.AST):
            found.append(value)
    return found


def everything(nodes: Iterable[ast.AST]) -> Iterable[ast.AST]:
    """Yield these nodes and all below them as `children` has them, in no order."""
    pending = list(nodes)
    while pending:
        node = pending.pop()
        yield node
        pending += children(node)


def bindings(node: ast.AST, found: set[str]) -> None:
    """Names that running `node` binds in its own scope."""
    pending = [node]
    while pending:
        part = pending.pop()
        if type(part) is ast.Name:
            if type(part.ctx) is not ast.Load:
                found.add(part.id)
        elif type(part) not in _BINDING:
            pending += children(part)
        else:
            pending += _bound(part, found)


def _bound(node: ast.AST, found: set[str]) -> Iterable[ast.AST]:
    """Add what the node itself binds; returns what of it may bind more in the same scope."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            found.add(name)
            return outside(node)
        case ast.Lambda():
            return ()
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            found.update(part.target.id for part in everything([node]) if isinstance(part, ast.NamedExpr))
            return ()
        case ast.alias(name=name, asname=asname):
            found.add(asname or name.split(".")[0])
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            found.add(name)
        case ast.MatchMapping(rest=str(name)):
            found.add(name)
    return children(node)


_BINDING = {
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
    ast.alias, ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping,
}  # fmt: skip


def declared_global(body: Iterable[ast.AST]) -> set[str]:
    """Names that a function with this body declares `global`, itself or in a function inside of it."""
    return {name for part in everything(body) if type(part) is ast.Global for name in part.names}


def outside(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda) -> Iterable[ast.expr]:
    """Yield the parts of a definition that run where it stands: decorators, defaults, annotations, bases."""
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
