"""Makes foreign text safe to show: names of files and students, messages and values that student code had a hand in.

Whatever reaches a terminal, a log, a table or a page passes through here: `say` prints a line, `plain_logs` is for
processes that are nbgrader's, pages and tables call `plain` and `one_line`; `readable` is a file's name as text.

This is about characters, not markup: HTML escaping is jinja2's, inert terminal text is rich's `Text`. What is
left after `plain` can't move a cursor, reverse the reading direction of what follows, fail to encode, pile up
over its neighbours, or fill a page.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import logging

# Written as \x1b, \u202e, ...: visible, and two different names stay different.
_UNSAFE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but for tab and newline
    "\u200b\u2060-\u2064\ufeff"  # invisible ones (the joiners U+200C and U+200D are spelling: they stay)
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates of reading direction
    "\ud800-\udfff\ufffe\uffff"  # no characters at all; a lone surrogate does not encode
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # annotations and tags
    "]"
)
_LINE_END = re.compile("\r\n|[\r\u2028\u2029\x85]")
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILE = re.compile(f"({_MARK}{{4}}){_MARK}+")  # no spelling puts more than four marks on a letter

LINE_CAP = 200
BLOCK_CAP = 2000


def plain(text: str, cap: int = BLOCK_CAP) -> str:
    """Return `text` with unsafe characters written as escapes, cut after `cap` characters noting the rest."""
    if len(text) <= cap and text.isascii() and text.isprintable():  # nearly all of what ten thousand records hold
        return text
    shown = _LINE_END.sub("\n", text[:cap])
    shown = _PILE.sub(r"\1", shown)
    shown = _UNSAFE.sub(lambda found: found[0].encode("unicode_escape").decode(), shown)
    rest = len(text) - cap
    return shown if rest <= 0 else f"{shown} ... ({rest:,} more characters)"


def one_line(text: str, cap: int = LINE_CAP) -> str:
    """Return `plain` text on a single line, cut with dots: for names, table cells, file paths."""
    folded = " ".join(text.split())  # before the cap, or a name of newlines would use it up
    return plain(folded) if len(folded) <= cap else plain(folded[: cap - 4]) + " ..."


def readable(name: str) -> str:
    """A file's or folder's name as text that encodes: bytes that are not UTF-8 are written as escapes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def unbroken(text: str) -> str:
    """The whole of `plain` text on one line with every blank in it, line ends written as escapes."""
    return plain(text, len(text)).replace("\n", "\\n")


def say(*lines: str, err: bool = False) -> None:
    """Print lines on standard output or error; none of them acts on a terminal, or is two."""
    for line in lines:
        print(unbroken(line), file=sys.stderr if err else sys.stdout, flush=err)


def plain_logs() -> None:
    """Keep all that this process logs, whoever logs it, from acting on a terminal or beginning a line."""
    import logging

    make = logging.getLogRecordFactory()
    if getattr(make, "is_plain", False):
        return

    def make_plain(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        text = record.getMessage()
        shown = plain(text, len(text)) if "Traceback" in text else unbroken(text)
        if shown != text:
            record.msg, record.args = shown, None
        return record

    make_plain.is_plain = True  # type: ignore[attr-defined]  # a mark, so that it is done once
    logging.setLogRecordFactory(make_plain)
