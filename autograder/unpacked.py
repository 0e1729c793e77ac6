"""Notebooks that were handed in under another name, one folder too deep, or in a zip; each search is bounded."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_NAMES = 1000
_ENTRY = b"PK\x01\x02"
_ENDINGS = (".ipynb", ".ipynb.txt", ".ipynb.json")
_LEFT_BY_TOOLS = {"__MACOSX", "__pycache__"}


class PackedError(Exception):
    """The zip can't be taken; the message says why, for the student."""


def is_notebook(name: str) -> bool:
    """Whether a file's name is that of a notebook, as editors, browsers and systems change it."""
    return name.lower().endswith(_ENDINGS) and not name.startswith((".", "~"))


def _ordinary(parts: tuple[str, ...]) -> bool:
    return not any(part.startswith(".") or part in _LEFT_BY_TOOLS for part in parts)


def deeper(folder: Path) -> list[str]:
    """Notebooks in folders of `folder`, as paths from there; links and what tools leave behind are not followed."""
    found, seen = [], 0
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if _ordinary((name,)))
        seen += len(folders) + len(files)
        if seen > MOST_NAMES:
            break
        inside = os.path.relpath(place, folder)
        if inside != ".":
            found += [f"{inside}/{name}" for name in sorted(files) if is_notebook(name)]
    return found


def in_zip(data: bytes, most_bytes: int) -> dict[str, bytes]:
    """The notebooks in a zip, by name; raises `PackedError`. What is unpacked is counted while it is read."""
    try:
        if data.count(_ENTRY) > 10 * MOST_NAMES:  # before a list is made of them; zips in the zip have some too
            raise PackedError(f"it holds more than {MOST_NAMES} files")
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > MOST_NAMES:
                raise PackedError(f"it holds more than {MOST_NAMES} files")
            found, left = {}, most_bytes
            for entry in _files(archive):
                with archive.open(entry) as stream:
                    found[entry.filename] = stream.read(left + 1)
                left -= len(found[entry.filename])
                if left < 0:
                    raise PackedError(f"its notebooks are more than {most_bytes / 2**20:g} MiB")
            return found
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise PackedError("it can't be unpacked") from error


def _files(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    for entry in archive.infolist():
        parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
        link = (entry.external_attr >> 28) == 0o12  # S_IFLNK, of the upper half
        if not entry.is_dir() and not link and parts and _ordinary(parts) and is_notebook(parts[-1]):
            yield entry
