"""Turn whatever ended a command into one message and an exit code."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from pathlib import Path

from autograder.errors import GraderError, UsageError
from autograder.text import one_line

OK, NOT_GRADED, WRONG_USAGE, OUR_FAULT = 0, 1, 2, 3
_KEPT = 5  # files of details in the temporary folder, this one included


def said(error: Exception) -> tuple[str, int]:
    """Turn an error into one message and the exit code."""
    from autograder.sandbox.errors import SandboxUnavailable, ServerLost

    ours = OUR_FAULT if sys.argv[1:2] == ["check"] else NOT_GRADED
    match error:
        case UsageError() | SandboxUnavailable():
            return str(error), WRONG_USAGE
        case GraderError() | ServerLost():
            return str(error), ours
    return f"an error of our own, {one_line(f'{type(error).__name__}: {error}', 300)}; {_noted(error)}", ours


def _noted(error: Exception) -> str:
    """Put the details into a file, for whoever can fix the kit, in place of the oldest; says which."""
    import tempfile
    import traceback

    try:
        with tempfile.NamedTemporaryFile("w", prefix="autograder-error-", suffix=".txt", delete=False) as file:
            file.write("".join(traceback.format_exception(error)))
    except OSError:
        return "there is no room to write the details down"
    _remove_old(Path(file.name).parent)
    return f"the details are in {file.name}"


def _remove_old(folder: Path) -> None:
    """Keep the newest few of this user's."""
    found = []
    for path in folder.glob("autograder-error-????????.txt"):
        with contextlib.suppress(OSError):
            facts = path.lstat()
            if stat.S_ISREG(facts.st_mode) and facts.st_uid == os.getuid():
                found.append((facts.st_mtime_ns, path))
    for _, path in sorted(found)[:-_KEPT]:
        with contextlib.suppress(OSError):
            path.unlink()
