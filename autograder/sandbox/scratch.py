"""Scratch folders: measured while a child runs, removed whatever it left in them.

What can't be looked into, because its path is too long or its mode odd, counts as over the limit: no honest program
makes such folders, and what is not counted could be without end. The same goes for files that were removed while a
process holds them open or mapped: they take up the disk and are in no folder, so they are looked up by their holder.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
from pathlib import Path


def measure_tree(folder: Path, most_files: int) -> tuple[int, int]:
    """Bytes and number of entries below `folder`; stops counting above `most_files`. Follows no link."""
    size = files = 0
    pending = [folder]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    files += 1
                    size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(Path(entry.path))
                    if files > most_files:
                        return size, files
        except FileNotFoundError:
            continue  # removed while we looked; the rest of its folder is seen at the next look
        except OSError:
            return size, most_files + 1
    return size, files


def measure_removed(folder: Path, pid: int) -> int:
    """Bytes of the files that were removed from `folder` and are still held by process `pid`.

    0 where the kernel does not let us look (another user's process, without CAP_SYS_PTRACE).
    """
    found: dict[int, int] = {}
    for place in (f"/proc/{pid}/fd", f"/proc/{pid}/map_files"):
        with contextlib.suppress(OSError):
            for name in os.listdir(place):  # many, and only names are needed
                with contextlib.suppress(OSError):
                    target = f"{place}/{name}"
                    if _leads_into(folder, target):
                        facts = os.stat(target)  # what it leads to, not its text
                        found |= {facts.st_ino: facts.st_blocks * 512} if not facts.st_nlink else {}
    return sum(found.values())


def _leads_into(folder: Path, link: str) -> bool:
    try:
        return os.readlink(link).startswith(f"{folder}/")  # text, which may end in " (deleted)"
    except OSError as error:
        return error.errno == errno.ENAMETOOLONG  # only a student's own folders are that deep


def remove_tree(folder: Path) -> None:
    """Remove a scratch folder, whatever a student left in it (`rm` copes with paths too deep for Python)."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        subprocess.run(["rm", "-rf", "--", str(folder)], check=False, capture_output=True)  # noqa: S607
