"""The same mistake in another style: an answer rewritten, from text to text, as another student would have written it.

Each style changes the text and not what it does: names, order, helpers, several values at once, single precision.
Where a style finds nothing to change it gives None. Whether it changed what the answer does is for the caller to try.
"""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Scope = ast.FunctionDef
_PURE = {"sigmoid", "abs", "max", "min", "float", "len", "round"}
_PURE_OF = {"np", "math"}


def renamed(source: str) -> str | None:
    """Give variables of functions, and what a class keeps in self, names of another kind; arguments keep theirs."""
    tree = ast.parse(source)
    found = False
    for number, scope in enumerate(_scopes(tree)):
        own = sorted(_local_names(scope))
        found |= bool(own)
        _Renaming({name: f"val{number}_{place}" for place, name in enumerate(own)}, {}).visit(scope)
    kept = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and _is_of_self(node) and _is_stored(node)
    }
    names = {name: f"part_{place}" for place, name in enumerate(sorted(kept))}
    _Renaming({}, names).visit(tree)
    return _text(tree) if found or kept else None


def reordered(source: str) -> str | None:
    """Put statements that don't need each other, the entries of dicts, and factors and terms in another order."""
    tree = ast.parse(source)
    before = ast.dump(tree)
    for scope in _scopes(tree):
        scope.body = _swapped(scope.body)
    _Reordering().visit(tree)
    return _text(tree) if ast.dump(tree) != before else None


def with_helpers(source: str) -> str | None:
    """Work each assigned value out in a function of its own."""
    tree = ast.parse(source)
    helpers: list[ast.stmt] = []
    for scope in _scopes(tree):
        names = _local_names(scope) | {
            argument.arg for argument in ast.walk(scope.args) if isinstance(argument, ast.arg)
        }
        for node in ast.walk(scope):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _can_move(node.value):
                needed = sorted({part.id for part in ast.walk(node.value) if isinstance(part, ast.Name)} & names)
                helper = f"helper_{len(helpers)}"
                helpers += ast.parse(f"def {helper}({', '.join(needed)}):\n    return {ast.unparse(node.value)}").body
                node.value = ast.parse(f"{helper}({', '.join(needed)})", mode="eval").body
    tree.body = [*helpers, *tree.body]
    return _text(tree) if helpers else None


def at_once(source: str) -> str | None:
    """Call a function once on an array where it is called on one number after the other."""
    tree = ast.parse(source)
    found = False
    for scope in _scopes(tree):
        body: list[ast.stmt] = []
        for statement in scope.body:
            last = body[-1] if body else None
            if (joined := _joined(last, statement)) is not None:
                body[-1], found = joined, True
            else:
                body.append(statement)
        scope.body = body
    return _text(tree) if found else None


def in_single_precision(source: str) -> str | None:
    """Work with float32: plain numbers that come in are turned into it first."""
    tree = ast.parse(source)
    if "np." not in source:
        return None
    found = False
    for scope in tree.body:
        if not isinstance(scope, ast.FunctionDef):
            continue
        lines = []
        for argument in scope.args.args:
            kind = ast.unparse(argument.annotation) if argument.annotation else ""
            if kind == "float":
                lines.append(f"{argument.arg} = np.float32({argument.arg})")
        place = 1 if ast.get_docstring(scope) else 0
        scope.body[place:place] = ast.parse("\n".join(lines)).body
        found |= bool(lines)
    return _text(tree) if found else None


def all_together(source: str) -> str | None:
    """Rename, reorder and split into helpers at once."""
    for style in (reordered, with_helpers, renamed):
        source = style(source) or source
    return source


STYLES: dict[str, Callable[[str], str | None]] = {
    "renamed": renamed,
    "reordered": reordered,
    "helpers": with_helpers,
    "at once": at_once,
    "float32": in_single_precision,
    "all together": all_together,
}


def _text(tree: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(tree))


def _scopes(tree: ast.Module) -> Iterator[Scope]:
    """Yield the functions at the left margin, and the methods of classes there."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node
        if isinstance(node, ast.ClassDef):
            yield from (method for method in node.body if isinstance(method, ast.FunctionDef))


def _local_names(scope: Scope) -> set[str]:
    stored = {node.id for node in ast.walk(scope) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return stored - {argument.arg for argument in ast.walk(scope.args) if isinstance(argument, ast.arg)}


def _is_of_self(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "self"


def _is_stored(node: ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Store)


class _Renaming(ast.NodeTransformer):
    """Renames variables, and attributes of self."""

    def __init__(self, names: dict[str, str], attributes: dict[str, str]) -> None:
        self._names, self._attributes = names, attributes

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self._names.get(node.id, node.id)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if _is_of_self(node):
            node.attr = self._attributes.get(node.attr, node.attr)
        return self.generic_visit(node)


class _Reordering(ast.NodeTransformer):
    """Turns dicts round, and the sides of products and sums of what is plain."""

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        self.generic_visit(node)
        if all(_is_pure(value) for value in node.values):
            node.keys, node.values = node.keys[::-1], node.values[::-1]
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Add | ast.Mult) and _is_pure(node.left) and _is_pure(node.right):
            node.left, node.right = node.right, node.left
        return node


def _is_pure(node: ast.AST) -> bool:
    """Tell whether an expression draws nothing, changes nothing, and is a number as far as can be seen."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and not isinstance(part.value, int | float):
            return False
        if isinstance(part, ast.List | ast.Tuple | ast.JoinedStr | ast.ListComp | ast.Await | ast.NamedExpr):
            return False
        if isinstance(part, ast.Call) and not _is_pure_call(part.func):
            return False
    return True


def _is_pure_call(func: ast.AST) -> bool:
    match func:
        case ast.Name(id=name):
            return name in _PURE
        case ast.Attribute(value=ast.Name(id=package)):
            return package in _PURE_OF
    return False


def _swapped(body: list[ast.stmt]) -> list[ast.stmt]:
    """Swap each two neighbours that don't need each other, once from the top."""
    body = copy.copy(body)
    place = 0
    while place + 1 < len(body):
        first, second = body[place], body[place + 1]
        if isinstance(first, ast.Assign) and isinstance(second, ast.Assign) and _independent(first, second):
            body[place], body[place + 1] = second, first
            place += 1
        place += 1
    return body


def _independent(first: ast.Assign, second: ast.Assign) -> bool:
    stored, read = zip(*(_names_of(node) for node in (first, second)), strict=True)
    apart = not (stored[0] & (stored[1] | read[1]) or stored[1] & read[0])
    return apart and _is_pure(first.value) and _is_pure(second.value)


def _names_of(node: ast.AST) -> tuple[set[str], set[str]]:
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    stored = {part.id for part in names if isinstance(part.ctx, ast.Store)}
    return stored, {part.id for part in names if isinstance(part.ctx, ast.Load)}


def _can_move(node: ast.AST) -> bool:
    """Tell whether a value may be worked out in another function: it is more than a name, and binds none itself."""
    simple = isinstance(node, ast.Name | ast.Constant | ast.List | ast.Dict | ast.Tuple)
    binding = (ast.ListComp, ast.GeneratorExp, ast.DictComp, ast.SetComp, ast.Lambda, ast.NamedExpr, ast.Await)
    return not simple and not any(isinstance(part, binding) for part in ast.walk(node))


def _joined(first: ast.stmt | None, second: ast.stmt) -> ast.Assign | None:
    """`a, b = f(np.array([x, y]))` for `a = f(x)` and `b = f(y)`; None where they are something else."""
    match first, second:
        case (
            ast.Assign(targets=[ast.Name(id=a)], value=ast.Call(func=ast.Name(id=f), args=[x], keywords=[])),
            ast.Assign(targets=[ast.Name(id=b)], value=ast.Call(func=ast.Name(id=g), args=[y], keywords=[])),
        ) if f == g and a not in _names_of(y)[1]:
            made = ast.parse(f"{a}, {b} = {f}(np.array([{ast.unparse(x)}, {ast.unparse(y)}]))").body[0]
            return made if isinstance(made, ast.Assign) else None
    return None
