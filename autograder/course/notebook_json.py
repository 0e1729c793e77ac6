"""The JSON of a notebook as a list of cells, each with the fields that are wanted of it and no others.

Takes what Jupyter, VS Code, Colab and older tools write: UTF-8 with a byte-order mark or without, UTF-16 and UTF-32,
NaN, lone surrogates, notebook formats 3 and 4. Values are counted before anything is made of them, in the text as it
will be read: twenty MiB can hold a million cells. A character above U+FFFF makes a text four times as large as its
bytes, so no text is copied on the way. Whatever a file holds, it is read or it is `UnreadableError`.
"""

from __future__ import annotations

import codecs
import json
import re
import sys
from typing import Any, Generic, TypeVar

import msgspec

from autograder.errors import KitError

MOST_VALUES = 500_000
"""JSON values in a notebook; labs have a fiftieth."""
_MOST_ODD = 48 * 2**20
"""Bytes of memory for the text of what only `json` reads, which holds it beside all that it makes of it."""
_PIECE = 2**16  # bytes that are taken apart at once: at each quote
CLEAR = "clear its outputs (Kernel, Restart and Clear Outputs), save it, and hand it in again"
AGAIN = "Save it again in Jupyter and hand it in again"

Wanted = TypeVar("Wanted")


class UnreadableError(KitError):
    """The file is no notebook (or Python file) that can be parsed; the message says why, for the student."""


class _Notebook(msgspec.Struct, Generic[Wanted]):
    cells: list[Wanted]


def read_cells(data: bytes, wanted: type[Wanted]) -> list[Wanted]:
    """All cells, each as `wanted`: a `Struct` of fields of a cell; raises `UnreadableError`."""
    data = _in_utf8(data)
    if is_too_much(data):
        raise UnreadableError(f"the notebook is made of more than {MOST_VALUES:,} parts: {CLEAR}")
    shape = _Notebook[wanted]  # type: ignore[valid-type]
    try:
        return msgspec.json.decode(data, type=shape).cells
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    return _lenient(data, shape).cells


def _in_utf8(data: bytes) -> bytes:
    """Recode JSON as UTF-8 without a mark; lone surrogates stay for the lenient reader."""
    encoding = json.detect_encoding(data)
    if encoding.startswith("utf-8"):
        return data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode(encoding, "surrogatepass").encode("utf-8", "surrogatepass")
    except UnicodeError as error:
        raise UnreadableError(f"the notebook can't be read: {_what(data)}") from error


def is_too_much(data: bytes) -> bool:
    """Tell whether JSON in UTF-8 holds more than `MOST_VALUES` values; texts count only where they must."""
    if _most_values(data) <= MOST_VALUES:
        return False
    bare = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    found = in_text = 0
    for start in range(0, len(bare), _PIECE):
        parts = bare[start : start + _PIECE].split(b'"')
        found += _most_values(b"".join(parts[in_text::2]))
        if found > MOST_VALUES:
            return True
        in_text ^= (len(parts) - 1) % 2
    return False


def _most_values(data: bytes) -> int:
    return sum(map(data.count, (b",", b"[", b"{")))


def _lenient(data: bytes, shape: type[_Notebook[Wanted]]) -> _Notebook[Wanted]:
    """Read what the strict reader refuses but other tools write: NaN, lone surrogates, notebook format 3."""
    try:
        loaded = json.loads(_odd_text(data))
    except (ValueError, RecursionError):
        pass
    else:
        return _converted(loaded, shape)
    raise UnreadableError(f"the notebook can't be read: {_what(data)}")  # here, as the error held the text


def _odd_text(data: bytes) -> str:
    text = data.decode("utf-8", "surrogatepass")
    if sys.getsizeof(text) > _MOST_ODD:
        raise UnreadableError(f"it is not as Jupyter saves it, and too large to be read as it is: {CLEAR}")
    return text


def _converted(loaded: Any, shape: type[_Notebook[Wanted]]) -> _Notebook[Wanted]:
    try:
        if isinstance(loaded, dict) and "worksheets" in loaded:
            loaded = {"cells": [_from_3(cell) for sheet in loaded["worksheets"] for cell in sheet["cells"]]}
        return msgspec.convert(loaded, shape)
    except MemoryError:
        raise
    except Exception as error:
        raise UnreadableError(
            "the file is JSON, but no notebook: it has no list of cells. Hand in the .ipynb file that Jupyter saves"
        ) from error


def _from_3(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell of notebook format 3, in use until 2015, less its outputs."""
    kind = cell["cell_type"]
    source = cell.get("input" if kind == "code" else "source")
    if kind == "heading":
        level = cell.get("level")
        level = max(1, min(level, 6)) if isinstance(level, int) else 1
        kind, source = "markdown", ["#" * level, " ", *(source if isinstance(source, list) else [source])]
    return {"cell_type": kind, "source": source, "metadata": cell.get("metadata")}


def _what(data: bytes) -> str:
    """Say what a file is that is no JSON, and what to do."""
    start = data[:1000].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if not data.strip():
        return f"it is empty. {AGAIN}"
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
            return f"it is not UTF-8 text (byte {error.start}). {AGAIN}"
    return f"it is not valid JSON. {AGAIN}"
