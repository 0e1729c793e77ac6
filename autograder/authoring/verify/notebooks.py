"""Notebooks as the rules see them: every cell with its id, tags and outputs, and what in a master is not for students.

Reads the JSON itself, not through a notebook library: a rule has to see what lies in the file.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pathlib import Path

EXPECTED_OUTPUT = "**Expected output**"
"""The line that a notebook has above its block of expected output."""
SECRET_REGIONS = ("SOLUTION", "MARK SCHEME", "HIDDEN TESTS")
_MARK = re.compile(r"(BEGIN|END) (SOLUTION|MARK SCHEME|HIDDEN TESTS)")
_FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_DATA = re.compile(r"\(data:[^)]*\)")


@dataclass(frozen=True)
class BookCell:
    """One cell as it lies in the file."""

    raw: dict[str, Any]

    @property
    def id(self) -> str:
        """The cell's id in the notebook format."""
        return str(self.raw.get("id", ""))

    @property
    def kind(self) -> str:
        """The cell's type: `code`, `markdown` or `raw`."""
        return str(self.raw.get("cell_type", ""))

    @functools.cached_property
    def source(self) -> str:
        """The text of the cell."""
        return "".join(self.raw.get("source", ""))

    @functools.cached_property
    def prose(self) -> str:
        """The text without the bytes of its pictures."""
        return _DATA.sub("(data:)", self.source)

    @property
    def tags(self) -> dict[str, Any]:
        """The metadata that nbgrader keeps of the cell."""
        return dict(self.raw.get("metadata", {}).get("nbgrader", {}))

    @property
    def name(self) -> str:
        """The cell's grade_id in nbgrader; "" where it has none."""
        return str(self.tags.get("grade_id", ""))

    @property
    def points(self) -> float:
        """The points of a graded cell; 0 for any other."""
        return float(self.tags.get("points", 0))

    @property
    def role(self) -> Literal["check", "written", "answer", "given", "plain"]:
        """An autograded check, a written answer, a stub, given code, or nothing of nbgrader's."""
        match self.tags.get("grade"), self.tags.get("solution"):
            case True, True:
                return "written"
            case True, _:
                return "check"
            case _, True:
                return "answer"
        return "given" if self.tags else "plain"


@dataclass(frozen=True)
class Book:
    """One notebook file and its cells."""

    path: Path
    text: str
    cells: tuple[BookCell, ...]

    def of(self, *roles: str) -> list[BookCell]:
        """Return its cells with these roles, in order."""
        return [cell for cell in self.cells if cell.role in roles]

    def named(self, grade_id: str) -> BookCell | None:
        """The cell that nbgrader knows by this name."""
        return next((cell for cell in self.cells if cell.name == grade_id), None)

    def section(self, check: BookCell) -> list[BookCell]:
        """The cells of a graded cell's task: from the heading above it to the next task's heading."""
        graded = [place for place, cell in enumerate(self.cells) if cell.role in {"check", "written"}]
        place = self.cells.index(check)
        start = max((p for p in range(place) if _heads(self.cells[p])), default=0)
        later = [p for p in range(place + 1, len(self.cells)) if _heads(self.cells[p]) or p in graded]
        return list(self.cells[start : min(later, default=len(self.cells))])


def _heads(cell: BookCell) -> bool:
    return cell.kind == "markdown" and cell.source.startswith("## ")


def read_book(path: Path) -> Book:
    """The notebook; raises `OSError`, and `ValueError` for what is none."""
    text = path.read_text(encoding="utf-8")
    loaded = json.loads(text)
    cells = loaded.get("cells") if isinstance(loaded, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise ValueError("it has no list of cells")
    return Book(path, text, tuple(map(BookCell, cells)))


def secret_lines(source: str) -> dict[str, list[tuple[int, str]]]:
    """The lines within marked regions of a master's cell, by the sort of region, numbered from 0."""
    found: dict[str, list[tuple[int, str]]] = {region: [] for region in SECRET_REGIONS}
    inside: list[str] = []
    for number, line in enumerate(source.splitlines()):
        if mark := _MARK.search(line):
            inside = [*inside, mark[2]] if mark[1] == "BEGIN" else [name for name in inside if name != mark[2]]
        elif inside:
            found[inside[-1]].append((number, line))
    return found


def fences(markdown: str) -> list[str]:
    """The fenced blocks of a markdown text."""
    return _FENCE.findall(markdown)
