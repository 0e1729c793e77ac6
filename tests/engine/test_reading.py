"""Cells as Python: magics and shell lines do nothing, bodies of `%%time` run, line numbers are the student's."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from autograder.sandbox.protocol import Cell, Problem
from autograder.sandbox.slicing.parse import new_namespace, read_cell

if TYPE_CHECKING:
    from pathlib import Path


def tree(source: str) -> ast.Module:
    """The cell's tree; fails if it can't be read."""
    found = read_cell(Cell(3, source))
    assert isinstance(found, ast.Module), found
    return found


def ran(source: str) -> dict[str, object]:
    """The names that are there after the cell ran, in Jupyter's namespace."""
    names = new_namespace().__dict__
    exec(compile(tree(source), "<cell 3>", "exec"), names)
    return names


def lines(source: str) -> dict[str, int]:
    """The line of every function definition."""
    return {node.name: node.lineno for node in ast.walk(tree(source)) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(
    "magic",
    [
        "%matplotlib inline",
        "%load_ext autoreload",
        "!pip install torch",
        "    !pip install torch",
        "sigmoid?",
        "?sigmoid",
        "sigmoid??",
        "%time",
        "%timeit sigmoid(1.0)",
        "%timeit -n 10 -r3 sigmoid(1.0)",
        "%timeit -n10 sigmoid(1.0)",
        "%time 1 +",
        "%env A=1",
        "%pip install x",
        "%cd ..",
        "!!ls",
        "!echo {x} $y %z",
        "%%time",
    ],
)
def test_a_magic_line_costs_nothing_of_its_cell(magic: str) -> None:
    """The function beside it is defined, and running the cell raises nothing."""
    names = ran(f"def sigmoid(x):\n    return 7\nif True:\n    y = 1\n{magic}\nz = 2")

    assert (names["sigmoid"](1), names["y"], names["z"]) == (7, 1, 2)  # type: ignore[operator]


@pytest.mark.parametrize("first", ["%%time", "%%timeit", "%%timeit -n 1", "%%capture out", "\n\n%%time", "%%prun"])
def test_a_timed_cell_runs_its_body_with_its_line_numbers(first: str) -> None:
    """What it defines is there, on the line where the student sees it."""
    source = f"{first}\nx = 1\ndef f():\n    return x"

    assert ran(source)["f"]() == 1  # type: ignore[operator]
    assert lines(source)["f"] == first.count("\n") + 3


@pytest.mark.parametrize("first", ["%%bash", "%%html", "%%javascript", "%%latex", "%%sh"])
def test_a_cell_in_another_language_is_dropped(first: str) -> None:
    """Even where its text would be Python."""
    assert tree(f"{first}\nx = 1").body == []


@pytest.mark.parametrize(("line", "text"), [("%%writefile lab.py", "x = 1"), ("%%writefile -a lab.py", "y = 0\nx = 1")])
def test_writefile_writes_its_cell(line: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Jupyter does, over what is there or behind it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lab.py").write_text("y = 0\n")
    ran(f"{line}\nx = 1")

    assert (tmp_path / "lab.py").read_text() == text


def test_shell_output_is_an_empty_list() -> None:
    """`x = !ls` gives `[]`, so that what goes through it does nothing."""
    assert ran("x = !ls\ny = [line.upper() for line in x]\n")["y"] == []


def test_a_timed_statement_runs_and_a_timed_expression_has_its_value() -> None:
    """`%time x = …` binds x, `y = %time …` gives the value, indented too, and on their own lines."""
    names = ran("%time x = 3\ny = %time x + 1\nif x:\n    %time z = 5\n    w = 6\n%timeit -n 10 v = 8")

    assert (names["x"], names["y"], names["z"], names["w"], names["v"]) == (3, 4, 5, 6, 8)
    assert [node.lineno for node in tree("!ls\n%time x = 3\n\n%time y = 4").body[1:]] == [2, 4]


def test_what_looks_like_a_magic_inside_a_text_is_left_alone() -> None:
    """Percent signs, exclamation marks and question marks in strings, with and without a magic in the cell."""
    text = "s = '''\n%time abc\n!ls\nname?\n%%bash\n'''\nt = '%d' % 3 + '100 %'\n"
    for source in (text, text + "%matplotlib inline\n"):
        assert ran(source)["s"] == "\n%time abc\n!ls\nname?\n%%bash\n"
        assert ran(source)["t"] == "3100 %"


def test_a_remainder_over_two_lines_is_no_magic() -> None:
    """A `%` that begins a line inside parentheses is an operator."""
    for first in ("", "!ls\n"):
        assert ran(f"{first}time = 4\nx = (7\n  %time)\n")["x"] == 3


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_line_ending_counts_lines_alike(end: str) -> None:
    """Windows and old Mac files have the same lines, with magics and without."""
    assert lines(end.join(["x = 1", "", "def f():", "    return 1"]))["f"] == 3
    assert lines(end.join(["%%time", "!ls", "", "def f():", "    return 1"]))["f"] == 4


def test_prompts_and_a_common_indent_are_read_as_jupyter_reads_them() -> None:
    """Code that was pasted with `>>>` or indented as a whole is still code."""
    assert ran(">>> x = 1\n>>> y = x + 1\n")["y"] == 2
    assert ran("    x = 1\n    y = x + 1\n")["y"] == 2
    assert ran("\n\n    x = 1\n    !ls\n    y = x + 1\n")["y"] == 2


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("x = 1\ndef f(:\n    pass", 2, "SyntaxError: invalid syntax"),
        ("x = 1\n\n  y = 2", 3, "IndentationError"),
        ("a\0b", 1, "null"),
        ("x = '\ud800'", 1, "surrogates"),
        ("(" * 500 + ")" * 500, 1, "nested"),
        ("x = " + "-" * 100_000 + "1", 1, "nested too deep"),
        ("s = 'no end", 1, "unterminated string"),
        ("<html><body>", 1, "SyntaxError"),
    ],
)
def test_what_is_not_python_is_a_problem_with_its_line(source: str, line: int, words: str) -> None:
    """The cell's place and the reason are told; nothing is raised."""
    found = read_cell(Cell(5, source))

    assert isinstance(found, Problem)
    assert (found.cell, found.line) == (5, line)
    assert words in found.text


@pytest.mark.parametrize("source", ["", "\n\n", "# only a comment", "%%time", "!ls"])
def test_a_cell_without_code_is_an_empty_cell(source: str) -> None:
    """It is no problem, and it does nothing."""
    ran(source)


def test_the_namespace_has_what_jupyter_puts_into_it() -> None:
    """`display`, `get_ipython`, `In`, `Out` and the name `__main__`; the shell takes any call."""
    names = ran("display(1, 2)\nshell = get_ipython()\nshell.magic('x')\nshell.set_next_input('y', replace=True)\n")

    assert names["__name__"] == "__main__"
    assert (names["In"], names["Out"]) == ([], {})
    assert not hasattr(names["shell"], "__len__")
