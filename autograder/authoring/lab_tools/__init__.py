"""The cell of tools that the checks of notebooks use, put together from one source, so that all labs have the same.

A lab says in `lab_tools.txt`, in its folder beside the suite, which parts it needs: its first line names them, and may
set how close numbers have to be (`numbers within=1e-4`); what follows is the lab's own. `python -m
autograder.authoring.lab_tools` (or `make tools`) writes these cells into a course's masters.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.suite import catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.course.settings import Course

FILE = "lab_tools.txt"
_NUMBER = re.compile(r"\bis -?\d+\.\d{4}$")
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


def lab_tools(wanted: str, hints: Sequence[str] = ()) -> str:
    """Return the cell for a text as `lab_tools.txt` holds it; raises `FileNotFoundError` for an unknown part.

    `hints` are the numbers that the notebook has a hint for, as its checks show them.
    """
    first, _, own = wanted.partition("\n")
    words = first.split()
    within = next((word.partition("=")[2] for word in words if word.startswith("within=")), "1e-6")
    parts = [word for word in words if "=" not in word]
    libraries = [_part(name) for name in parts if name in _LIBRARIES]
    tools = [_part(name) for name in ("start", *parts) if name not in _LIBRARIES]
    head = "\n".join([_HEAD, *libraries]).rstrip("\n")
    blocks = [head, *tools, *([own.strip("\n")] if own.strip() else []), 'print("ready")']
    return "\n\n\n".join(blocks).replace("@@within@@", within).replace("@@hints@@", _listed(hints))


def numbers_with_hints(course: Course, lab: str) -> list[str]:
    """The numbers, `h_t is 0.5028`, that a lab's hints are filed under; raises `UsageError` for its catalogue."""
    found = catalogue.read(course.home(lab) / catalogue.FILE)
    shown = [
        text for function, entries in found.items() for entry in entries for text in entry.symptoms(function).values()
    ]
    return sorted({text for text in shown if _NUMBER.search(text) and ";" not in text})


def _listed(hints: Sequence[str]) -> str:
    lines = textwrap.wrap("; ".join(hints), 96, break_long_words=False, break_on_hyphens=False)
    return (
        "\n".join(f'    "{line} "' for line in lines[:-1])
        + ("\n" if len(lines) > 1 else "")
        + f'    "{(lines or [""])[-1]}"'
    )


def _part(name: str) -> str:
    return (_HERE / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")


def wanted_by(course: Course, lab: str) -> str | None:
    """Return the text of a lab's `lab_tools.txt`; None where it has none, and writes its own cell."""
    file = course.home(lab) / FILE
    return file.read_text(encoding="utf-8") if file.is_file() else None
