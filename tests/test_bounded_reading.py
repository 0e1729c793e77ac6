"""What it takes to read the worst notebooks, for grading and for nbgrader's pages; and that all of them have an end."""

from __future__ import annotations

import contextlib
import json
import time
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

from autograder.course import notebook as reader
from autograder.course.notebook import MOST_TEXT, read_bytes
from autograder.course.notebook_json import UnreadableError, is_too_much
from autograder.course.submission import RejectedError, Submission
from autograder.errors import GraderError
from autograder.nbgrader.cells import read_cells

if TYPE_CHECKING:
    from collections.abc import Callable

MIB = 2**20
EMOJI = "\U0001f600"
LONG = 19_700_000  # characters: nearly all that may be handed in


def text(source: Any, **more: Any) -> dict[str, Any]:
    """A cell of text."""
    return {"cell_type": "markdown", "source": source, "metadata": {}, **more}


def printed(output: Any) -> dict[str, Any]:
    """A code cell that has printed something."""
    shown = {"output_type": "stream", "name": "stdout", "text": output}
    return {"cell_type": "code", "source": "1", "metadata": {}, "outputs": [shown]}


def book(*cells: dict[str, Any], **more: Any) -> str:
    """A notebook, its characters as they are."""
    return json.dumps({"cells": cells, "nbformat": 4, **more}, ensure_ascii=False)


HALF = "a" * (LONG // 2)
ODD = {"odd": float("nan")}  # only the lenient reader takes it
LARGE: dict[str, Callable[[], bytes]] = {
    "an emoji in text": lambda: book(text("a" * LONG + EMOJI)).encode(),
    "an emoji in each of two lines": lambda: book(text([HALF + EMOJI, HALF + EMOJI])).encode(),
    "an emoji in each of 40 cells": lambda: book(*[text(HALF[: LONG // 40] + EMOJI)] * 40).encode(),
    "an emoji in an output": lambda: book(printed("a" * LONG + EMOJI)).encode(),
    "an emoji in lines of an output": lambda: book(printed([HALF + EMOJI, HALF + EMOJI])).encode(),
    "an emoji in code": lambda: book(text("a" * LONG + EMOJI, cell_type="code")).encode(),
    "an emoji, and NaN": lambda: book(text("a" * LONG + EMOJI), **ODD).encode(),
    "half of it, and NaN": lambda: book(text(HALF + EMOJI), **ODD).encode(),
    "an emoji in a code of its own, and NaN": lambda: (
        book(text("a" * LONG + "X"), **ODD).replace("X", r"\ud83d\ude00").encode()
    ),
    "an emoji in broken JSON": lambda: book(text("a" * LONG + EMOJI)).encode()[:-1],
    "a surrogate beside it": lambda: book(text("a" * LONG + EMOJI)).replace("aaaaaa", r"\ud800", 1).encode(),
    "an emoji in UTF-32": lambda: book(text(HALF[: LONG // 4] + EMOJI)).encode("utf-32"),
    "Chinese in UTF-16": lambda: book(text("語" * (LONG // 2))).encode("utf-16"),
    "a heading of format 3": lambda: json.dumps(
        {"worksheets": [{"cells": [{"cell_type": "heading", "source": "a" * LONG}]}]}
    ).encode(),
    "900,000 cells": lambda: b'{"cells":[' + b'{"cell_type":"code"},' * 900_000 + b"{}]}",
    "6,000,000 texts": lambda: b'{"cells":[' + b'"",' * 6_000_000 + b'""]}',
    "quotes and commas in a text": lambda: b'{"cells":["' + b'\\",' * 6_000_000 + b'"]}',
    "values in UTF-16": lambda: ('{"cells":["∂",' + "[]," * 3_000_000 + "[]]}").encode("utf-16"),
    "a Python file": lambda: b"#" + b"a" * LONG + EMOJI.encode(),
}


def tried(read: Callable[[], object]) -> None:
    """Read, whatever comes of it."""
    with contextlib.suppress(RejectedError):
        read()


@pytest.mark.parametrize("kind", LARGE)
def test_no_file_takes_much(kind: str) -> None:
    """A character above U+FFFF makes a text four times as large as its bytes: no copy is made of it."""
    handed_in = Submission(
        student="ada", assignment="lab", path="lab.py" if "Python" in kind else "lab.ipynb", data=LARGE[kind]()
    )
    assert len(handed_in.data) < 20 * MIB
    start = time.process_time()
    tried(handed_in.parse)
    assert time.process_time() - start < 2
    tracemalloc.start()
    try:
        tried(lambda: read_cells(handed_in))  # which parses too
        assert tracemalloc.get_traced_memory()[1] < 150 * MIB
    finally:
        tracemalloc.stop()


def test_values_are_counted_in_the_text_that_is_read() -> None:
    """In UTF-16 as in UTF-8, whatever byte of a letter is a quote's."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32-le"):
        with pytest.raises(UnreadableError, match="more than 500,000 parts"):
            read_bytes(('{"cells":["∂",' + "[]," * 600_000 + "[]]}").encode(encoding), ".ipynb")


@pytest.mark.parametrize("place", range(65_530, 65_542))
@pytest.mark.parametrize("escape", ["\\\\", '\\"', '\\\\\\"', "\\n"])
def test_what_is_in_texts_is_told_apart_wherever_it_stands(place: int, escape: str) -> None:
    """Across the pieces that are counted one by one, behind every sort of escape."""
    head = '["' + "a" * place + escape + '"'

    assert not is_too_much((head + ',"' + "," * 600_000 + '"]').encode())
    assert is_too_much((head + ",0" * 600_000 + "]").encode())


def test_a_text_is_cut_where_nobody_reads_on() -> None:
    """A picture in a text does no harm, and code is never cut: too much of it is rejected."""
    cells = [text("a" * (MOST_TEXT + 5)), text(["b" * MOST_TEXT, "c"]), text("d" * (MOST_TEXT + 5), cell_type="code")]
    found = read_bytes(book(*cells).encode(), ".ipynb").cells

    assert [len(cell.source) for cell in found] == [MOST_TEXT, MOST_TEXT, MOST_TEXT + 5]


@pytest.mark.parametrize("level", ["1e999", "-1e999", "NaN", "null", '"2"', "2.5", "[]", "{}", "true", "9" * 4000])
def test_a_heading_has_a_level_whatever_stands_there(level: str) -> None:
    """Format 3 has cells for headings."""
    cell = '{"cell_type": "heading", "level": %s, "source": ["x"]}' % level  # braces
    found = read_bytes(b'{"worksheets": [{"cells": [%b]}]}' % cell.encode(), ".ipynb").cells[0]

    assert found.source.lstrip("#") == " x"
    assert 1 <= found.source.count("#") <= 6


@pytest.mark.parametrize("error", [OverflowError("x"), KeyError("x"), RecursionError(), AttributeError("x")])
@pytest.mark.parametrize("suffix", [".ipynb", ".py"])
def test_whatever_a_reader_raises_is_a_rejection(
    monkeypatch: pytest.MonkeyPatch, error: Exception, suffix: str
) -> None:
    """No file makes "our fault". Where there is no room for what is bounded, the fault is ours."""

    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr(reader, "_notebook", fail)
    monkeypatch.setattr(reader, "_python", fail)
    handed_in = Submission(student="ada", assignment="lab", path=f"lab{suffix}", data=b"x")
    with pytest.raises(RejectedError, match="can't be read"):
        handed_in.parse()
    error = MemoryError()
    with pytest.raises(GraderError, match="too little memory"):
        handed_in.parse()
