"""What one top-level statement does to names: binds, looks up, shares, changes; for `slicing`.

An over-estimate on purpose: a statement that is said to change too much is run without need, one that is said to
change too little is left out, and a graded function then misses what it needs. Not followed are iterators that a
loop uses up and draws from a generator inside of a function (the suite seeds before it calls).
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

ANYTHING = "*"
"""As a name: what can't be followed, so everything may depend on it."""
_OPAQUE_NOW = {"exec", "eval", "globals", "locals", "vars", "setattr", "delattr", "__import__", "importlib", "sys"}
_OPAQUE_LATER = {"exec", "eval", "globals", "setattr", "delattr", "__import__", "importlib", "builtins"}
_SETTERS = ("set", "use", "filterwarnings", "simplefilter")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Share(NamedTuple):
    """An object's name, and how it gets into what a statement makes: "direct", "argument", or by a "call" of it."""

    name: str
    how: str


class Effect(NamedTuple):
    """What may be changed: an object ("direct"), one handed over ("argument", to `detail`), what calling it gives
    ("call"), or an object by its own "method" called `detail`."""  # fmt: skip

    name: str
    how: str
    detail: str = ""


@dataclass
class Study:
    """One statement. What is said of `later` happens when a function that it defines is called."""

    binds: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    runs: set[str] = field(default_factory=set)  # of the reads: those when the statement itself runs
    shares: set[Share] = field(default_factory=set)
    effects: set[Effect] = field(default_factory=set)
    later: set[Effect] = field(default_factory=set)

    def without(self, names: set[str]) -> None:
        """Forget `names`, which are local: what happens to them happens to what they share objects with."""
        self.reads -= names
        self.runs -= names
        self.shares = {share for share in self.shares if share.name not in names}


def is_setter(method: str) -> bool:
    """Whether the name of a library's function says that it sets something for all."""
    return method.startswith(_SETTERS)


def study(node: ast.AST) -> Study:
    """What running `node` does."""
    found = Study()
    bindings(node, found.binds)
    _visit(node, found, "direct")
    return found


def bindings(node: ast.AST, found: set[str]) -> None:
    """Names that running `node` binds in its own scope."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            found.add(name)
            for outside in _outside(node):
                bindings(outside, found)
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


def _visit(node: ast.AST, found: Study, how: str) -> None:
    """Add what `node` does to `found`; `how` its value gets into what the statement makes."""
    match node:
        case ast.Name(id=name):
            _name(node, name, found, how)
            return
        case ast.Global(names=names):
            found.effects.update(Effect(name, "direct") for name in names)
        case ast.Import() | ast.ImportFrom():
            _import(node, found)
        case ast.Call():
            _call(node, found)
            return
        case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
            found.effects.update(_owner(node, "direct"))
        case ast.AugAssign(target=ast.Name(id=name)):
            found.reads.add(name)
            found.runs.add(name)
            found.effects.add(Effect(name, "direct"))
        case ast.withitem(context_expr=context):
            found.effects.update(_owner(context, "argument"))
        case ast.ClassDef():
            _class(node, found)
            return
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
            _function(node, found)
            return
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            _comprehension(node, found, how)
            return
    for child in ast.iter_child_nodes(node):
        _visit(child, found, how)


def _name(node: ast.Name, name: str, found: Study, how: str) -> None:
    if isinstance(node.ctx, ast.Load):
        found.reads.add(name)
        found.runs.add(name)
        found.shares.add(Share(name, how))
        if name in _OPAQUE_NOW:
            found.effects.add(Effect(ANYTHING, "direct", name))


def _import(node: ast.Import | ast.ImportFrom, found: Study) -> None:
    """All names of one library share `<library>`, so that `t.tanh = …` is seen by who imported it as `torch`."""
    module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
    for alias in node.names:
        library = (module or alias.name).split(".")[0]
        found.reads.add(f"<{library}>")
        found.shares.add(Share(f"<{library}>", "direct"))
        if alias.name == "*":
            found.effects.add(Effect(ANYTHING, "direct"))
        elif module and (library in {"sys", "builtins", "importlib"} or is_setter(alias.name)):
            found.later.add(Effect(ANYTHING, "direct"))


def _call(node: ast.Call, found: Study) -> None:
    callee = ""
    match node.func:
        case ast.Name(id=callee):
            found.effects.add(Effect(callee, "argument"))  # an object that is called may change itself
            _visit(node.func, found, "call")
        case ast.Attribute(value=owner, attr=attr):
            found.effects.update(_owner(owner, "method", attr))
            _visit(owner, found, "argument")
        case _:
            _visit(node.func, found, "call")
    for part in (*node.args, *node.keywords):
        inside = Study()
        _visit(part, inside, "argument")
        lent = (share.name for share in inside.shares if share.how != "call")
        found.effects.update(Effect(name, "argument", callee) for name in lent)
        _merge(found, inside)


def _owner(node: ast.expr, how: str, detail: str = "") -> set[Effect]:
    """`model` for `model.linear.weight[0]`; an object's class can't be followed."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        if isinstance(node, ast.Attribute) and node.attr in {"__class__", "__dict__", "__globals__"}:
            return {Effect(ANYTHING, "direct")}
        if isinstance(node, ast.Call):
            how = "call" if isinstance(node.func, ast.Name) else how
            node = node.func
        else:
            node = node.value
    if not isinstance(node, ast.Name):
        inside = Study()
        _visit(node, inside, "direct")
        return {Effect(share.name, how if share.how == "direct" else share.how, detail) for share in inside.shares}
    return {Effect(ANYTHING if node.id in {"type", "super"} else node.id, how, detail)}


def _outside(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda) -> Iterable[ast.expr]:
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


def _header(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda, found: Study) -> None:
    for part in _outside(node):
        _visit(part, found, "argument")
    if not isinstance(node, ast.Lambda):
        called = (*node.decorator_list, *(node.bases if isinstance(node, ast.ClassDef) else ()))
        for part in called:
            found.effects.update(_owner(part, "argument"))


def _class(node: ast.ClassDef, found: Study) -> None:
    _header(node, found)
    for statement in node.body:
        inside = study(statement)
        inside.shares = {share for share in inside.shares if share.name not in inside.binds}
        _merge(found, inside)


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, found: Study) -> None:
    _header(node, found)
    names = {part.arg for part in ast.walk(node.args) if isinstance(part, ast.arg)}
    body = [node.body] if isinstance(node, ast.Lambda) else node.body
    inside = _scope([study(part) for part in body], names, _globals(body))
    happens = {effect for effect in (inside.effects | inside.later) if not _only_now(effect)}
    found.reads |= inside.reads
    found.shares |= inside.shares
    found.later |= happens
    if isinstance(node, ast.Lambda):  # it may be called where it stands
        found.runs |= inside.reads
        found.effects |= happens


def _only_now(effect: Effect) -> bool:
    return effect.name == ANYTHING and bool(effect.detail) and effect.detail not in _OPAQUE_LATER


def _globals(body: Iterable[ast.AST]) -> set[str]:
    return {name for part in body for inner in ast.walk(part) if isinstance(inner, ast.Global) for name in inner.names}


def _comprehension(node: ast.AST, found: Study, how: str) -> None:
    """Its targets are its own, but the first thing it goes through is looked up outside."""
    assert isinstance(node, _COMPREHENSIONS)
    own: set[str] = set()
    parts = [Study()]
    _visit(node.generators[0].iter, parts[0], how)
    for place, part in enumerate(node.generators):
        bindings(part.target, own)
        for inner in (part.target, *part.ifs, *([part.iter] if place else [])):
            _visit(inner, parts[0], how)
    elements = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    for element in elements:
        _visit(element, parts[0], how)
    first = Study()
    _visit(node.generators[0].iter, first, how)
    parts[0].binds |= own
    _merge(found, _scope(parts, own, set()))
    _merge(found, first)


def _scope(parts: list[Study], names: set[str], outer: set[str]) -> Study:
    """The parts of a function or comprehension as one, seen from outside of it."""
    whole, shares = Study(), dict[str, set[Share]]()
    for part in parts:
        _merge(whole, part)
        for name in part.binds:
            shares.setdefault(name, set()).update(part.shares)
    local = (names | shares.keys()) - outer
    for name in local:
        shares.setdefault(name, set())
    whole.effects = _seen_outside(whole.effects, shares, local)
    whole.later = _seen_outside(whole.later, shares, local)
    whole.without(local)
    return whole


def _seen_outside(effects: set[Effect], shares: dict[str, set[Share]], local: set[str]) -> set[Effect]:
    """Effects on locals become effects on what these share objects with."""
    pending, seen = list(effects), set(effects)
    while pending:
        effect = pending.pop()
        if effect.name in local:
            for share in shares[effect.name]:
                passed = effect._replace(name=share.name, how=effect.how if share.how == "direct" else share.how)
                if passed not in seen:
                    seen.add(passed)
                    pending.append(passed)
    return {effect for effect in seen if effect.name not in local}


def _merge(found: Study, part: Study) -> None:
    found.reads |= part.reads
    found.runs |= part.runs
    found.shares |= part.shares
    found.effects |= part.effects
    found.later |= part.later
