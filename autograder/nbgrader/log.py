"""Log the faults of `nbgrader autograde`, a line each: nbgrader's own loop logs whole tracebacks."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

LOCKED = (
    "the gradebook is locked: another nbgrader command, or formgrader, is writing to it; "
    "wait until it is done and run the same command again"
)


class OneLine(logging.Filter):
    """Log the last line instead of a traceback that says nothing more, and call a locked gradebook that."""

    def __init__(self) -> None:
        super().__init__()
        self._locked = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; False where it is wrong or said already."""
        text = record.getMessage()
        if "recently upgraded" in text and self._locked:
            return False
        if text.startswith("Traceback"):
            self._locked = is_locked(text)
            if self._locked:
                record.msg, record.args = LOCKED, ()
            elif "NbGraderException: " in text:
                record.msg, record.args = text.strip().rpartition("NbGraderException: ")[2], ()
        return True


def is_locked(text: str) -> bool:
    """Tell whether an error of the database says that somebody else writes to it."""
    return "database is locked" in text


def quiet_ctrl_c() -> None:
    """Leave it at nbgrader's "Canceled" where the command is stopped by Ctrl-C; before its config is read we can't."""
    usual = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            usual(kind, error, trace)

    sys.excepthook = hook
