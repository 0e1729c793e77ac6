"""Writing files so that a reader, a crash or a kill never meets half of one."""

from __future__ import annotations

import io
import os
import secrets
import time
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path


_STALE = 600.0


def write_atomic(path: Path, data: bytes) -> None:
    """Put `data` at `path`, wholly or not at all; what stood there is kept until the new file is on disk.

    The mode is what `open` would give a new file (0666 less the umask). A link at `path` is replaced,
    not followed. Raises `OSError` as `open` would. A kill in the middle leaves a hidden `.autograder-*.tmp`.
    """
    write_in_order({path: data})


def write_in_order(files: Mapping[Path, bytes]) -> None:
    """Several files of one folder, each as `write_atomic` does; none is there before all ahead of it are."""
    temporaries: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            temporaries[path] = (
                path.parent / f".autograder-{secrets.token_hex(8)}.tmp"
            )  # a student's id may fill a name
            _write(temporaries[path], data)
        for path, temporary in temporaries.items():
            temporary.replace(path)
    except BaseException:
        for temporary in temporaries.values():
            with suppress(OSError):
                temporary.unlink()
        raise
    for folder in {path.parent for path in files}:
        _sync_folder(folder)


def _write(path: Path, data: bytes) -> None:
    """A new file, on disk when this returns."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(path, flags, 0o666)
    with open(descriptor, "wb") as file:  # noqa: PTH123  a descriptor, not a path
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def zipped(files: Mapping[str, bytes], *, scripts: Container[str] = ()) -> bytes:
    """A zip of `files` by their names in it: the same files give the same bytes. `scripts` can be executed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name)  # dated 1980, whatever the day
            entry.external_attr = (0o100755 if name in scripts else 0o100644) << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def remove_stale(folder: Path) -> None:
    """Remove what writers left in `folder` that were killed: no writer takes as long as `_STALE` seconds."""
    now = time.time()
    for path in folder.glob(".autograder-*.tmp"):
        with suppress(OSError):
            if now - path.lstat().st_mtime > _STALE:
                path.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the rename last through a power cut; some file systems can't, and the file is whole either way."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
