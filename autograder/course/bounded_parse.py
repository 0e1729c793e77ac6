"""A student's text read as Python in the grader's own process: only what is short and flat, and only to find words.

The child reads any text, in its sandbox and on the submission's account. Nothing counts here but messages and whether
a text is code at all, so that a text which is too long or nested too deep for that is taken as unknown.
"""

from __future__ import annotations

import ast
import re

MOST_CHARACTERS = 100_000
"""Characters of one cell, and of all cells read for one message; the labs' own notebooks have 10,000 to 40,000."""
MOST_DEPTH = 40
"""Brackets in brackets: at this depth no text is known that keeps Python's parser busy."""
_MAGIC = re.compile(r"^([ \t]*)(?:[%!]|\?).*$", re.MULTILINE)
_BRACKET = re.compile(r"[()\[\]{}]")
MOST_DOTS = 2000
"""In one dotted name: the parser takes quadratic time to put those of an import together."""
_DOTTED = re.compile(r"[\w.\s\\]++")


def plain_text(source: str) -> str | None:
    """The cell's text without its magics, lines kept; None where it is too long or too deep to be read here."""
    if len(source) > MOST_CHARACTERS:
        return None
    if source.count(".") > MOST_DOTS and any(text.count(".") > MOST_DOTS for text in _DOTTED.findall(source)):
        return None
    depth = 0
    for found in _BRACKET.finditer(source):
        depth = depth + 1 if found[0] in "([{" else max(0, depth - 1)
        if depth > MOST_DEPTH:
            return None
    return _MAGIC.sub(r"\1pass", source.replace("\r\n", "\n").replace("\r", "\n"))


def read_bounded(source: str) -> ast.Module | None:
    """The cell's syntax tree; None where it is no Python, or not to be read here."""
    text = plain_text(source)
    try:
        return None if text is None else ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
