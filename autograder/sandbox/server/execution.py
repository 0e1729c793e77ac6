"""Run a student's statements as Jupyter would: a top-level `await` runs, sources are kept.

Annotations are not evaluated: one that means nothing here, or needs what is not there, costs nothing.
"""

from __future__ import annotations
import __future__

import ast
import asyncio
import inspect
import linecache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from autograder.sandbox.protocol import Cell

_FLAGS = __future__.annotations.compiler_flag | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


def execute(module: ast.Module, filename: str, flags: int, names: dict[str, Any]) -> None:
    """Compile and run a module's statements in `names`."""
    code = compile(module, filename, "exec", flags | _FLAGS, dont_inherit=True)
    if code.co_flags & inspect.CO_COROUTINE:
        asyncio.run(eval(code, names))  # noqa: S307  # running the student's code is what this process is for
    else:
        exec(code, names)  # the same


def remember_sources(cells: Iterable[Cell]) -> None:
    """Let `inspect.getsource` and tracebacks find the text of each cell."""
    for cell in cells:
        lines = cell.source.splitlines(keepends=True)
        linecache.cache[f"<cell {cell.index}>"] = (len(cell.source), None, lines, f"<cell {cell.index}>")
