"""Notebook files of every make, and files that are none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from autograder.course.notebook import Notebook, NotebookCell, digest, read_bytes, read_file
from autograder.course.notebook_json import UnreadableError

if TYPE_CHECKING:
    from pathlib import Path


def notebook(*sources: Any, **more: Any) -> bytes:
    """A notebook of format 4 with these code cells."""
    cells = [{"cell_type": "code", "source": source, **more} for source in sources]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def sources(data: bytes, suffix: str = ".ipynb") -> list[str]:
    """The sources of the code cells."""
    return [cell.source for cell in read_bytes(data, suffix).code]


WORKSHEET = {
    "nbformat": 3,
    "nbformat_minor": 0,
    "metadata": {"name": ""},
    "worksheets": [
        {
            "metadata": {},
            "cells": [
                {"cell_type": "heading", "level": 1, "source": ["Lab"], "metadata": {}},
                {
                    "cell_type": "code",
                    "input": ["x = 1\n", "y = 2"],
                    "language": "python",
                    "outputs": [],
                    "metadata": {},
                },
            ],
        }
    ],
}
SHEETS: Any = WORKSHEET["worksheets"]
READABLE = {
    "text": notebook("x = 1\ny = 2"),
    "lines": notebook(["x = 1\n", "y = 2"]),
    "with a byte-order mark": b"\xef\xbb\xbf" + notebook("x = 1\ny = 2"),
    "UTF-16": notebook("x = 1\ny = 2").decode().encode("utf-16"),
    "UTF-32": notebook("x = 1\ny = 2").decode().encode("utf-32"),
    "format 3": json.dumps(WORKSHEET).encode(),
    "no metadata": b'{"cells": [{"cell_type": "code", "source": "x = 1\\ny = 2"}]}',
    "null metadata": notebook("x = 1\ny = 2", metadata=None),
    "a list as metadata": notebook("x = 1\ny = 2", metadata=[]),
    "a number as nbgrader metadata": notebook("x = 1\ny = 2", metadata={"nbgrader": 3}),
    "NaN in the metadata": notebook("x = 1\ny = 2", metadata={"score": float("nan")}),
    "unknown fields": notebook("x = 1\ny = 2", id=5, outputs="?", execution_count="no"),
    "unknown cells": b'{"cells": [{"cell_type": "odd"}, {"cell_type": "code", "source": "x = 1\\ny = 2"}], "extra": 1}',
    "white space around": b" \n\t" + notebook("x = 1\ny = 2") + b"\n\n",
}


@pytest.mark.parametrize("data", READABLE.values(), ids=READABLE.keys())
def test_what_other_tools_write_is_read(data: bytes) -> None:
    """The same code comes out of each."""
    assert sources(data) == ["x = 1\ny = 2"]


def test_surrogates_become_question_marks() -> None:
    """A lone one can't be sent on; a pair is the character that it stands for."""
    assert sources(b'{"cells": [{"cell_type": "code", "source": "x = \'\\ud800\', \'\\ud83d\\ude00\'"}]}') == [
        "x = '?', '\U0001f600'"
    ]


def test_a_cell_without_source_is_empty() -> None:
    """Left out, null, or an empty list."""
    assert sources(b'{"cells": [{"cell_type": "code"}]}') == [""]
    assert sources(notebook(None, [])) == ["", ""]


def test_places_count_all_cells_and_only_code_is_sent() -> None:
    """A markdown cell in between takes a place."""
    data = json.dumps({"cells": [{"cell_type": kind, "source": kind} for kind in ("markdown", "code", "raw", "code")]})

    assert [(cell.index, cell.source) for cell in read_bytes(data.encode(), ".ipynb").code] == [
        (1, "code"),
        (3, "code"),
    ]


def test_the_names_that_nbgrader_gave_are_read() -> None:
    """And nothing that is no text is taken for one."""
    cells = read_bytes(notebook("x", metadata={"nbgrader": {"grade_id": "sigmoid", "points": 2}}), ".ipynb").cells
    odd = read_bytes(notebook("x", metadata={"nbgrader": {"grade_id": ["sigmoid"]}}), ".ipynb").cells

    assert (cells[0].grade_id, odd[0].grade_id) == ("sigmoid", "")


UNREADABLE = {
    "empty": (b"", "empty"),
    "white space": (b" \n ", "empty"),
    "cut off": (notebook("x = 1")[:-10], "not valid JSON"),
    "a web page": (b"<!DOCTYPE html><html>", "it is a web page"),
    "a zip archive": (b"PK\x03\x04" + bytes(range(256)), "it is a zip"),
    "null bytes": (bytes(1000), "not valid JSON"),
    "nested 100,000 deep": (b"[" * 100_000, "not valid JSON"),
    "deep and unread": (notebook("x")[:-1] + b', "more": ' + b'{"a":' * 10**5 + b"1" + b"}" * 10**5 + b"}", "JSON"),
    "a number of 6,000 digits": (b'{"cells": [' + b"9" * 6000 + b"]}", "not valid JSON"),
    "a list": (b"[]", "no list of cells"),
    "no cells": (b'{"nbformat": 4}', "no list of cells"),
    "cells that are no list": (b'{"cells": 5}', "no list of cells"),
    "cells that are no cells": (b'{"cells": [5]}', "no list of cells"),
    "a source that is a number": (notebook(5), "no list of cells"),
    "a worksheet of nonsense": (b'{"worksheets": 3, "nbformat": 3}', "no list of cells"),
    "a worksheet of numbers": (b'{"worksheets": [{"cells": [1, 2]}], "nbformat": 3}', "no list of cells"),
    "a million empty lists": (b'{"cells": [' + b"[]," * 10**6 + b"[]]}", "more than 500,000 parts"),
    "a million numbers in an output": (notebook("x", outputs=[1] * 10**6), "clear its outputs"),
    "a quote that isn't closed": (b'{"cells": ["' + b'\\"[' * 2 * 10**6, "not valid JSON"),
    "5,001 cells": (notebook(*[""] * 5001), "5,001 cells, and at most 5,000"),
    "5,001 cells of format 3": (json.dumps({"worksheets": SHEETS * 2501}).encode(), "5,002 cells"),
    "a million lines": (notebook("\n" * 600_000, "x" * 600_000), "1,200,000 characters of code"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_notebook_is_refused_in_words(data: bytes, reason: str) -> None:
    """The message says what is wrong and what to do."""
    with pytest.raises(UnreadableError, match=reason) as caught:
        read_bytes(data, ".ipynb")

    assert "hand" in str(caught.value).lower()


def test_what_stands_in_a_text_is_not_counted() -> None:
    """A long text of commas and brackets is one value, whatever quotes are in it."""
    assert sources(notebook("1", outputs='",[{' * 10**6)) == ["1"]


@pytest.mark.parametrize(
    "data",
    [
        "é = 1".encode(),
        b"\xef\xbb\xbf" + "é = 1".encode(),
        "# -*- coding: latin-1 -*-\né = 1".encode("latin-1"),
        "#!/usr/bin/python\n# vim: set fileencoding=utf-8 :\né = 1".encode(),
    ],
)
def test_a_python_file_is_one_cell(data: bytes) -> None:
    """In UTF-8, with a mark or not, or in the encoding that it declares."""
    assert sources(data, ".py")[0].removeprefix("\ufeff").endswith("é = 1")


@pytest.mark.parametrize("data", ["é".encode("latin-1"), "x".encode("utf-16"), b"# coding: no-such-thing\n"])
def test_a_python_file_that_is_no_text_is_refused(data: bytes) -> None:
    """The message says what Python reads."""
    with pytest.raises(UnreadableError, match="UTF-8"):
        read_bytes(data, ".py")


def test_the_digest_is_of_the_code_alone() -> None:
    """Outputs, metadata, text cells and how lines are stored do not change it; a space in the code does."""
    one = digest(read_bytes(notebook("x = 1\ny = 2"), ".ipynb").code)
    same = [
        read_bytes(notebook(["x = 1\n", "y = 2"], outputs=[1], metadata={"a": 1}), ".ipynb"),
        read_bytes(
            notebook("x = 1\ny = 2").replace(b"[{", b'[{"cell_type": "markdown", "source": "hello"}, {', 1), ".ipynb"
        ),
    ]

    assert [digest(found.code) for found in same] == [one, one]
    assert digest(read_bytes(notebook("x = 1\ny = 2 "), ".ipynb").code) != one
    assert digest(read_bytes(notebook("x = 1\n", "y = 2"), ".ipynb").code) != one


def test_a_file_of_the_course_is_read_by_its_ending(tmp_path: Path) -> None:
    """As a notebook or as Python."""
    (tmp_path / "lab.py").write_text("x = 1")
    (tmp_path / "lab.ipynb").write_bytes(notebook("x = 2"))

    assert [read_file(tmp_path / name).code[0].source for name in ("lab.py", "lab.ipynb")] == ["x = 1", "x = 2"]


@pytest.mark.parametrize("kind", ["raw", "markdown"])
@pytest.mark.parametrize(
    ("text", "grade_id", "read"),
    [
        ("def f(x): return x", "f_answer", "def f(x): return x"),
        ("```python\ndef f(x): return x\n```", "f_answer", "def f(x): return x"),
        ("def f(x): return x", "", "def f(x): return x"),
        ("~~~\nclass f: pass\n~~~", "", "class f: pass"),
        ("Write `def f(x)` here.", "", None),
        ("def g(x): return f(x)", "", None),
    ],
)
def test_answer_that_was_turned_into_text_is_code(kind: str, text: str, grade_id: str, read: str | None) -> None:
    """Known by its grade_id, or by being nothing but Python that defines a graded name; prose stays prose."""
    book = Notebook([NotebookCell(0, "code", "x = 1"), NotebookCell(1, kind, text, {"grade_id": grade_id})])

    assert [cell.source for cell in book.code_for(["f"])] == ["x = 1", *([read] if read else [])]


CHECK = "with check():\n    gate = 'open'\nfor step in range(3):\n    print(step)\nvalue = 1"


@pytest.mark.parametrize(
    ("own", "left"),
    [
        ("def gate(x): return x", "\n\nfor step in range(3):\n    print(step)\nvalue = 1"),
        ("class step:\n    pass\nvalue: int = 3", "with check():\n    gate = 'open'\n\n\n"),
        ("def f():\n    gate = 1\n    return value == step", CHECK),
    ],
)
def test_cells_of_the_lab_take_no_name_from_a_student(own: str, left: str) -> None:
    """What binds the name of a student's function, class or value goes, and lines stay where they are."""
    book = Notebook([NotebookCell(0, "code", own), NotebookCell(1, "code", CHECK)])

    assert [cell.source for cell in book.code_for(["f"], {CHECK})] == [own, left]


@pytest.mark.parametrize(
    ("cells", "released"),
    [
        (["def gate(): pass", CHECK], set()),
        ([CHECK, "def gate(): pass"], {CHECK}),
        (["def gate(): pass", CHECK], {CHECK, "def gate(): pass"}),
        (["def gate(): pass", "%time gate = 1"], {"%time gate = 1"}),
        (["def gate(): pass", "def gate(): return 1"], {"def gate(): return 1"}),
    ],
)
def test_nothing_else_is_taken_from_a_notebook(cells: list[str], released: set[str]) -> None:
    """Not a changed cell, nor one above the student's, between the lab's own, nor a magic or a function."""
    book = Notebook([NotebookCell(place, "code", source) for place, source in enumerate(cells)])

    assert [cell.source for cell in book.code_for(["f"], released)] == cells
