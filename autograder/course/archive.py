"""Notebooks that were handed in under another name, one folder too deep, or packed; each search is bounded.

What is unpacked is counted while it is read, never believed from a header. Links are left aside; what is packed in what
is packed is not looked into.
"""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_NAMES = 1000
_ENTRY = b"PK\x01\x02"
_ENDINGS = (".ipynb", ".ipynb.txt", ".ipynb.json", ".ipynb.download")
_LEFT_BY_TOOLS = {"__MACOSX", "__pycache__"}
_TARS = (".tar", ".tar.gz", ".tgz")


_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, RuntimeError, ValueError)
"""The errors that the libraries raise for what they can't unpack (`NotImplementedError` is a `RuntimeError`)."""


class PackedError(Exception):
    """Something packed that can't be taken; the message says why, for the student."""


def is_notebook(name: str) -> bool:
    """Tell whether a file's name is that of a notebook, as editors, browsers and systems change it."""
    return name.lower().rstrip().endswith(_ENDINGS) and not name.startswith((".", "~"))


def is_packed(name: str) -> bool:
    """Tell by its name whether a file is a zip, a tar or a gzipped notebook: `unpacked` opens these."""
    return name.lower().endswith((".zip", *_TARS, ".ipynb.gz")) and not name.startswith((".", "~"))


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


def unpacked(name: str, data: bytes, most_bytes: int) -> dict[str, bytes]:
    """The notebooks in a zip, a tar or a gzipped file, by name; raises `PackedError`."""
    ending = name.lower()
    try:
        if ending.endswith(".zip"):
            return _in_zip(data, most_bytes)
        if ending.endswith(_TARS):
            return _in_tar(data, most_bytes)
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return {name[: -len(".gz")]: _read(stream, most_bytes, most_bytes)}
    except _BROKEN as error:
        raise PackedError("it can't be unpacked") from error


def _in_zip(data: bytes, most_bytes: int) -> dict[str, bytes]:
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


def _in_tar(data: bytes, most_bytes: int) -> dict[str, bytes]:
    """Read a tar, and count all of it: what a file has in front of it has to be unpacked too."""
    plain = gzip.GzipFile(fileobj=io.BytesIO(data)) if data.startswith(b"\x1f\x8b") else io.BytesIO(data)
    whole = _read(plain, 2 * most_bytes, most_bytes)
    found, names = {}, 0
    with tarfile.open(fileobj=io.BytesIO(whole), mode="r:") as archive:
        for entry in archive:
            names += 1
            if names > MOST_NAMES:
                raise PackedError(f"it holds more than {MOST_NAMES} files")
            if entry.isreg() and _is_ours(entry.name) and (stream := archive.extractfile(entry)) is not None:
                found[entry.name.removeprefix("./")] = _read(stream, most_bytes, most_bytes)
    return found


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _read(stream: _Readable, left: int, most_bytes: int) -> bytes:
    data = stream.read(left + 1)
    if len(data) > left:
        raise PackedError(f"what is in it is more than {most_bytes / 2**20:g} MiB")
    return data


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return bool(parts) and _ordinary(parts) and is_notebook(parts[-1])


def _files(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    for entry in archive.infolist():
        link = (entry.external_attr >> 28) == 0o12  # S_IFLNK, of the upper half
        if not entry.is_dir() and not link and _is_ours(entry.filename):
            yield entry
