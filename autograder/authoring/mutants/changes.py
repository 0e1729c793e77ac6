"""The small changes: for each node of a syntax tree, what may stand there instead.

Each kind of change is one function from a node and its surroundings to other nodes. What a contract does not cover
is left alone: docstrings, annotations, the text of an exception.
"""

from __future__ import annotations

import ast
import itertools
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPERATORS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.Div),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}


class Surroundings(NamedTuple):
    """The facts known of the function around a node: its names, and the functions that it calls."""

    names: frozenset[str]
    callees: tuple[str, ...]  # as source

    @classmethod
    def of(cls, function: ast.AST) -> Surroundings:
        """Collect them from a function's own tree."""
        nodes = list(ast.walk(function))
        names = {node.arg for node in nodes if isinstance(node, ast.arg)} - {"self"}
        names |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        callees = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}
        return cls(frozenset(names - {"_"}), tuple(sorted(callees)))


def instead(node: ast.AST, around: Surroundings) -> Iterator[ast.AST | list[ast.stmt]]:
    """Yield other nodes for this one; a list of statements replaces one statement."""
    match node:
        case ast.Constant():
            yield from _constants(node)
        case ast.Name(ctx=ast.Load()):
            yield from (
                ast.Name(name, ast.Load()) for name in sorted(around.names - {node.id}) if node.id in around.names
            )
        case ast.Call():
            yield from _calls(node, around)
        case ast.UnaryOp() | ast.Subscript(ctx=ast.Load()):
            yield node.operand if isinstance(node, ast.UnaryOp) else node.value
        case ast.IfExp():
            yield from (node.body, node.orelse)
        case ast.Tuple(elts=[_, _, *_]):
            yield from (ast.Tuple(elements, node.ctx) for elements in _swapped(node.elts))
        case ast.stmt():
            yield from _statements(node)
        case _:
            yield from (other() for other in _OPERATORS.get(type(node), ()))


def _constants(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool(value):
            yield ast.Constant(not value)
        case int(value):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case float(value):
            yield from (ast.Constant(value + 1), ast.Constant(value * 1.01), *([ast.Constant(0.0)] if value else []))
        case str(value):
            yield ast.Constant(f"{value}_")


def _calls(node: ast.Call, around: Surroundings) -> Iterator[ast.AST]:
    """Yield another function, the argument alone, arguments in another order, one argument less."""
    own = ast.unparse(node.func)
    for callee in around.callees:
        if callee != own:
            yield ast.Call(ast.parse(callee, mode="eval").body, node.args, node.keywords)
    if len(node.args) == 1 and not node.keywords:
        yield node.args[0]
    if not node.args and not node.keywords and isinstance(node.func, ast.Attribute):
        yield node.func.value
    yield from (ast.Call(node.func, args, node.keywords) for args in _swapped(node.args))
    for place in range(len(node.keywords)):
        yield ast.Call(node.func, node.args, node.keywords[:place] + node.keywords[place + 1 :])


def _swapped(items: list[ast.expr]) -> Iterator[list[ast.expr]]:
    """Yield the list with two neighbours swapped."""
    for place, (first, second) in enumerate(itertools.pairwise(items)):
        yield [*items[:place], second, first, *items[place + 2 :]]


def _statements(node: ast.stmt) -> Iterator[ast.AST | list[ast.stmt]]:
    """Yield replacements for a statement: nothing at all; no value, no condition, one round of a loop."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom | ast.Pass):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    yield ast.Pass()
    match node:
        case ast.With():
            yield node.body
        case ast.If():
            yield node.body
            yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        case ast.For():
            yield ast.For(node.target, node.iter, [*node.body, ast.Break()], node.orelse)
