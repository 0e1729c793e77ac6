"""Same code up to names and layout: a hash of a submission's own code, for the class report.

Student code is never parsed, compiled or run here. `ast.parse` is Python's own C parser, which hostile source has
crashed before, and this is the grader process; so the code is cut into tokens by one regular expression instead, in
one pass, in time linear in its length, with a cap on the length. What does not read as Python is hashed too: the
hash is only compared with others.

Comments, blank lines, docstrings, the width of indentation and line breaks in brackets are left out; names are numbered
in the order in which they appear. Cells that the released notebook has in the same form are not the student's own.
"""

from __future__ import annotations

import builtins
import functools
import hashlib
import keyword
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MOST = 200_000  # characters; a lab's answers have some thousand

# Unfinished strings run to the end of the line or the text: no token is tried twice from the same place.
_TOKEN = re.compile(
    r"""
    (?P<string>[A-Za-z]{0,2}(?:
        \"\"\"(?:[^\\"]|\\.|"(?!""))*(?:\"\"\"|\Z) | '''(?:[^\\']|\\.|'(?!''))*(?:'''|\Z)
        | "(?:[^\\"\n]|\\.)*"? | '(?:[^\\'\n]|\\.)*'? ))
  | (?P<comment>\#[^\n]*)
  | (?P<newline>\n)
  | (?P<space>(?:[^\S\n]|\\\n)+)
  | (?P<number>\.?[0-9](?:[\w.]|(?<=[eE])[+-])*)
  | (?P<name>\w+)
  | (?P<operator>\*\*=?|//=?|->|:=|[-+*/%@&|^<>=!]=|<<|>>|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_KEPT = frozenset(keyword.kwlist) | frozenset(dir(builtins))


@functools.lru_cache(maxsize=64)
def _shapes(released: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(_shape(source)) for source in released)


def code_hash(sources: Iterable[str], released: tuple[str, ...]) -> tuple[str, int]:
    """The hash and the number of tokens of the student's own code; `("", 0)` where there is none, or too much."""
    given, texts = _shapes(released), frozenset(released)
    own: list[str] = []
    left = _MOST
    for source in sources:
        left -= len(source)
        if left < 0:
            return "", 0
        if source not in texts and (shape := tuple(_shape(source))) not in given:  # most cells are as handed out
            own += shape
    names: dict[str, str] = {}
    numbered = [names.setdefault(token, f"name {len(names)}") if _is_name(token) else token for token in own]
    if not numbered:
        return "", 0
    return hashlib.sha256("\0".join(numbered).encode("utf-8", "surrogatepass")).hexdigest(), len(numbered)


def _is_name(token: str) -> bool:
    return (token[0].isalpha() or token[0] == "_") and token not in _KEPT and token[-1] not in "\"'"


def _shape(source: str) -> Iterator[str]:
    """The tokens that are neither comment nor layout; a step of indentation in or out is one."""
    depth, stack = 0, [0]
    line: list[str] = []
    indent = 0
    fresh = True
    for found in _TOKEN.finditer(source.replace("\r\n", "\n") + "\n"):
        kind, text = found.lastgroup, found[0]
        if kind == "space":
            indent = len(text.expandtabs()) if fresh else indent
        elif kind == "newline":
            if depth == 0:
                yield from _statement(line, indent, stack)
                line, indent, fresh = [], 0, True
        elif kind != "comment":
            fresh = False
            depth = max(0, depth + (text in "([{") - (text in ")]}")) if kind == "operator" else depth
            line.append(text)
    yield from _statement(line, indent, stack)


def _statement(line: list[str], indent: int, stack: list[int]) -> Iterator[str]:
    if not line or (len(line) == 1 and line[0][-1] in "\"'"):  # nothing, or a docstring
        return
    while indent < stack[-1]:
        stack.pop()
        yield "dedent\n"
    if indent > stack[-1]:
        stack.append(indent)
        yield "indent\n"
    yield from line
    yield "\n"
