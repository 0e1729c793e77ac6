"""Write files so that a reader, a crash or a kill never meets half of one."""

from __future__ import annotations

import io
import os
import time
import zipfile
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from autograder.sandbox.lease import hold, made_here, new_name, taken_over

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path
    from typing import IO


_STALE = 600.0


def write_atomic(path: Path, data: bytes) -> None:
    """Put `data` at `path`, wholly or not at all; what stood there is kept until the new file is on disk.

    The mode is what `open` would give a new file (0666 less the umask). A link at `path` is replaced,
    not followed. Raises `OSError` as `open` would. A kill in the middle leaves a hidden `.autograder-*.tmp`.
    """
    write_in_order({path: data})


def write_in_order(files: Mapping[Path, bytes]) -> None:
    """Write several files of one folder, each as `write_atomic` does; none is there before all ahead of it are."""
    temporaries: dict[Path, Path] = {}
    with ExitStack() as held:
        try:
            for path, data in files.items():
                temporaries[path], file = _new_file(path.parent, held)  # a student's id may fill a name
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            for path, temporary in temporaries.items():
                temporary.replace(path)
        except BaseException:
            for temporary in temporaries.values():
                with suppress(OSError):
                    temporary.unlink()
            raise
    for folder in {path.parent for path in files}:
        _sync_folder(folder)


def _new_file(folder: Path, held: ExitStack) -> tuple[Path, IO[bytes]]:
    """An empty file of ours, locked until `held` is left: see `remove_stale`."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    while True:
        path = folder / f".{new_name()}.tmp"
        descriptor = os.open(path, flags, 0o666)
        file = held.enter_context(open(descriptor, "wb"))  # noqa: PTH123  # `held` closes it
        if hold(descriptor, path):
            return path, file


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
    """Remove what writers left in `folder` that were killed.

    One on this machine holds a lock while it lives; else there is its age: none takes as long as `_STALE` seconds.
    """
    now = time.time()
    for path in folder.glob(".autograder-*.tmp"):
        with suppress(OSError), taken_over(path, os.O_RDWR) as free:
            old = now - path.lstat().st_mtime > _STALE
            if free if free is not None and made_here(path.name[1:]) else old:
                path.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the rename last through a power cut; some file systems can't, and the file is whole either way."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
