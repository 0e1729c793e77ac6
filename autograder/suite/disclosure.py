"""Decide what a student reads of a message, in one place, by whether the inputs behind it are the lab's own.

On hidden inputs a program can choose what it answers by what it was given: a length, a shape, a number of a line that a
message repeats would carry the inputs home. So whoever writes a message puts `if_shown(…)` around each quantity that
the student's program chose, and `told` settles which of its two readings goes into the record. It is asked by the run
alone, with `shown` where a check is visible and nothing hidden had been asked in this submission before. What stands
outside of `if_shown` has to be one of few: a name of the lab, a known type, a known mistake.
"""

from __future__ import annotations

import re

_BEGIN, _OR, _END = "\ue000", "\ue001", "\ue002"  # private use: in a text from outside they are taken out
_EITHER = re.compile(f"{_BEGIN}([^{_BEGIN}{_OR}{_END}]*){_OR}([^{_BEGIN}{_OR}{_END}]*){_END}")
_MARKS = re.compile(f"[{_BEGIN}{_OR}{_END}]")

MOST_LINES = 64
"""A line of a definition is named where it is one of so many, counted from the definition's first."""


def if_shown(exact: object, otherwise: str = "") -> str:
    """A part of a message: `exact` on the lab's own inputs, `otherwise` on hidden ones."""
    return f"{_BEGIN}{_MARKS.sub('', told(str(exact), shown=True))}{_OR}{_MARKS.sub('', otherwise)}{_END}"


def told(message: str, *, shown: bool) -> str:
    """The message as the student reads it."""
    if _BEGIN not in message:
        return message
    return _MARKS.sub("", _EITHER.sub(r"\1" if shown else r"\2", message))
