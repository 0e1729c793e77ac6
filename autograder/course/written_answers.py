"""Written answers that stand elsewhere than in their cell: below or above it, in the question, in a comment.

An answer cell as released says that nothing is in it, not that nothing was written. Where the notebook holds other text
of the student's own, a person is asked, with where it stands; where nothing at all was written, nobody is asked.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from autograder.course.bounded_parse import read_bounded
from autograder.record import Manual

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from autograder.course.notebook import Notebook, NotebookCell

PROSE = 6
"""Words in a row: a comment or string of fewer says what code does and answers no question."""
_SHOWN = 160
_MOST = 200_000
"""Characters that are looked through; a lab's answers have some thousand."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_TEXT = re.compile(
    r"""
    (?P<comment>\#[^\n]*+)
  | (?P<long>\"\"\"(?:[^\\"]|\\.|"(?!""))*+(?:\"\"\")?+ | '''(?:[^\\']|\\.|'(?!''))*+(?:''')?+)
  | (?P<short>"(?:[^\\"\n]|\\.)*+(?P<closed>")?+ | '(?:[^\\'\n]|\\.)*+(?P<ended>')?+)
    """,
    re.VERBOSE | re.DOTALL,
)
"""Comments and strings. What does not end is taken up to where it stops, so that no character is looked at twice."""


def look(
    manual: tuple[Manual, ...], released: Notebook, notebook: Notebook, code: Collection[int] = ()
) -> list[Manual]:
    """Return `manual`, with a note on each answer that is not in its cell while other text is somewhere.

    `code` are the places of cells that are graded as code, whatever they say they are.
    """
    answers = {cell.grade_id: cell.source.strip() for cell in released.cells if cell.grade_id}
    names = {each.cell for each in manual}
    changed = {c.grade_id for c in notebook.cells if c.grade_id in names and c.source.strip() != answers[c.grade_id]}
    if names <= changed:
        return list(manual)
    texts = list(_texts(released, [cell for cell in notebook.cells if cell.grade_id not in names], code))
    note = f"nothing is in its cell, but text stands elsewhere: {'; '.join(texts[:5])}" if texts else ""
    return [
        each if each.cell in changed else Manual(cell=each.cell, max_points=each.max_points, note=note)
        for each in manual
    ]


def _texts(released: Notebook, cells: list[NotebookCell], code: Collection[int]) -> Iterator[str]:
    """Yield where the student's own text is, and how it begins; prose first, then what is in code."""
    known, left = _known(tuple((cell.kind, cell.source) for cell in released.cells)), _MOST
    is_code = {cell.index: cell.kind == "code" or cell.index in code for cell in cells}
    for cell in sorted(cells, key=lambda cell: is_code[cell.index]):
        left -= len(cell.source)
        if left < 0:
            return
        blocks = _in_code(cell.source, known) if is_code[cell.index] else [_new(cell.source, known)]
        found = [text for text in blocks if len(_WORD.findall(text)) >= (PROSE if is_code[cell.index] else 1)]
        if found:
            yield f"cell {cell.index + 1} (“{_short(' … '.join(found))}”)"


@functools.lru_cache(maxsize=16)
def _known(released: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """The lines that were handed out, and those of each string in code."""
    lines = {line.strip() for _, source in released for line in source.splitlines()}
    texts = [text for kind, source in released if kind == "code" for text in _in_code(source, frozenset())]
    return frozenset(lines | {line.strip() for text in texts for line in text.splitlines()})


def _new(text: str, known: frozenset[str]) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip() not in known)


def _in_code(source: str, known: frozenset[str]) -> list[str]:
    """List comments, those of lines in a row together, and strings; the whole of what is prose in a code cell."""
    new = _new(source, known)
    if new and not re.search(r"[=()#%!]", new) and read_bounded(source) is None:
        return [new]
    blocks: list[list[str]] = []
    line, place, below = 0, 0, -1  # the last is the line in which a comment would belong to those above it
    for found in _TEXT.finditer(source):
        line, place = line + source.count("\n", place, found.start()), found.start()
        if found["comment"] is None:
            ends = found["long"] or found["closed"] or found["ended"]
            blocks += [[found[0]]] if ends else []
            continue
        if line != below:
            blocks.append([])
        blocks[-1].append(found[0])
        below = line + 1
    return [_new("\n".join(block), known) for block in blocks]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
