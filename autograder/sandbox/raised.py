"""Exceptions of a student's code as answers: plain text, whatever their classes do."""

from __future__ import annotations

import errno
import re
import traceback

from autograder.sandbox import protocol as p
from autograder.sandbox.values import TooLargeError

_CELL = re.compile(r"<cell (\d+)>")


def told(error: BaseException) -> p.Raised:
    """What is said of an exception: type, text in short, place in the student's own cells, the limit that was hit."""
    kind = "TooLargeError" if isinstance(error, TooLargeError) else type(error).__name__
    try:
        text = str.__str__(str(error))[: p.MAX_ERROR_TEXT].encode("utf-8", "replace").decode()
    except MemoryError:
        raise
    except BaseException:  # noqa: BLE001  # a student's __str__
        text = ""
    cell, line = _place(error)
    error.__traceback__ = None  # frames would keep what the call held
    kinds = [base.__name__[: p.MAX_KIND] for base in type(error).__mro__[:20]]
    return p.Raised(kind[: p.MAX_KIND], text, cell, line, limit=_limit(error, text), kinds=kinds)


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


class MissingNameError(Exception):
    """The submission does not define the name that was called."""


def _place(error: BaseException) -> tuple[int | None, int | None]:
    """Cell and line of the innermost frame in the student's own cells."""
    if isinstance(error, SyntaxError) and (match := _CELL.fullmatch(error.filename or "")):
        return int(match[1]), error.lineno
    place: tuple[int | None, int | None] = (None, None)
    for frame, line in traceback.walk_tb(error.__traceback__):
        if match := _CELL.fullmatch(frame.f_code.co_filename):
            place = int(match[1]), line
    return place
