"""Answers that nobody has to think about: the solution's, with other values in it or of another form.

A suite has to stand all of them (none may make it break), and none may earn much: values that are typed in, zeros,
an argument handed back. They are made by wrapping the solution, so that they have its form where they should.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from autograder.authoring.side_by_side import renamed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.suite.variants import Row

_HELPERS = '''
def _each_(value, change):
    """The same, with each number or array in it changed."""
    if isinstance(value, dict):
        return {key: _each_(item, change) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return (list if isinstance(value, list) else tuple)([_each_(item, change) for item in value])
    return value if value is None or isinstance(value, (bool, str)) else change(value)


def _less_(value):
    """The same without its last part."""
    if isinstance(value, dict):
        return dict(list(value.items())[:-1])
    return value[:-1] if isinstance(value, (list, tuple)) or getattr(value, "shape", ()) else []


def _back_(value, given):
    """An argument instead of each number; of a list, or an array, the argument itself."""
    if isinstance(value, dict):
        return {key: _back_(item, given) for key, item in value.items()}
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        return _each_(value, lambda number: number * 0 + given)
    return given
'''
_FUNCTION = """
def {function}(*args, **kwargs):
    value = {solved}(*args, **kwargs)
    return {expression}
"""
_FORWARD = """
def forward(self, *args, **kwargs):
    value = self.forward_as_solved(*args, **kwargs)
    return {expression}
"""
_TYPED_IN = """
def {function}(*args, **kwargs):
    known = {rows}
    asked, named, seed = next((row for row in known if (row[0], row[1]) == (args, kwargs)), known[0])
    if seed is None:
        return {solved}(*asked, **named)
    import torch
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return {solved}(*asked, **named)
"""
_KEPT = """
_kept_ = []
def {function}(*args, **kwargs):
    if not _kept_:
        _kept_.append({solved}(*args, **kwargs))
    return _kept_[0]
"""

ZEROS = "_each_(value, lambda number: number * 0)"
UNWORKED = {
    "zeros": ZEROS,
    "ones": "_each_(value, lambda number: number * 0 + 1)",
    "halves": "_each_(value, lambda number: number * 0 + 0.5)",
}
"""Answers that have the solution's form, and are worked out from nothing."""
ODD = {
    "None": "None",
    "a text": "'text'",
    "an empty list": "[]",
    "an object of its own": "object()",
    "a list around its answer": "[value]",
    "its answer without the last part": "_less_(value)",
    "nan for each number": "_each_(value, lambda number: number * float('nan'))",
    "a text for each number": "_each_(value, str)",
    "None for each number": "_each_(value, lambda number: None)",
    "an exception": "{}['not there']",
}
"""Answers that a student may return by mistake, and no suite may break on."""


class Solved(NamedTuple):
    """The solution's answer for a function, to be wrapped."""

    function: str
    source: str

    @property
    def _tree(self) -> ast.FunctionDef | ast.ClassDef:
        found = [node for node in ast.parse(self.source).body if getattr(node, "name", "") == self.function]
        assert isinstance(found[-1], ast.FunctionDef | ast.ClassDef)
        return found[-1]

    @property
    def arguments(self) -> list[str]:
        """The names of a function's arguments; of a class what `forward` is called with."""
        tree = self._tree
        return ["x"] if isinstance(tree, ast.ClassDef) else [argument.arg for argument in tree.args.args]

    def giving(self, expression: str) -> str:
        """The source of an answer that gives `expression` of its `value`, `args` and `kwargs`."""
        tree = self._tree
        if isinstance(tree, ast.FunctionDef):
            return self._wrapped(_FUNCTION, expression=expression)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == "forward":
                node.name = "forward_as_solved"
        tree.body += ast.parse(_FORWARD.format(expression=expression)).body
        return _HELPERS + ast.unparse(tree)

    def handing_back(self, place: int) -> str:
        """Return an answer that hands an argument back, the first again where there are fewer than `place`."""
        place %= max(1, len(self.arguments))
        given = f"(*args, *kwargs.values())[{place}]"
        return self.giving(f"_back_(value, {given}) if len(args) + len(kwargs) > {place} else {ZEROS}")

    def typed_in(self, rows: Sequence[Row]) -> str:
        """Return an answer that is right for `rows`, and gives the first of them whatever else it is asked.

        Where arguments can't be written down it is the first answer ever given; of a class' module zeros.
        """
        if isinstance(self._tree, ast.ClassDef):
            return self.giving(ZEROS)
        if not rows or not all(map(_is_literal, rows)):
            return self._wrapped(_KEPT)
        return self._wrapped(_TYPED_IN, rows=repr([(row.args, dict(row.kwargs), row.seed) for row in rows]))

    def _wrapped(self, form: str, **words: str) -> str:
        solved = f"{self.function}_as_solved"
        return (
            renamed(self.source, self.function, solved)
            + _HELPERS
            + form.format(function=self.function, solved=solved, **words)
        )


def _is_literal(row: Row) -> bool:
    return all(map(_is_plain, (*row.args, *row.kwargs.values())))


def _is_plain(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, bool | int | float | str)


def odd(solved: Solved) -> Iterator[tuple[str, str]]:
    """Yield each odd answer: what is wrong with it, and its source."""
    for words, expression in ODD.items():
        yield words, solved.giving(expression)
