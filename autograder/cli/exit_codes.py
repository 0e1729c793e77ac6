"""Turn whatever ended a command into one message and an exit code."""

from __future__ import annotations

import sys

from autograder.errors import GraderError, UsageError
from autograder.text import one_line

OK, NOT_GRADED, WRONG_USAGE, OUR_FAULT = 0, 1, 2, 3


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
    """Put the details into a file, for whoever can fix the kit; says which."""
    import tempfile
    import traceback

    try:
        with tempfile.NamedTemporaryFile("w", prefix="autograder-error-", suffix=".txt", delete=False) as file:
            file.write("".join(traceback.format_exception(error)))
    except OSError:
        return "there is no room to write the details down"
    return f"the details are in {file.name}"
