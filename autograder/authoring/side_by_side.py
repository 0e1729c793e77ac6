"""Several answers to one function in one child, each under a name of its own: a fork for many, instead of one for each.

What comes of it is what a child for each would give, unless an answer reaches beyond itself: whoever finds something
odd asks again, of a child for that answer alone.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, cast

from autograder.sandbox.protocol import Cell
from autograder.suite.variants import Raised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.authoring.answers import Heard
    from autograder.suite.student import Student


def name_of(function: str, number: int) -> str:
    """Return the name of the function in the answer with this number."""
    return f"{function}_{number}_"


def cells(function: str, sources: Sequence[str], first: int) -> list[Cell]:
    """A cell for each answer, from index `first` on."""
    return [
        Cell(first + number, renamed(source, function, name_of(function, number)))
        for number, source in enumerate(sources)
    ]


def renamed(source: str, function: str, name: str) -> str:
    """The answer under another name: nothing but names changes, so that a child runs no more than it did."""
    return ast.unparse(_Renaming(function, name).visit(ast.parse(source)))


class _Renaming(ast.NodeTransformer):
    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new

    def visit_Name(self, node: ast.Name) -> ast.Name:  # as `ast` calls it
        node.id = self._new if node.id == self._old else node.id
        return node

    def _defined(self, node: Any) -> Any:
        node.name = self._new if node.name == self._old else node.name
        return self.generic_visit(node)

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = _defined  # noqa: N815


class _One:
    """A student whose function is another one."""

    def __init__(self, student: Student, function: str, name: str) -> None:
        self._student, self._function, self._name = student, function, name

    def __getattr__(self, name: str) -> Any:
        return getattr(self._student, self._name if name == self._function else name)


def one_of(student: Student, function: str, number: int) -> Student:
    """The student who wrote the answer with this number."""
    return cast("Student", _One(student, function, name_of(function, number)))


def by_its_own_name(heard: Heard, function: str, number: int) -> Heard:
    """Return what was heard, with the function's own name where an exception's text has its numbered one."""
    if isinstance(heard, Raised):
        return heard._replace(text=heard.text.replace(name_of(function, number), function))
    return heard
