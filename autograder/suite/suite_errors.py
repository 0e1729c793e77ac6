"""A suite that breaks, in one line for its author: file, line, and what was raised."""

from __future__ import annotations

import traceback
from pathlib import Path

from autograder.suite.loading import PREFIX

MOST = 300
"""Characters of what was raised: it may hold a whole array."""


def in_one_line(error: BaseException) -> str:
    """Say in which line of a course's suites an exception came up: "autograder/suites/test_x.py, line 3: …".

    It is the innermost place in the suite's own files; where there is none, the innermost of all.
    """
    said = " ".join(traceback.format_exception_only(error)[-1].split())[:MOST]
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return f"{_short(Path(error.filename))}, line {error.lineno}: {said}"
    frames = list(traceback.walk_tb(error.__traceback__))
    own = [frame for frame in frames if str(frame[0].f_globals.get("__name__", "")).startswith(PREFIX)]
    if not frames:
        return said
    frame, line = (own or frames)[-1]
    return f"{_short(Path(frame.f_code.co_filename))}, line {line}: {said}"


def _short(file: Path) -> str:
    """The path from the course's `autograder/` on, or else from the package's name on."""
    parts = file.parts
    for folder in ("autograder", "site-packages"):
        if folder in parts:
            last = len(parts) - 1 - parts[::-1].index(folder)
            return "/".join(parts[last + (folder == "site-packages") :])
    return file.name
