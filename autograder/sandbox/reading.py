"""Cells as Python: magics and shell lines are neutralised the way Jupyter reads them, then parsed.

Used by the child on a student's cells and by the grader on the reference's: one reader for both.
"""

from __future__ import annotations

import ast
import types
from typing import TYPE_CHECKING, Any

from autograder.sandbox.protocol import Cell, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

BODY_MAGICS = {"time", "timeit", "capture", "prun", "memit", "python", "python3"}
"""Cell and line magics whose body is the student's own code; the others' bodies are not Python of this process."""


def read_cell(cell: Cell) -> ast.Module | Problem:
    """The cell's syntax tree, line numbers as the student sees them, or why there is none."""
    try:
        return ast.parse(_python(cell.source), filename=f"<cell {cell.index}>")
    except SyntaxError as error:
        return Problem(cell.index, error.lineno or 1, f"{type(error).__name__}: {error.msg}")
    except ValueError as error:  # null bytes, surrogates
        return Problem(cell.index, 1, f"{error}")
    except (RecursionError, MemoryError):
        return Problem(cell.index, 1, "the code is nested too deep to be read")


def _python(source: str) -> str:
    source = source.replace("\r\n", "\n")
    try:
        compile(source, "<cell>", "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    except SyntaxError:
        return _without_magics(source)
    return source


def _without_magics(source: str) -> str:
    """Only for cells that are not Python as they stand, so that `%` inside a string is left alone."""
    from IPython.core.inputtransformer2 import TransformerManager  # noqa: PLC0415  # 0.1 s, and most cells need none

    lines = source.split("\n")
    for number, line in enumerate(lines):
        if line.startswith("%%"):
            if line[2:].split(" ", 1)[0].strip() not in BODY_MAGICS:
                return ""
            lines[number] = ""  # the body keeps its line numbers
        elif line.strip():
            break
    kept = [_without_line_magic(line) for line in lines]
    transform: Callable[[str], str] = TransformerManager().transform_cell  # type: ignore[no-untyped-call]
    return transform("\n".join(kept))


def _without_line_magic(line: str) -> str:
    """`%time x = f()` runs its statement, as Jupyter does."""
    stripped = line.lstrip()
    name, _, rest = stripped[1:].partition(" ")
    if stripped.startswith("%") and name in BODY_MAGICS and rest.strip():
        return line[: len(line) - len(stripped)] + rest.strip()
    return line


class Shell:
    """Stands in for IPython's shell: every method exists and does nothing; `!ls` gives an empty list."""

    def getoutput(self, *_args: object) -> list[str]:
        """What `x = !command` gives."""
        return []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # any method of a shell
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
