"""The cell of tools that the checks of notebooks use, put together from one source, so that all labs have the same.

A lab says in `lab_tools.txt`, in its folder beside the suite, which parts it needs: its first line names them, and may
set how close numbers have to be (`numbers within=1e-4`); what follows is the lab's own. `python -m
autograder.authoring.lab_tools` (or `make tools`) writes the cells of a course's masters anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.course.settings import Course

FILE = "lab_tools.txt"
CELL = "lab_tools"
_HERE = Path(__file__).parent
_LIBRARIES = ("numpy", "torch")
_HEAD = """\
# What the checks use. Run this cell once; there is nothing to change in it.
import ast
import contextlib
import sys
import traceback
import warnings
"""


def lab_tools(wanted: str) -> str:
    """Return the cell for a text as `lab_tools.txt` holds it; raises `FileNotFoundError` for an unknown part."""
    first, _, own = wanted.partition("\n")
    words = first.split()
    within = next((word.partition("=")[2] for word in words if word.startswith("within=")), "1e-6")
    parts = [word for word in words if "=" not in word]
    libraries = [_part(name) for name in parts if name in _LIBRARIES]
    tools = [_part(name) for name in ("start", *parts) if name not in _LIBRARIES]
    head = "\n".join([_HEAD, *libraries]).rstrip("\n")
    blocks = [head, *tools, *([own.strip("\n")] if own.strip() else []), 'print("ready")']
    return "\n\n\n".join(blocks).replace("@@within@@", within)


def _part(name: str) -> str:
    return (_HERE / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")


def wanted_by(course: Course, lab: str) -> str | None:
    """Return the text of a lab's `lab_tools.txt`; None where it has none, and writes its own cell."""
    file = course.home(lab) / FILE
    return file.read_text(encoding="utf-8") if file.is_file() else None
