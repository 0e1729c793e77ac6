"""Notebook files as cells: the one reader, for submissions, released notebooks and solutions.

Reads only what grading needs: source as text or lines, and what nbgrader noted; outputs are skipped. Cells and code
are counted before anything is done with them, and text is cut where nobody reads on.
"""

from __future__ import annotations

import ast
import codecs
import functools
import hashlib
import io
import json
import re
import tokenize
from typing import TYPE_CHECKING, Any

import msgspec

from autograder.course import given_cells, notebook_json
from autograder.course.bounded_parse import read_bounded
from autograder.course.notebook_json import UnreadableError
from autograder.sandbox.protocol import Cell

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


_ENCODINGS = ("utf-8", "ascii", "iso8859", "cp", "koi8", "mac", "shift_jis", "euc", "gb", "big5")
"""The encodings that editors write. Python knows others; some (punycode) take hours for what can be handed in."""


MOST_CELLS, MOST_CODE = 5_000, 1_000_000
"""Cells in a notebook, and characters of code in all of them together; labs have a fiftieth."""
MOST_TEXT = 400_000
"""Characters of a cell that is no code: what comes after them is a picture, and nobody looks at it."""
_MOST_LOOKED_AT = 200_000  # characters of text, in all cells, that are looked at for code
_SURROGATE = re.compile("[\ud800-\udfff]")

_FENCED = re.compile(r"(?:```|~~~)[^\n]*\n(.*?)\n?(?:```|~~~)", re.DOTALL)
"""Markdown that is one block of code."""

_SHORTEN = "hand in the notebook with your own work in it, and nothing else"


class NotebookCell(msgspec.Struct):
    """One cell; `index` is its position among all cells of the notebook."""

    index: int
    kind: str
    source: str
    nbgrader: dict[str, Any] = {}

    @property
    def grade_id(self) -> str:
        """The name that nbgrader knows the cell by, or nothing."""
        found = self.nbgrader.get("grade_id")
        return found if isinstance(found, str) else ""


class Notebook(msgspec.Struct):
    """All cells, in order."""

    cells: list[NotebookCell]

    @property
    def code(self) -> list[Cell]:
        """The code cells as the sandbox takes them."""
        return [Cell(cell.index, cell.source) for cell in self.cells if cell.kind == "code"]

    def code_for(self, names: Collection[str], released: Collection[str] = ()) -> list[Cell]:
        """The code cells, with code that was turned into text: it is read as the code that it was.

        An answer is known by the cell's `grade_id`, or by defining one of `names` in a text that is nothing but Python;
        given code by being as one of the `released` cells. Of these nothing is left that would bind a student's name.
        """
        answers = {f"{name}_answer" for name in names}
        found, left, own = [], _MOST_LOOKED_AT, set[str]()
        for cell in self.cells:
            source: str | None = cell.source
            if cell.kind != "code":
                left -= len(cell.source)
                source = _as_code(cell, answers, names, released) if left >= 0 else None
            if source is not None:
                if source not in released:
                    own |= given_cells.bound_in(source)
                elif own:
                    source = given_cells.without(own, source)
                found.append(Cell(cell.index, source))
        return found


def digest(code: list[Cell]) -> str:
    """SHA-256 of code cells as they are graded, in hex: whatever outputs and metadata say."""
    return hashlib.sha256(json.dumps([cell.source for cell in code]).encode()).hexdigest()


def _as_code(
    cell: NotebookCell, answers: Collection[str], names: Collection[str], released: Collection[str]
) -> str | None:
    """The text of a cell that is no code cell, if it is an answer of code or given code."""
    fenced = _FENCED.fullmatch(cell.source.strip())
    text = fenced[1] if fenced else cell.source
    if cell.grade_id in answers or text in released:
        return text
    if not _definition_of(frozenset(names)).search(text):
        return None
    tree = read_bounded(text)
    return text if tree and any(_defines(node, names) for node in tree.body) else None


@functools.lru_cache(maxsize=64)
def _definition_of(names: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern for the beginning of a line that may define one of the names."""
    several = "|".join(map(re.escape, sorted(names)))
    return re.compile(rf"^(?:(?:async[ \t]+)?def[ \t]+|class[ \t]+)?(?:{several})[ \t]*[(:=\[]", re.MULTILINE)


def _defines(node: ast.stmt, names: Collection[str]) -> bool:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda()):
            return name in names
    return getattr(node, "name", None) in names


class _RawCell(msgspec.Struct):
    cell_type: str
    source: str | list[str] | None = ""
    metadata: Any = None  # an object, but some tools write an empty list


def read_bytes(data: bytes, suffix: str) -> Notebook:
    """The notebook (`.ipynb`), or a Python file as one code cell; raises `UnreadableError`, and nothing else.

    `MemoryError` excepted: what is made of a file is bounded, so where there is no room for it the place is at fault.
    """
    try:
        return _python(data) if suffix == ".py" else _notebook(data)
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:
        raise UnreadableError(f"the file can't be read. {notebook_json.AGAIN}") from error


def read_file(path: Path) -> Notebook:
    """A trusted file of the course; raises `OSError` and `UnreadableError`."""
    return read_bytes(path.read_bytes(), path.suffix)


def _python(data: bytes) -> Notebook:
    _refuse_long(len(data) // 4)  # no encoding takes more bytes for a character
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        known = codecs.lookup(encoding).name.startswith(_ENCODINGS)
        source = data.decode(encoding if known else "utf-8")
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        raise UnreadableError("the file is not text that Python can read (it should be UTF-8)") from error
    _refuse_long(len(source))
    return Notebook([NotebookCell(0, "code", source)])


def _notebook(data: bytes) -> Notebook:
    raw = notebook_json.read_cells(data, _RawCell)
    if len(raw) > MOST_CELLS:
        raise UnreadableError(f"it has {len(raw):,} cells, and at most {MOST_CELLS:,} are graded: {_SHORTEN}")
    _refuse_long(sum(_length(cell.source) for cell in raw if cell.cell_type == "code"))
    cells: list[NotebookCell] = []
    raw.reverse()
    while raw:  # each is let go of when it is done: what is cut may be large
        cells.append(_cell(len(cells), raw.pop()))
    return Notebook(cells)


def _cell(index: int, raw: _RawCell) -> NotebookCell:
    meta = raw.metadata.get("nbgrader") if isinstance(raw.metadata, dict) else None
    source = _joined(raw.source, MOST_CODE if raw.cell_type == "code" else MOST_TEXT)
    return NotebookCell(index, raw.cell_type, source, meta if isinstance(meta, dict) else {})


def _joined(source: str | list[str] | None, most: int) -> str:
    """So many characters of it; lone surrogates, which can't be sent on, as question marks."""
    parts, left = [], most
    for part in [source] if isinstance(source, str) else source or ():
        parts.append(part[:left])
        left -= len(part)
        if left <= 0:
            break
    return _SURROGATE.sub("?", "".join(parts))


def _length(source: str | list[str] | None) -> int:
    return len(source) if isinstance(source, str) else sum(map(len, source or ()))


def _refuse_long(size: int) -> None:
    if size > MOST_CODE:
        raise UnreadableError(f"it holds {size:,} characters of code, and at most {MOST_CODE:,} are graded: {_SHORTEN}")
