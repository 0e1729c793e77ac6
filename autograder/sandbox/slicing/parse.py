"""Cells as Python: magics and shell lines are neutralised the way Jupyter reads them, then parsed.

Used by the child on a student's cells and by the grader on the reference's: one reader for both.
"""

from __future__ import annotations

import ast
import os
import sys
import types
from typing import TYPE_CHECKING, Any

from autograder.sandbox.protocol import Cell, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

BODY_MAGICS = {"time", "timeit", "capture", "prun", "memit", "python", "python3"}
"""Cell and line magics whose body is the student's own code; the others' bodies are not Python of this process."""


_REMEMBERED: dict[str, ast.Module] = {}


def remember(cell: Cell, tree: ast.Module) -> None:
    """Remember a cell's tree, so that its text is not read again; nobody may change `tree`."""
    _REMEMBERED[cell.source] = tree


def read_cell(cell: Cell) -> ast.Module | Problem:
    """The cell's syntax tree, line numbers as the student sees them, or why there is none."""
    if (known := _REMEMBERED.get(cell.source)) is not None:
        return known
    try:
        source = cell.source.replace("\r\n", "\n").replace("\r", "\n")
        try:
            return ast.parse(source)
        except SyntaxError:
            return _Timed().visit(ast.parse(_without_magics(source)))  # type: ignore[no-any-return]  # a module again
    except SyntaxError as error:
        return Problem(cell.index, error.lineno or 1, f"{type(error).__name__}: {error.msg}")
    except ValueError as error:  # null bytes, surrogates
        return Problem(cell.index, 1, f"{error}")
    except (RecursionError, MemoryError):
        return Problem(cell.index, 1, "the code is nested too deep to be read")


def _without_magics(source: str) -> str:
    """Rewrite magics, only in cells that are not Python as they are, so that `%` inside a string is left alone."""
    from IPython.core.inputtransformer2 import TransformerManager

    lines = source.split("\n")
    first = next((line for line in lines if line.strip() and not line.startswith("%%")), "")
    indent = first[: len(first) - len(first.lstrip())]
    for number, line in enumerate(lines):
        if line.startswith("%%"):
            magic, _, rest = line[2:].partition(" ")
            if magic.strip() in {"writefile", "file"}:
                body = "\n".join(lines[number + 1 :])
                return f"{chr(10) * number}get_ipython().run_cell_magic('writefile', {rest!r}, {body!r})"
            if magic.strip() not in BODY_MAGICS:
                return ""
        elif line.strip():
            break
        lines[number] = f"{indent}#"  # an empty line at the top IPython drops, and the rest would lose its place
    transform: Callable[[str], str] = TransformerManager().transform_cell  # type: ignore[no-untyped-call]
    return transform("\n".join(lines))


class _Timed(ast.NodeTransformer):
    """The rewriting of `%time`: `%time x = f()` runs its statement, `x = %time f()` has its value, as in Jupyter.

    Works on what IPython made of the line, so that a text that looks like a magic stays a text.
    """

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.stmt]:
        """A magic that is a line of its own."""
        body = _timed_code(node.value)
        if body is None:
            return self.generic_visit(node)
        for part in body:
            _place_at(part, node)
        return [self.visit(part) for part in body]

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """A magic whose value is used."""
        match _timed_code(node):
            case [ast.Expr(value=value)]:
                _place_at(value, node)
                return value
        return self.generic_visit(node)


def _timed_code(node: ast.expr) -> list[ast.stmt] | None:
    """The statements after `%time` and the like, without the magic's own options; None for all else."""
    match node:
        case ast.Call(func=ast.Attribute(attr="run_line_magic"), args=[ast.Constant(name), ast.Constant(str(rest))]):
            if name not in BODY_MAGICS:
                return None
        case _:
            return None
    words = rest.split(" ")
    while words:
        try:
            return ast.parse(" ".join(words).strip()).body
        except SyntaxError:
            if not rest.startswith("-"):
                return None
            del words[0]  # `-n 10 f()`: what follows the options is not known beforehand
    return None


def _place_at(node: ast.AST, magic: ast.expr | ast.stmt) -> None:
    for part in ast.walk(node):
        ast.copy_location(part, magic)


class Shell:
    """Stands in for IPython's shell: every method exists and does nothing; `!ls` gives an empty list."""

    def getoutput(self, *_args: object) -> list[str]:
        """Return an empty list, as what `x = !command` gives."""
        return []

    def run_cell_magic(self, magic: str, line: str, cell: str) -> None:
        """Write a file for `%%writefile`; nothing for any other magic."""
        if magic == "writefile" and (words := line.split()):
            with open(words[-1], "a" if "-a" in words else "w", encoding="utf-8") as file:  # as told
                file.write(cell)

    def run_line_magic(self, magic: str, line: str = "", *_more: object) -> None:
        """Run a file that the notebook has written, for `%run`; nothing for any other magic, or without the file."""
        named = next((word for word in line.split() if not word.startswith("-")), "")
        script = named if named.endswith(".py") else f"{named}.py"
        if magic == "run" and os.path.isfile(script):  # as told
            names = sys.modules["__main__"].__dict__
            own = names if "-i" in line.split() else {"__name__": "__main__", "__file__": script}
            with open(script, encoding="utf-8") as file:  # as told
                exec(compile(file.read(), script, "exec", dont_inherit=True), own)  # theirs, in their process
            names.update({name: value for name, value in own.items() if not name.startswith("__")})

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_args, **_kwargs: None


def new_namespace() -> types.ModuleType:
    """A fresh `__main__` with what Jupyter puts into it."""
    module = types.ModuleType("__main__")
    shell = Shell()
    module.__dict__.update(
        display=lambda *_args, **_kwargs: None,
        get_ipython=lambda: shell,
        In=[],
        Out={},
    )
    return module
