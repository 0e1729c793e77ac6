"""Notebook files as cells: the one reader, for submissions, released notebooks and solutions.

Takes what Jupyter, VS Code, Colab and older tools write: source as text or lines, missing metadata, a byte-order
mark, notebook formats 3 and 4. Reads only what grading needs; outputs are skipped. JSON values are counted before
anything is made of them, cells and code before anything is done with them: twenty MiB can hold a million cells.
"""

from __future__ import annotations

import ast
import codecs
import hashlib
import io
import json
import re
import tokenize
from typing import TYPE_CHECKING, Any

import msgspec

from autograder.course.bounded_parse import read_bounded
from autograder.sandbox.protocol import Cell

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


_ENCODINGS = ("utf-8", "ascii", "iso8859", "cp", "koi8", "mac", "shift_jis", "euc", "gb", "big5")
"""The encodings that editors write. Python knows others; some (punycode) take hours for what can be handed in."""


MOST_VALUES, MOST_CELLS, MOST_CODE = 500_000, 5_000, 1_000_000
"""JSON values and cells in a notebook, and characters of code in all of them together; labs have a fiftieth."""
_MOST_TEXT = 200_000  # characters of text that are looked at for code
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)

_FENCED = re.compile(r"(?:```|~~~)[^\n]*\n(.*?)\n?(?:```|~~~)", re.DOTALL)
"""Markdown that is one block of code."""
_DEFINES = re.compile(r"^(?:(?:async[ \t]+)?def[ \t]+|class[ \t]+)?(\w+)[ \t]*[(:=\[]", re.MULTILINE)
"""The beginning of a line that may define a name."""


_SHORTEN = "hand in the notebook with your own work in it, and nothing else"
_CLEAR = "clear its outputs (Kernel, Restart and Clear Outputs), save it, and hand it in again"


class UnreadableError(Exception):
    """The file is no notebook (or Python file) that can be parsed; the message says why, for the student."""


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
        given code by being as one of the `released` cells.
        """
        answers = {f"{name}_answer" for name in names}
        found, left = [], _MOST_TEXT
        for cell in self.cells:
            source: str | None = cell.source
            if cell.kind != "code":
                left -= len(cell.source)
                source = _as_code(cell, answers, names, released) if left >= 0 else None
            if source is not None:
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
    if not any(found[1] in names for found in _DEFINES.finditer(text)):
        return None
    tree = read_bounded(text)
    return text if tree and any(_defines(node, names) for node in tree.body) else None


def _defines(node: ast.stmt, names: Collection[str]) -> bool:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda()):
            return name in names
    return getattr(node, "name", None) in names


class _RawCell(msgspec.Struct):
    cell_type: str
    source: str | list[str] | None = ""
    metadata: Any = None  # an object, but some tools write an empty list


class _Raw(msgspec.Struct):
    cells: list[_RawCell]


def read_bytes(data: bytes, suffix: str) -> Notebook:
    """The notebook (`.ipynb`), or a Python file as one code cell; raises `UnreadableError`."""
    found = _python(data) if suffix == ".py" else _notebook(data)
    if (size := sum(len(cell.source) for cell in found.code)) > MOST_CODE:
        raise UnreadableError(f"it holds {size:,} characters of code, and at most {MOST_CODE:,} are graded: {_SHORTEN}")
    return found


def is_too_much(data: bytes) -> bool:
    """Tell whether JSON holds more than `MOST_VALUES` values; what stands inside of texts counts only where it must."""
    return _most_values(data) > MOST_VALUES and _most_values(_STRING.sub(b"", data)) > MOST_VALUES


def _most_values(data: bytes) -> int:
    return sum(map(data.count, (b",", b"[", b"{")))


def read_file(path: Path) -> Notebook:
    """A trusted file of the course; raises `OSError` and `UnreadableError`."""
    return read_bytes(path.read_bytes(), path.suffix)


def _python(data: bytes) -> Notebook:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        known = codecs.lookup(encoding).name.startswith(_ENCODINGS)
        return Notebook([NotebookCell(0, "code", data.decode(encoding if known else "utf-8"))])
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        raise UnreadableError("the file is not text that Python can read (it should be UTF-8)") from error


def _notebook(data: bytes) -> Notebook:
    if is_too_much(data):
        raise UnreadableError(f"the notebook is made of more than {MOST_VALUES:,} parts: {_CLEAR}")
    try:
        raw = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_Raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raw = _lenient(data)
    if len(raw.cells) > MOST_CELLS:
        raise UnreadableError(f"it has {len(raw.cells):,} cells, and at most {MOST_CELLS:,} are graded: {_SHORTEN}")
    cells = []
    for index, cell in enumerate(raw.cells):
        source = cell.source if isinstance(cell.source, str) else "".join(cell.source or [])
        source = source.encode("utf-8", "replace").decode()  # lone surrogates can't be sent on
        meta = cell.metadata.get("nbgrader") if isinstance(cell.metadata, dict) else None
        cells.append(NotebookCell(index, cell.cell_type, source, meta if isinstance(meta, dict) else {}))
    return Notebook(cells)


def _what(data: bytes) -> str:
    """Say what a file that is not JSON is, and what to do."""
    start = data[:1000].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if not data.strip():
        return "it is empty. Save it again in Jupyter and hand it in again"
    if data.startswith(b"PK"):
        return "it is a zip. Unpack it and hand in the notebook that is in it"
    if data.startswith(b"\x1f\x8b"):
        return "it is packed (gzip). Unpack it and hand in the notebook that is in it"
    if start.startswith(b"%pdf"):
        return "it is a PDF. Hand in the .ipynb file that Jupyter saves"
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        return "it is a web page. Download the notebook itself (File, Download) and hand in that .ipynb file"
    if re.search(rb"^(<{7}|>{7})( |$)", data, re.MULTILINE):
        return "it holds marks of a merge conflict (<<<<<<<, >>>>>>>). Choose one version, save it and hand it in again"
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if data[:2] not in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            return f"it is not UTF-8 text (byte {error.start}). Save it again in Jupyter and hand it in again"
    return "it is not valid JSON. Save it again in Jupyter and hand it in again"


def _lenient(data: bytes) -> _Raw:
    """Read what the strict reader refuses but other tools write: NaN, lone surrogates, UTF-16, notebook format 3."""
    try:
        loaded = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"the notebook can't be read: {_what(data)}") from error
    try:
        if isinstance(loaded, dict) and "worksheets" in loaded:
            loaded = {"cells": [_from_3(cell) for sheet in loaded["worksheets"] for cell in sheet["cells"]]}
        return msgspec.convert(loaded, _Raw)
    except (msgspec.MsgspecError, TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise UnreadableError(
            "the file is JSON, but no notebook: it has no list of cells. Hand in the .ipynb file that Jupyter saves"
        ) from error


def _from_3(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell of notebook format 3, in use until 2015, less its outputs."""
    kind = cell["cell_type"]
    source: Any = cell.get("input" if kind == "code" else "source")
    if kind == "heading":
        kind, source = "markdown", ["#" * min(int(cell.get("level", 1)), 6), " ", *source]
    return {"cell_type": kind, "source": source, "metadata": cell.get("metadata")}
