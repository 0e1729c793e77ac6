"""A lab's own given function, run here over the student's functions: what it prints is the grader's own text.

The function is public and the course's; each function of the student's that it calls is asked in the sandbox, and what
comes back is plain data. So a printed table is what the given function itself writes: what the student's functions
print in between is no part of it, and nothing that they do to `print` or `sys.stdout` reaches it.
"""

from __future__ import annotations

import ast
import functools
import io
import types
from typing import TYPE_CHECKING, Any

from autograder.sandbox.protocol import Cell
from autograder.sandbox.slicing.choose import choose
from autograder.sandbox.slicing.parse import new_namespace, read_cell
from autograder.sandbox.values import Array
from autograder.suite.failures import StudentFailure
from autograder.suite.missing import article

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_SEEDS = {"manual_seed", "seed"}
_TEXT = "your functions returned text where numbers are expected"


def printed(
    cells: Sequence[Cell], name: str, functions: Mapping[str, Callable[..., Any]], seed: Callable[[int], None]
) -> str:
    """Return what the function `name` of the released `cells` prints, with `functions` instead of those of their names.

    Seeding a generator seeds the student's, by `seed`. Raises `StudentFailure` where what the student's functions
    returned is nothing that the given function can go on with.
    """
    lines = io.StringIO()
    names = new_namespace().__dict__
    for index, code in _compiled(tuple((cell.index, cell.source) for cell in cells), name):
        exec(compile(code, f"<given cell {index}>", "exec", dont_inherit=True), names)  # the course's own
    names |= {key: Seeding(value, seed) for key, value in names.items() if isinstance(value, types.ModuleType)}
    names |= {key: _native(function) for key, function in functions.items()}
    names["print"] = functools.partial(print, file=lines)
    try:
        names[name]()
    except StudentFailure:
        raise
    except Exception as error:
        what = f"`{name}` can't go on with what your functions returned: it raised {article(type(error).__name__)}"
        raise GivenStopped(what, str(error)) from error
    return lines.getvalue()


@functools.lru_cache(maxsize=64)
def _compiled(cells: tuple[tuple[int, str], ...], name: str) -> list[tuple[int, ast.Module]]:
    """The statements that a given function needs, by cell."""
    read = ((index, read_cell(Cell(index, source))) for index, source in cells)
    trees = [(index, tree) for index, tree in read if isinstance(tree, ast.Module)]
    return [(index, ast.Module(body, type_ignores=[])) for index, body in choose(trees, [name]).items()]


class GivenStopped(StudentFailure):
    """The given function raised over what the student's functions returned; `text` is what it said."""

    def __init__(self, message: str, text: str) -> None:
        super().__init__("error", message)
        self.text = text


class Seeding:
    """A module whose generators are the student's: to seed it seeds those in the sandbox."""

    def __init__(self, module: types.ModuleType, seed: Callable[[int], None]) -> None:
        """Take the place of `module`; `seed` is told each seed."""
        self._module = module
        self._seed = seed

    def __getattr__(self, name: str) -> Any:
        if name in _SEEDS:
            return self._seed
        value = getattr(self._module, name)
        return Seeding(value, self._seed) if isinstance(value, types.ModuleType) else value


def _native(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with arrays and tensors as a notebook's own code knows them, and no text.

    `%`, `format` and `*` do as much work as a text says, and this process has no clock: a text is refused.
    """
    return lambda *args, **kwargs: _revived(function(*args, **kwargs))


def _revived(value: Any) -> Any:
    match value:
        case str() | bytes():
            raise GivenStopped(_TEXT, "text among the answers")
        case Array():
            return value.revived()
        case list():
            return [_revived(item) for item in value]
        case dict():
            return {key: _revived(item) for key, item in value.items()}
    return value
