"""One `nbgrader autograde` at a time in a course: two would write over each other's half-written submissions."""

from __future__ import annotations

import fcntl
from typing import IO, TYPE_CHECKING

from autograder.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

LOCK = ".autograde.lock"


def alone(root: Path) -> IO[str] | None:
    """A file to be closed when the run is over; it lets go by itself when the process ends, however that is.

    Raises `UsageError` where another run holds it. None where the file system knows no locks: then nobody can tell.
    """
    try:
        held = (root / LOCK).open("a", encoding="utf-8")
    except OSError:
        return None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        raise UsageError(
            "another `nbgrader autograde` is at work in this course: wait until it is done, then run the same command "
            "again; nothing is graded twice"
        ) from None
    except OSError:
        held.close()
        return None
    return held
