"""Notebooks that were handed in under another name, one folder too deep, or packed; each search is bounded.

What is unpacked is counted while it is read, never believed from a header. Links are left aside; what is packed in what
is packed is not looked into. `zipfile` reads zips, as far as they are stored or deflated, `tar_files` reads tars. What
these can't read is the file's own oddity, whatever they raise: `PackedError`.
"""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from autograder.course import tar_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_NAMES = 1000
_MOST_DEPTH = 20  # folders in folders
_ENTRY = b"PK\x01\x02"
_ENDINGS = (".ipynb", ".ipynb.txt", ".ipynb.json", ".ipynb.download")
_LEFT_BY_TOOLS = {"__MACOSX", "__pycache__"}
_TARS = (".tar", ".tar.gz", ".tgz")
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""Of a zip's entry. The others unpack all that there is, however little is asked for."""
_GZIP = b"\x1f\x8b"


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
        if inside.count("/") + 1 >= _MOST_DEPTH:
            folders.clear()
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
        return {name[: -len(".gz")]: _gunzipped(data, most_bytes, most_bytes)}
    except tar_files.TarError as error:
        raise PackedError(str(error)) from error
    except (PackedError, MemoryError):  # where there is no room for what is bounded, the place is at fault
        raise
    except Exception as error:
        raise PackedError("it can't be unpacked") from error


def _in_zip(data: bytes, most_bytes: int) -> dict[str, bytes]:
    if data.count(_ENTRY) > 10 * MOST_NAMES:  # before a list is made of them; zips in the zip have some too
        raise PackedError(f"it holds more than {MOST_NAMES} files")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if len(archive.infolist()) > MOST_NAMES:
            raise PackedError(f"it holds more than {MOST_NAMES} files")
        entries = list(_files(archive))
        if not {entry.compress_type for entry in entries} <= _METHODS:
            raise PackedError("it is compressed by another method than deflate")
        if sum(entry.compress_size for entry in entries) > len(data):  # the same bytes, unpacked again and again
            raise PackedError("it can't be unpacked")
        found, left = {}, most_bytes
        for entry in entries:
            with archive.open(entry) as stream:
                found[entry.filename] = stream.read(left + 1)
            left -= len(found[entry.filename])
            if left < 0:
                raise PackedError(f"its notebooks are more than {most_bytes / 2**20:g} MiB")
        return found


def _in_tar(data: bytes, most_bytes: int) -> dict[str, bytes]:
    """Read a tar, and count all of it: what a file has in front of it has to be unpacked too."""
    whole = _gunzipped(data, 2 * most_bytes, most_bytes) if data.startswith(_GZIP) else data
    found = {}
    for names, (name, body) in enumerate(tar_files.files(whole), start=1):
        if names > MOST_NAMES:
            raise PackedError(f"it holds more than {MOST_NAMES} files")
        if body is not None and _is_ours(name):
            if len(body) > most_bytes:
                raise _too_much(most_bytes)
            found[name.removeprefix("./")] = body
    return found


def _gunzipped(data: bytes, left: int, most_bytes: int) -> bytes:
    """The one member that gzip writes; a file of many can be a million, empty ones."""
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    plain = reader.decompress(data, left + 1)
    if len(plain) > left:
        raise _too_much(most_bytes)
    if not reader.eof or reader.unused_data.strip(b"\0"):
        raise PackedError("it can't be unpacked")
    return plain


def _too_much(most_bytes: int) -> PackedError:
    return PackedError(f"what is in it is more than {most_bytes / 2**20:g} MiB")


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return bool(parts) and _ordinary(parts) and is_notebook(parts[-1])


def _files(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    for entry in archive.infolist():
        link = (entry.external_attr >> 28) == 0o12  # S_IFLNK, of the upper half
        if not entry.is_dir() and not link and _is_ours(entry.filename):
            yield entry
