"""Exceptions of a student's code as answers: plain text, whatever their classes do."""

from __future__ import annotations

import errno
import re
import traceback
from collections import deque

from autograder.sandbox import protocol as p
from autograder.sandbox.errors import SandboxError
from autograder.sandbox.values import TooLargeError

_CELL = re.compile(r"<cell (\d+)>")


def told(error: BaseException) -> p.Raised:
    """Describe an exception: type, text in short, place in the student's own cells, the limit that was hit."""
    kind = "TooLargeError" if isinstance(error, TooLargeError) else type(error).__name__
    try:
        text = str.__str__(str(error))[: p.MAX_ERROR_TEXT].encode("utf-8", "replace").decode()
    except MemoryError:
        raise
    except BaseException:  # a student's __str__
        text = ""
    places, in_library = _places(error), _is_of_a_library(error)
    cell, line = places[0] if places else (None, None)
    error.__traceback__ = None  # frames would keep what the call held
    kinds = [base.__name__[: p.MAX_KIND] for base in type(error).__mro__[:20]]
    limit = _limit(error, text)
    return p.Raised(
        kind[: p.MAX_KIND], text, cell, line, limit=limit, kinds=kinds, places=places, in_library=in_library
    )


def _limit(error: BaseException, text: str) -> str:
    """The limit of the sandbox that an exception tells of, or nothing."""
    match error:
        case MemoryError():
            return "memory"
        case OSError(errno=errno.ENOMEM):
            return "memory"
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return "room"
        case OSError(errno=errno.EFBIG):
            return "file"
        case OSError(errno=errno.EMFILE):
            return "files"
        case RuntimeError() if text == "can't start new thread":
            return "threads"
        case RuntimeError() if "can't allocate memory" in text or text == "std::bad_alloc":
            return "memory"
    return ""


class MissingNameError(SandboxError):
    """The submission does not define the name that was called."""


def _places(error: BaseException) -> list[tuple[int, int]]:
    """Cells and lines of the frames in the student's own cells, the innermost first."""
    if isinstance(error, SyntaxError) and (match := _CELL.fullmatch(error.filename or "")) and error.lineno:
        return [(int(match[1]), error.lineno)]
    found: deque[tuple[int, int]] = deque(maxlen=p.MAX_PLACES)
    for frame, line in traceback.walk_tb(error.__traceback__):
        if match := _CELL.fullmatch(frame.f_code.co_filename):
            found.appendleft((int(match[1]), line))
    return list(found)


def _is_of_a_library(error: BaseException) -> bool:
    """Tell whether the innermost frame is a library's."""
    last = None
    for frame, _ in traceback.walk_tb(error.__traceback__):
        last = frame
    return last is not None and _CELL.fullmatch(last.f_code.co_filename) is None
