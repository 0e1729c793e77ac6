"""The cell of tools that the checks of notebooks use, put together from one source, so that all labs have the same.

A lab says in `lab_tools.txt`, in its folder beside the suite, which parts it needs: its first line names them, and may
set how close numbers have to be (`numbers within=1e-4`); what follows is the lab's own. The hints that checks print
come from the lab's catalogue of mistakes. `python -m autograder.authoring.lab_tools` (or `make tools`) writes these
cells into a course's masters.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from autograder.authoring.lab_tools.hints import as_python, of_catalogue
from autograder.suite import catalogue

if TYPE_CHECKING:
    from autograder.authoring.lab_tools.hints import Hints
    from autograder.course.settings import Course

FILE = "lab_tools.txt"
CELL = "lab_tools"
_HERE = Path(__file__).parent
_LIBRARIES = ("numpy", "torch")
_HEAD = """\
# What the checks use. Run this cell once; there is nothing to change in it.
import ast
import contextlib
import re
import sys
import textwrap
import traceback
import warnings
"""


def lab_tools(wanted: str, hints: Hints) -> str:
    """Return the cell for a text as `lab_tools.txt` holds it; raises `FileNotFoundError` for an unknown part."""
    first, _, own = wanted.partition("\n")
    words = first.split()
    within = next((word.partition("=")[2] for word in words if word.startswith("within=")), "1e-6")
    parts = [word for word in words if "=" not in word]
    libraries = [_part(name) for name in parts if name in _LIBRARIES]
    tools = [_part(name) for name in ("start", *parts) if name not in _LIBRARIES]
    head = "\n".join([_HEAD, *libraries]).rstrip("\n")
    blocks = [head, *tools, *([own.strip("\n")] if own.strip() else []), as_python(hints)]
    return "\n\n\n".join(blocks).replace("@@within@@", within) + '\n\nprint("ready")'


def made_for(course: Course, lab: str) -> str | None:
    """Return a lab's cell as its files say it; None where it has no `lab_tools.txt`, and writes its own.

    Raises `UsageError` for a catalogue that can't be read.
    """
    file = course.home(lab) / FILE
    if not file.is_file():
        return None
    mistakes = catalogue.read(course.home(lab) / catalogue.FILE)
    return lab_tools(file.read_text(encoding="utf-8"), of_catalogue(mistakes))


def _part(name: str) -> str:
    return (_HERE / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
