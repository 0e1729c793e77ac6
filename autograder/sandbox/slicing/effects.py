"""Study what one top-level statement does to names: binds, looks up, shares, changes; for `choose`.

An over-estimate on purpose: a statement that is said to change too much is run without need, one that is said to
change too little is left out, and a graded function then misses what it needs. Two things are not followed: iterators
that a loop uses up, and draws from a generator inside of a function (the suite seeds before it calls).
"""

from __future__ import annotations

import ast
import sys

from autograder.sandbox.slicing import opaque_names as opaque
from autograder.sandbox.slicing.facts import ANYTHING, EVERYTHING, GIVEN, Effect, Share, StatementFacts, scope
from autograder.sandbox.slicing.scopes import bindings, children, declared_global, outside, parameters

_PACKAGES = sys.stdlib_module_names | {"numpy", "torch", "matplotlib", "IPython"}
_IDLE = (ast.expr_context, ast.operator, ast.cmpop, ast.Constant)


def study(node: ast.AST) -> StatementFacts:
    """Return what running `node` does to names."""
    found = StatementFacts()
    bindings(node, found.binds)
    _visit(node, found, "part")
    return found


def _visit(node: ast.AST, found: StatementFacts, how: str) -> None:
    """Add what `node` does to `found`; `how` its value gets into what the statement makes."""
    kind = type(node)
    if kind is ast.Name:
        return _name(node, found, how)  # type: ignore[arg-type]  # a name
    if kind in _SCOPED:
        return _scoped(node, found, how)
    if isinstance(node, _IDLE):
        return None
    if kind in _NOTED:
        _note(node, found)
    for target, value in _assigned(node) if kind in _ASSIGNING else ():
        inside, names = StatementFacts(), set[str]()
        _visit(value, inside, "same" if _is_same(node, value) else "part")
        bindings(target, names)
        found.link(names | {effect.name for effect in _owners(target)}, inside.shares)
    is_named = isinstance(node, ast.Assign) and all(isinstance(target, ast.Name) for target in node.targets)
    for child in children(node):
        if is_named and isinstance(child, ast.Lambda):  # called by its name only, as what `def` makes
            _function(child, found)
        else:
            _visit(child, found, how)
    return None


_SCOPED = {
    ast.Call, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
}  # fmt: skip
_ASSIGNING = {
    ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr, ast.For, ast.AsyncFor, ast.withitem, ast.Match,
}  # fmt: skip

_NOTED = {ast.Global, ast.Import, ast.ImportFrom, ast.Attribute, ast.Subscript, ast.AugAssign, ast.withitem}


def _scoped(node: ast.AST, found: StatementFacts, how: str) -> None:
    match node:
        case ast.Call():
            _call(node, found)
        case ast.ClassDef():
            _class(node, found)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
            _function(node, found, is_called=isinstance(node, ast.Lambda))
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            _comprehension(node, found, how)


def _assigned(node: ast.AST) -> list[tuple[ast.AST, ast.expr]]:
    """Pairs of a target and the expression whose value, or parts of it, it gets."""
    match node:
        case ast.Assign(targets=targets, value=value):
            return [(target, value) for target in targets]
        case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.AugAssign(target=target, value=value):
            return [(target, value)]
        case ast.NamedExpr(target=target, value=value):
            return [(target, value)]
        case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value):
            return [(target, value)]
        case ast.withitem(optional_vars=ast.expr() as target, context_expr=value):
            return [(target, value)]
        case ast.Match(subject=value, cases=cases):
            return [(case.pattern, value) for case in cases]
    return []


def _is_same(node: ast.AST, value: ast.expr) -> bool:
    """Tell whether an assignment only gives an object another name: `F = torch.nn.functional`."""
    while isinstance(value, ast.Attribute):
        value = value.value
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return isinstance(value, ast.Name) and not isinstance(node, ast.For) and isinstance(targets[0], ast.Name)


def _owners(target: ast.AST) -> set[Effect]:
    """Return the owners in a target, as `table` for `table[0], rest = …`."""
    stores = (part for part in ast.walk(target) if isinstance(part, ast.Attribute | ast.Subscript))
    return {effect for part in stores if isinstance(part.ctx, ast.Store) for effect in _owner(part, "direct")}


def _note(node: ast.AST, found: StatementFacts) -> None:
    """Note what `node` does besides what its parts do."""
    match node:
        case ast.Global(names=names):
            found.effects.update(Effect(name, "bound") for name in names)
        case ast.Import() | ast.ImportFrom():
            _import(node, found)
        case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
            found.effects.update(_owner(node, "direct"))
        case ast.Attribute(ctx=ast.Load()) if opaque.holds_any(node):
            found.reads.add(EVERYTHING)
        case ast.AugAssign(target=ast.Name(id=name)):
            found.reads.add(name)
            found.runs.add(name)
            found.effects.add(Effect(name, "direct"))
        case ast.withitem(context_expr=context):
            found.effects.update(_owner(context, "argument"))


def _name(node: ast.Name, found: StatementFacts, how: str) -> None:
    name = node.id
    if isinstance(node.ctx, ast.Load):
        found.reads.add(name)
        found.runs.add(name)
        found.shares.add(Share(name, how))
        if name in opaque.READS_ANY:
            found.reads.add(EVERYTHING)
        if name in opaque.OPAQUE_NOW:
            found.effects.add(Effect(ANYTHING, "direct", name))


def _import(node: ast.Import | ast.ImportFrom, found: StatementFacts) -> None:
    """Let all names of one library share `<library>`, so that who imported it as `torch` sees `t.tanh = …`."""
    module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
    for alias in node.names:
        library = (module or alias.name).split(".")[0]
        if library not in _PACKAGES:
            found.reads.add("<files>")  # it may be one that the notebook has written
        if library == "__main__":
            found.reads.add(EVERYTHING)
        found.reads.add(f"<{library}>")
        found.link([alias.asname or alias.name.split(".")[0]], [Share(f"<{library}>", "same")])
        if alias.name == "*":
            found.effects.add(Effect(ANYTHING, "direct"))
        elif module and (library in {"sys", "builtins", "importlib"} or opaque.is_setter(alias.name)):
            found.later.add(Effect(ANYTHING, "direct"))


def _call(node: ast.Call, found: StatementFacts) -> None:
    callee = ""
    by_key = any(keyword.arg in {"key", None} for keyword in node.keywords)  # `sorted(table, key=change)`
    match node.func:
        case ast.Name(id=callee):
            found.effects.add(Effect(callee, "called"))
            _file(callee, found)
            _visit(node.func, found, "call")
        case ast.Attribute(value=owner, attr=attr):
            found.effects |= _owner(owner, "method", attr)
            _file(attr, found)
            _visit(owner, found, "argument")
        case _:
            _visit(node.func, found, "call")
    if opaque.runs_file(node):
        found.reads.update({"<files>", EVERYTHING})
        found.effects.add(Effect(ANYTHING, "direct"))
    for part in (*node.args, *node.keywords):
        inside = StatementFacts()
        _visit(part, inside, "argument")
        lent = (share.name for share in inside.shares if share.how != "call")
        found.effects.update(Effect(name, "argument", "" if by_key else callee) for name in lent)
        found.merge(inside)


def _file(function: str, found: StatementFacts) -> None:
    """Note that whoever reads a file needs whoever wrote one."""
    if function in opaque.FILES:
        found.reads.add("<files>")
        found.runs.add("<files>")
        found.effects.add(Effect("<files>", "bound"))


def _owner(node: ast.expr, how: str, detail: str = "") -> set[Effect]:
    """Return the owner, as `model` for `model.linear.weight[0]`; an object's class can't be followed."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        if isinstance(node, ast.Attribute) and node.attr in {"__class__", "__dict__", "__globals__"}:
            return {Effect(ANYTHING, "direct")}
        if isinstance(node, ast.Call):
            how = "call" if isinstance(node.func, ast.Name) else how
            node = node.func
        else:
            node = node.value
    if not isinstance(node, ast.Name):
        inside = StatementFacts()
        _visit(node, inside, "same")
        return {Effect("", how, detail).through(share) for share in inside.shares}
    return {Effect(ANYTHING if node.id in {"type", "super"} else node.id, how, detail)}


def _header(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda, found: StatementFacts) -> None:
    for part in outside(node):
        _visit(part, found, "argument")
    if not isinstance(node, ast.Lambda):
        called = (*node.decorator_list, *(node.bases if isinstance(node, ast.ClassDef) else ()))
        for part in called:
            found.effects.update(_owner(part, "argument"))
        for part in node.decorator_list:
            method = part.func if isinstance(part, ast.Call) else part
            if isinstance(method, ast.Attribute):  # `@dispatched.register`
                found.effects |= _owner(method.value, "method", method.attr)


def _class(node: ast.ClassDef, found: StatementFacts) -> None:
    header = StatementFacts()
    _header(node, header)
    if not (node.decorator_list or node.keywords):
        header.bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
        header.runs -= header.bases
    found.merge(header)
    inside = scope([_part_of_class(statement) for statement in node.body], set(), set())
    found.link([node.name], inside.shares | {Share(name, "base") for base in node.bases for name in _read(base)})
    found.merge(inside)


def _part_of_class(node: ast.stmt) -> StatementFacts:
    """Study a part of a class' body: what a method sets of its own object is that object's."""
    if not isinstance(node, ast.FunctionDef) or any(_read(part) == {"staticmethod"} for part in node.decorator_list):
        return study(node)
    found = StatementFacts(binds={node.name})
    _function(node, found, own=frozenset(part.arg for part in [*node.args.posonlyargs, *node.args.args][:1]))
    return found


def _read(node: ast.expr) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def _function(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda,
    found: StatementFacts,
    *,
    is_called: bool = False,
    own: frozenset[str] = frozenset(),
) -> None:
    """Study a function; one that `is_called` may be so where it stands; `own` is a method's name for its object."""
    _header(node, found)
    body = [node.body] if isinstance(node, ast.Lambda) else node.body
    parts = [study(part) for part in body]
    names = parameters(node)
    if any(effect.how == "direct" and effect.name in names - own for part in parts for effect in part.effects):
        found.later.add(Effect(GIVEN, "direct"))
    inside = scope(parts, names, declared_global(body))
    happens = {effect for effect in (inside.effects | inside.later) if not _only_now(effect)}
    found.reads |= inside.reads
    found.later |= happens
    for name, shares in inside.links.items():
        found.link([name], shares)
    if is_called:
        found.runs |= inside.reads
        found.effects |= happens
        found.shares |= inside.shares
    if not isinstance(node, ast.Lambda):
        found.link([node.name], inside.shares)


def _only_now(effect: Effect) -> bool:
    return effect.name == ANYTHING and bool(effect.detail) and effect.detail not in opaque.OPAQUE_LATER


def _comprehension(
    node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, found: StatementFacts, how: str
) -> None:
    """Study a comprehension: its targets are its own, but the first thing it goes through is looked up outside."""
    own: set[str] = set()
    inside, first = StatementFacts(), StatementFacts()
    for part in node.generators:
        bindings(part.target, own)
        iterated = StatementFacts()
        _visit(part.iter, iterated, "part")
        inside.link(own, iterated.shares)
        for inner in (part.target, part.iter, *part.ifs):
            _visit(inner, inside, how)
    for element in [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]:
        _visit(element, inside, how)
    found.merge(scope([inside], own, set()))
    _visit(node.generators[0].iter, first, how)
    found.merge(first)
