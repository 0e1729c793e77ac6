"""The students' folders, and the names that records, pages and tables call them by.

That is the folder's name, wherever one can be written into records and made into the names of their files. A name that
is not UTF-8, or too long for a file of its own, gets another one here, which nobody else has: its owner costs a row.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from autograder.text import readable

if TYPE_CHECKING:
    from pathlib import Path

MOST_NAME = 249  # bytes: files are called `<name>_.html` at most, and a name on disk has 255
_KEPT = 144  # bytes of a name that is too long; escapes of four and letters of three stay whole


def folders(submitted: Path) -> dict[str, str]:
    """The folder of each student, by what the student is called here, sorted; raises `OSError`."""
    names = [
        entry.name for entry in os.scandir(submitted) if entry.is_dir(follow_symlinks=False) and entry.name[0] != "."
    ]
    found = {name: name for name in names if not what_is_wrong(name)}
    for name in sorted(set(names) - set(found)):
        who = readable(name)
        if who in found or len(who.encode()) > MOST_NAME:
            mark = hashlib.sha256(os.fsencode(name)).hexdigest()[:12]
            who = f"{who.encode()[:_KEPT].decode('utf-8', 'ignore')}~{mark}"
        while who in found:  # somebody else's folder has that very name
            who += "~"
        found[who] = name
    return dict(sorted(found.items()))


def students(submitted: Path) -> list[str]:
    """Everyone with a folder, sorted; raises `OSError`."""
    return list(folders(submitted))


def what_is_wrong(name: str) -> str:
    """Say why a folder's name can't be a student's; "" where it can."""
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        return "is not UTF-8"
    return f"is too long (more than {MOST_NAME} bytes)" if size > MOST_NAME else ""


def misnamed(submitted: Path, who: str) -> str:
    """Say what is wrong with the name of a student's folder; "" where nothing is, or there is no such folder."""
    if os.path.lexists(submitted / who):
        return ""
    try:
        return what_is_wrong(folders(submitted).get(who, ""))
    except OSError:
        return ""
