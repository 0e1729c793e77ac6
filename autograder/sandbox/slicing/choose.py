"""Choose the top-level statements that the graded functions need: the rest (experiments, plots, checks) isn't run.

A statement is chosen when it binds a needed name, or may change an object that a needed name stands for
(`sigmoid.calls = 0`, `fill(table)`, `alias.append(1)`, `torch.set_default_dtype(…)`), itself or through the
functions that it calls, or does what can't be followed (`exec`, `globals()`, `from x import *`); then the names
that it reads are needed too. So the graded functions see what they would see in the notebook run from top to bottom.

A rule of half the size (all definitions, and the assignments whose names they read) was tried: it lost 54 of the 172
programs in `tests/engine/test_slicing.py`, all that change an object by another name or through a function. With these
followed it passed them in two thirds of this size, but ran the notebook's own checks and experiments in 260 of the
corpus' 473 files, which costs each child more than the choosing.
"""

from __future__ import annotations

import ast
import functools
import re
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from autograder.sandbox.slicing.cache import studied
from autograder.sandbox.slicing.facts import ANYTHING, EVERYTHING, GIVEN, Effect, Share, StatementFacts
from autograder.sandbox.slicing.opaque_names import is_setter

if TYPE_CHECKING:
    from collections.abc import KeysView

T = TypeVar("T")
_PURE = {
    "print", "len", "sum", "min", "max", "abs", "round", "float", "int", "str", "repr", "bool", "type",
    "isinstance", "issubclass", "hasattr", "callable", "id", "range", "format", "hash", "divmod", "pow", "display",
    "sorted", "enumerate", "zip", "list", "tuple", "dict", "set", "frozenset", "reversed", "iter",
    "any", "all",
}  # fmt: skip
"""Built-ins that change nothing that they are given (what they give may share it)."""
_VALUES = {"device", "float", "int", "str", "bool", "len", "round", "abs", "sum"}
"""Calls that give what can't be changed."""
_RANDOM = "<draws>"
"""As a name: the generators of random numbers. Who draws, or seeds, changes it; who draws needs it too."""
_DRAWS = re.compile("^[A-Z]|seed|rand|normal|uniform|bernoulli|multinomial|poisson|choice|shuffle|perm|dropout")
"""Functions that draw; and classes: modules of `torch.nn` draw their first weights."""
_CALM = {
    "<torch>", "<numpy>", "<scipy>", "<math>", "<random>", "<statistics>", "<collections>", "<itertools>",
    "<functools>", "<contextlib>", "<copy>", "<dataclasses>", "<typing>", "<time>", "<traceback>",
}  # fmt: skip
"""Libraries that no call changes, unless it sets something or draws."""
_SETS_GIVEN = Effect(GIVEN, "direct")
_DEEP = 50_000  # a sum of 2,000 terms is 2,000 levels deep; these calls use none of C's stack


@dataclass
class _Names:
    """The facts known of each name of the notebook."""

    kinds: dict[str, str] = field(default_factory=dict)
    shares: dict[str, set[Share]] = field(default_factory=dict)
    later: dict[str, set[Effect]] = field(default_factory=dict)
    readers: dict[str, set[str]] = field(default_factory=dict)  # the names whose statements look it up
    _known: dict[tuple[Effect, bool], set[str]] = field(default_factory=dict)

    def changed(self, item: StatementFacts) -> set[str]:
        """Names whose objects `item` may change, itself or through what it calls."""
        found: set[str] = set()
        for effect in item.effects:
            found |= self._reached(effect, later=False)
        active = {name for name in item.bases if self.kinds.get(name) != "class"}  # making a class may call them
        for name in (item.runs | active) & self._when_called.keys():
            found |= self._when_called[name]
        return found

    @functools.cached_property
    def _when_called(self) -> dict[str, set[str]]:
        """The names whose objects may change when a name is looked up and called, by that name."""
        own = {
            name: set().union(*(self._reached(effect, later=True) for effect in effects))
            for name, effects in self.later.items()
        }
        return _spread(own, self.readers)

    @functools.cached_property
    def _setters(self) -> KeysView[str]:
        """The names that may set something of what they are given, when they are called."""
        return _spread({name: effects & {_SETS_GIVEN} for name, effects in self.later.items()}, self.readers).keys()

    def _reached(self, effect: Effect, *, later: bool) -> set[str]:
        if (effect, later) not in self._known:
            self._known[effect, later] = self._follow(effect, later=later)
        return self._known[effect, later]

    def _follow(self, effect: Effect, *, later: bool) -> set[str]:
        """The object itself and those that it may share parts with."""
        pending, seen, found = [effect], {effect}, set[str]()
        while pending:
            now = pending.pop()
            if now.name == ANYTHING:
                return {ANYTHING}
            if now.how == "bound":
                found.add(now.name)
                continue
            kind = self.kinds.get(now.name, "library" if now.name.startswith("<") else "")
            if not kind or kind == "plain" or (now.how == "argument" and now.detail in _PURE - self.kinds.keys()):
                continue
            if kind == "library" and (set_instead := self._set_by(now, later=later)) != now.name:
                found |= {set_instead} - {""}
                continue
            if self._is_changed(now, kind):
                found.add(now.name)
            for share in self.shares.get(now.name, ()):
                passed = now.through(share)
                if passed not in seen:
                    seen.add(passed)
                    pending.append(passed)
        return found

    def _set_by(self, effect: Effect, *, later: bool) -> str:
        """Return what the use of a library changes for all: the library, the generators, or "" for nothing."""
        if effect.how != "method":
            return effect.name if effect.how == "direct" else ""
        if is_setter(effect.detail):
            return effect.name
        libraries = {share.name for share in self.shares.get(effect.name, ())} | {effect.name}
        if _DRAWS.search(effect.detail) or "<random>" in libraries:
            return _RANDOM
        calm = later or libraries & _CALM
        return "" if calm else effect.name

    def _is_changed(self, effect: Effect, kind: str) -> bool:
        match effect.how:
            case "call":
                return kind == "stateful class"  # an instance shares the class' own objects
            case "called":
                return kind in {"value", "stateful class"}
            case "argument":  # functions and classes are handed to checks and plots, rarely to what patches them
                return kind in {"value", "stateful class"} or effect.detail in self._setters
        return True


def choose(cells: list[tuple[int, ast.Module]], names: list[str]) -> dict[int, list[ast.stmt]]:
    """Statements to run for `names`, by cell, in their order; cells of which nothing is needed are left out."""
    nodes = [(index, node) for index, module in cells for node in module.body if not _is_future(node)]
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _DEEP))
    try:
        studies = [studied(node) for _, node in nodes]
        known = _know([node for _, node in nodes], studies)
    finally:
        sys.setrecursionlimit(limit)
    touched = [item.binds | known.changed(item) for item in studies]
    chosen = _close(studies, touched, set(names))
    plan: dict[int, list[ast.stmt]] = {}
    for (index, node), wanted in zip(nodes, chosen, strict=True):
        if wanted:
            plan.setdefault(index, []).append(node)
    return plan


def future_flags(cells: list[tuple[int, ast.Module]]) -> int:
    """Compiler flags of `from __future__ import …`: as in Jupyter they hold for the cells that follow too."""
    flags = 0
    for node in (node for _, module in cells for node in module.body):
        if _is_future(node):
            import __future__

            assert isinstance(node, ast.ImportFrom)
            features = [getattr(__future__, alias.name, None) for alias in node.names]
            flags |= sum({feature.compiler_flag for feature in features if feature is not None})
    return flags


def _is_future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _close(studies: list[StatementFacts], touched: list[set[str]], needed: set[str]) -> list[bool]:
    """Tell for each statement whether it touches what is needed, when what chosen statements read is needed too."""
    needed.add(ANYTHING)
    by_name: dict[str, list[int]] = {}
    for position, names in enumerate(touched):
        for name in names:
            by_name.setdefault(name, []).append(position)
    chosen, pending = [False] * len(studies), list(needed)
    while pending:
        name = pending.pop()
        if name == EVERYTHING:
            pending += list(by_name)
        for position in by_name.pop(name, ()):
            if not chosen[position]:
                chosen[position] = True
                pending += studies[position].reads | (touched[position] & {_RANDOM})
    return chosen


def _know(nodes: list[ast.stmt], studies: list[StatementFacts]) -> _Names:
    known = _Names()
    for node, item in zip(nodes, studies, strict=True):
        kind = _kind(node, known.kinds)
        for name in item.binds:
            known.kinds[name] = kind if known.kinds.get(name, kind) == kind else "value"
            known.later.setdefault(name, set()).update(item.later)
            for read in item.reads:
                known.readers.setdefault(read, set()).add(name)
        for effect in item.later:
            if effect.how == "bound":  # this may be all that binds it
                known.kinds.setdefault(effect.name, "value")
    for name, shares in ((name, shares) for item in studies for name, shares in item.links.items()):
        own = known.kinds.get(name) != "library"  # what a library's function is given is not the library's
        known.shares.setdefault(name, set()).update(share for share in shares if own or share.name.startswith("<"))
    return known


def _spread(own: dict[str, set[T]], readers: dict[str, set[str]]) -> dict[str, set[T]]:
    """Return what calling a name may do, when whoever reads a name may call it, and so on."""
    spread: dict[str, set[T]] = {}
    for origin, effects in own.items():
        pending, seen = [origin] if effects else [], {origin}
        while pending:
            name = pending.pop()
            spread.setdefault(name, set()).update(effects)
            fresh = readers.get(name, set()) - seen
            pending += fresh
            seen |= fresh
    return spread


def _kind(node: ast.stmt, kinds: dict[str, str]) -> str:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Assign(value=ast.Lambda()):
            return "function"
        case ast.ClassDef(body=body, bases=bases, keywords=keywords):
            stateful = any(isinstance(base, ast.Name) and kinds.get(base.id) == "stateful class" for base in bases)
            stateful |= bool(keywords) or any(not _is_stateless(part, kinds) for part in body)
            return "stateful class" if stateful else "class"
        case ast.Import() | ast.ImportFrom():
            return "library"
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return "plain" if _is_plain(value) else "value"
    return "value"


def _is_stateless(node: ast.stmt, kinds: dict[str, str]) -> bool:
    """Tell whether a part of a class' body makes no object that instances share and could change."""
    match node:
        case ast.FunctionDef(name="__init_subclass__"):  # runs where a class is made from this one
            return False
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.AnnAssign(value=None):
            return True
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return _is_plain(value) or _is_a_librarys(value, kinds)
    return False


def _is_a_librarys(node: ast.expr, kinds: dict[str, str]) -> bool:
    """Tell whether an expression is something of a library's, as `nn.Linear`: nobody's own object."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and kinds.get(node.id) == "library"


def _is_plain(node: ast.expr) -> bool:
    """Tell whether an expression gives what nobody can change: a number, a text, a tuple of these."""
    match node:
        case ast.Constant() | ast.JoinedStr() | ast.Compare():
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in _VALUES
        case ast.UnaryOp(operand=operand):
            return _is_plain(operand)
        case ast.BinOp(left=left, right=right):
            return _is_plain(left) and _is_plain(right)
        case ast.Tuple(elts=parts):
            return all(_is_plain(part) for part in parts)
    return False
