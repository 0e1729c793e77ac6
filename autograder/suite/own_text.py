"""Read a student's own text for what no answer can tell: what it made of None, a method inside of another one.

Nothing runs here, and nothing that is found depends on what the program was asked: it can be said on hidden inputs,
too. What is too long or too deep to be read is taken for unknown.
"""

from __future__ import annotations

import ast
import functools
from typing import TYPE_CHECKING

from autograder.course.bounded_parse import MOST_CHARACTERS, read_bounded
from autograder.suite.catalogue import assignments
from autograder.suite.exception_texts import Meaning

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    Definition = ast.FunctionDef | ast.ClassDef

Sources = tuple[tuple[int, str], ...]
_MOST_OF_ALL = 3 * MOST_CHARACTERS  # the notebook's own tools, which the lab gives, are up to 70,000 of them
_MOST_TEXT = 20_000  # characters of a definition with its helpers
_IN_PLACE = {"append", "extend", "insert", "update", "sort", "reverse", "clear", "remove"}  # and give nothing back
_NEARLY_INIT = {"_init_", "_init__", "__init_", "init", "__int__", "_int_", "__ini__", "__inti__"}


class OwnText:
    """The code cells of a submission, as text; `graded` are the names that are judged each by itself."""

    def __init__(self, sources: Mapping[int, str], graded: Collection[str]) -> None:
        self._sources = tuple(sorted(sources.items()))
        self._graded = frozenset(graded)

    def of(self, name: str) -> str:
        """The text that defines `name`, and the helpers that it names, without comments and docstrings."""
        return _text_of(name, self._sources, self._graded - {name})

    def reads_an_argument(self, name: str, key: str = "") -> bool:
        """Tell whether the function uses one of its arguments; or any variable in `key = …`, where it has that line."""
        found = _definitions(self._sources).get(name)
        if not isinstance(found, ast.FunctionDef):
            return False
        lines = assignments(found, key) if key else []
        if lines:
            called = {node.func for line in lines for node in ast.walk(line.value) if isinstance(node, ast.Call)}
            names = [node for line in lines for node in ast.walk(line.value) if isinstance(node, ast.Name)]
            packages = {node.value for node in called if isinstance(node, ast.Attribute)}
            return any(node not in called | packages for node in names)
        several = [*found.args.posonlyargs, *found.args.args]
        needed = several[: len(several) - len(found.args.defaults)] or several  # a number of epochs is no input
        arguments = {argument.arg for argument in needed}
        return any(
            isinstance(node, ast.Name) and node.id in arguments for part in found.body for node in ast.walk(part)
        )

    def why_none(self, name: str, *, printed: bool) -> Meaning | None:
        """Say why the function gives None, where its text tells: it prints, or what it returns is None."""
        found = _definitions(self._sources).get(name)
        if not isinstance(found, ast.FunctionDef):
            return None
        returned = [node.value for node in _own_nodes(found) if isinstance(node, ast.Return) and node.value is not None]
        if not returned and printed:
            says = f"`{name}` prints its result, but returns nothing, which Python calls None."
            return Meaning(says, _in_place_of_print(found))
        if any(isinstance(value, ast.Call) and _last_name(value.func) == "print" for value in returned):
            says = f"`{name}` returns what print gives back, and that is None."
            return Meaning(says, "Return the value itself, without print around it.")
        if (lost := _overwritten(found)) is not None:
            says = f"`{name}` returned None: `{lost}` has become None, as append changes a list and gives nothing back."
            return Meaning(says, f"Write {lost}.append(…) alone, without `{lost} =` before it.")
        if (call := _changes_in_place(found, returned)) is not None:
            says = (
                f"`{name}` returns what `{call[0]}.{call[1]}(…)` gives back, and that is None: it changes `{call[0]}`."
            )
            return Meaning(says, f"Write {call[0]}.{call[1]}(…) on a line of its own, and return {call[0]} below it.")
        loops = [node for node in _own_nodes(found) if isinstance(node, ast.For | ast.While)]
        if returned and len(returned) == sum(_returns(loop) for loop in loops):
            says = f"`{name}`'s result is None: its return stands inside of a loop, which may not run at all."
            return Meaning(
                says, "Move return behind the loop, to the left, so that it hands back all that was collected."
            )
        if returned:
            says = f"`{name}` has a return, but its result is None for inputs of the lab's own."
            return Meaning(says, "Is return reached on every way through the function, and does it hand back a value?")
        return None

    def parameters(self, name: str) -> list[str]:
        """The names of a function's parameters, in their order; none for what is no function."""
        found = _definitions(self._sources).get(name)
        if not isinstance(found, ast.FunctionDef):
            return []
        return [argument.arg for argument in (*found.args.posonlyargs, *found.args.args, *found.args.kwonlyargs)]

    def misshapen(self, name: str) -> Meaning | None:
        """Say what is wrong with the form of a class: its __init__ misspelt, a method inside of another one."""
        found = _definitions(self._sources).get(name)
        if not isinstance(found, ast.ClassDef):
            return None
        methods = [node for node in found.body if isinstance(node, ast.FunctionDef)]
        names = {method.name for method in methods}
        if (odd := sorted(names & _NEARLY_INIT)) and "__init__" not in names:
            says = f"`{name}` has no __init__, but a method `{odd[0]}`: Python runs only `__init__` by itself."
            return Meaning(says, "Write __init__ with two underscores on each side.")
        for method in methods:
            for node in ast.walk(method):
                if isinstance(node, ast.FunctionDef) and node.name == "forward" and node is not method:
                    says = f"`forward` stands inside of `{method.name}`, so that the class itself has none."
                    return Meaning(says, "Move def forward to the left, until it begins where def __init__ does.")
        return None

    def outside(self, name: str) -> str | None:
        """The name of a thing that the function uses and a line outside of every function makes, by a call; or None."""
        found = _definitions(self._sources).get(name)
        if not isinstance(found, ast.FunctionDef):
            return None
        own = {node.id for node in ast.walk(found) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        own |= {node.arg for node in ast.walk(found) if isinstance(node, ast.arg)}
        read = [node.id for node in ast.walk(found) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
        made = _made_outside(self._sources, _is_called)
        return next((other for other in read if other in made and other not in own), None)

    def grows(self, name: str, *, returned: bool = False) -> str | None:
        """The name of a list or dict that is made once, and that each call of the function adds to; None without one.

        It is made outside of every function, or in the function's own first line, as a default. With `returned` it is
        only one that the function hands back.
        """
        found = _definitions(self._sources).get(name)
        if not isinstance(found, ast.FunctionDef):
            return None
        own = {node.id for node in ast.walk(found) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        arguments, defaults = [*found.args.posonlyargs, *found.args.args], found.args.defaults
        late = zip(arguments[len(arguments) - len(defaults) :], defaults, strict=True)
        once = _made_outside(self._sources, _is_container) - {argument.arg for argument in arguments}
        once |= {argument.arg for argument, default in late if _is_container(default)}
        handed_back = {
            part.id
            for node in _own_nodes(found)
            if isinstance(node, ast.Return) and node.value is not None
            for part in ast.walk(node.value)
            if isinstance(part, ast.Name)
        }
        several = _added_to(found) & (once - own)
        return min(several & handed_back if returned else several, default=None)


@functools.lru_cache(maxsize=8)
def _definitions(sources: Sources) -> dict[str, Definition]:
    """The functions and classes at the left margin by name, the last of each; of more than is read here none."""
    found: dict[str, Definition] = {}
    for node in _statements(sources):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
    return found


@functools.lru_cache(maxsize=16)
def _made_outside(sources: Sources, is_so_made: Callable[[ast.expr], bool]) -> frozenset[str]:
    """The names at the left margin that an assignment gives something made in that way."""
    return frozenset(
        target.id
        for node in _statements(sources)
        if isinstance(node, ast.Assign) and is_so_made(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    )


def _is_called(node: ast.expr) -> bool:
    return isinstance(node, ast.Call)


def _is_container(node: ast.expr) -> bool:
    made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"list", "dict"}
    return made or isinstance(node, ast.List | ast.Dict | ast.ListComp | ast.DictComp)


def _added_to(function: ast.FunctionDef) -> set[str]:
    """The names of what the function's own lines add something to, and never empty."""
    added, emptied = set(), set()
    for node in _own_nodes(function):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append" | "extend" | "insert" | "update")):
                added.add(name)
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                added.add(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="clear" | "pop")):
                emptied.add(name)
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Del()):
                emptied.add(name)
    return added - emptied


def _statements(sources: Sources) -> Iterator[ast.stmt]:
    left = _MOST_OF_ALL
    for _, source in sources:
        left -= len(source)
        tree = read_bounded(source) if left >= 0 else None
        yield from tree.body if tree else ()


@functools.lru_cache(maxsize=64)
def _text_of(name: str, sources: Sources, others: frozenset[str]) -> str:
    known = _definitions(sources)
    todo, done = [name], []
    while todo:
        now = todo.pop()
        if now in known and now not in done and now not in others:
            done.append(now)
            todo += [node.id for node in ast.walk(known[now]) if isinstance(node, ast.Name)]
    try:
        return "\n".join(ast.unparse(_bare(known[now])) for now in done)[:_MOST_TEXT]
    except RecursionError:
        return ""


class _Bare(ast.NodeTransformer):
    """Takes texts that stand alone, docstrings above all, out of a tree."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if isinstance(node.value, ast.Constant):
            return ast.copy_location(ast.Pass(), node)
        return node


def _bare(node: Definition) -> ast.AST:
    copied = ast.parse(ast.unparse(node))
    _Bare().visit(copied)
    return ast.fix_missing_locations(copied)


def _own_nodes(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Yield the nodes of a function, but not those of functions inside of it."""
    todo: list[ast.AST] = list(function.body)
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            todo += ast.iter_child_nodes(node)


def _returns(loop: ast.AST) -> int:
    """The number of returns within a loop, and not within one of its loops, which counts them itself."""
    found, todo = 0, [*ast.iter_child_nodes(loop)]
    while todo:
        node = todo.pop()
        found += isinstance(node, ast.Return) and node.value is not None
        if not isinstance(node, ast.For | ast.While | ast.FunctionDef | ast.ClassDef | ast.Lambda):
            todo += ast.iter_child_nodes(node)
    return found


def _changes_in_place(function: ast.FunctionDef, returned: list[ast.expr]) -> tuple[str, str] | None:
    """The name and the method in a returned call, or one that a variable keeps, that changes a list or dict."""
    given = {value.id for value in returned if isinstance(value, ast.Name)}
    kept = [
        node.value
        for node in _own_nodes(function)
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id in given for to in node.targets)
    ]
    for value in (*returned, *kept):
        match value:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) if method in _IN_PLACE:
                return name, method
    return None


def _in_place_of_print(function: ast.FunctionDef) -> str:
    """The next step where what is printed should be returned."""
    loops = [node for node in _own_nodes(function) if isinstance(node, ast.For | ast.While)]
    if any(_last_name(node) == "print" for loop in loops for node in ast.walk(loop) if isinstance(node, ast.Call)):
        return "Collect in the loop what you print there, and return it after the loop: printed, no code can use it."
    if sum(_last_name(node) == "print" for node in _own_nodes(function) if isinstance(node, ast.Call)) > 1:
        return "Hand all that you print back by one return, in the form that the docstring names."
    return "Write return in place of print: what is printed can't be used by other code."


def _overwritten(function: ast.FunctionDef) -> str | None:
    """The name in a statement `name = name.append(…)`."""
    for node in _own_nodes(function):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Attribute(value=ast.Name(id=other), attr="append" | "extend" | "sort")),
            ) if name == other:
                return name
    return None


def _last_name(node: ast.AST) -> str:
    match node:
        case ast.Call(func=func):
            return _last_name(func)
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""
