"""What the warm server knows before it forks: cells that were handed out, and how to answer."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

import pytest

from autograder.sandbox import protocol as p
from autograder.sandbox.errors import ServerLost
from autograder.sandbox.server import warm_up
from autograder.sandbox.server_client import WarmServer
from autograder.sandbox.slicing import cache, parse
from autograder.sandbox.slicing.choose import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.sandbox.submission_process import SubmissionProcess

HANDED_OUT = [
    p.Cell(0, "import math\nk = [1]"),
    p.Cell(1, "def g(x):\n    return math.floor(x) + len(k)\n\ng.calls = 0"),
    p.Cell(2, "print(g(2))\nassert g(1) == 2"),
]


@pytest.fixture(autouse=True)
def _known_to_this_test_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse, "_REMEMBERED", {})
    monkeypatch.setattr(cache, "_STUDIED", {})


def sliced(cells: list[p.Cell]) -> dict[int, list[str]]:
    """What `f` needs of them."""
    read = [(cell.index, tree) for cell in cells if isinstance(tree := parse.read_cell(cell), ast.Module)]
    return {index: [ast.unparse(node) for node in nodes] for index, nodes in choose(read, ["f"]).items()}


def test_a_slice_is_the_same_with_primed_cells() -> None:
    """Between cells of the student's own, changed by them, and twice in one notebook."""
    own = [p.Cell(3, "k.append(4)\ndef f(): return g(2)"), p.Cell(4, "k.append(5)"), p.Cell(5, HANDED_OUT[0].source)]
    before = sliced([*HANDED_OUT, *own])
    cache.read_ahead(HANDED_OUT)

    assert sliced([*HANDED_OUT, *own]) == before
    assert sliced([*HANDED_OUT, *own]) == before
    assert before[3] == ["k.append(4)", "def f():\n    return g(2)"]


def test_a_primed_cell_is_read_and_studied_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """That is what priming is for."""
    cache.read_ahead(HANDED_OUT)
    monkeypatch.setattr(cache, "study", lambda _node: pytest.fail("studied again"))
    monkeypatch.setattr(ast, "parse", lambda _source: pytest.fail("read again"))

    assert sliced(HANDED_OUT) == {}


def test_cells_that_are_no_python_are_not_primed() -> None:
    """They stay a problem of whoever hands them in, at its place in their notebook."""
    cache.read_ahead([p.Cell(0, "def f(:")])
    found = parse.read_cell(p.Cell(7, "def f(:"))

    assert isinstance(found, p.Problem)
    assert found.cell == 7


def test_submissions_run_primed_cells_as_their_own(
    server: WarmServer, process: Callable[..., SubmissionProcess]
) -> None:
    """Each its own copy, at its own place: what one does to it, the next one does not see."""
    server.read_ahead([p.Cell(0, "k = [1]\ndef f():\n    k.append(1)\n    return len(k) / (3 - len(k))")])
    source = "k = [1]\ndef f():\n    k.append(1)\n    return len(k) / (3 - len(k))"

    for _ in range(2):
        submission = process("x = 1", source)
        first, second = (submission.ask(p.Call("f", "", [], {})) for _ in range(2))

        assert isinstance(first, p.Returned)
        assert first.value == 2
        assert isinstance(second, p.Raised)
        assert (second.kind, second.cell, second.line) == ("ZeroDivisionError", 1, 4)


def test_a_server_that_is_gone_can_not_be_primed() -> None:
    """That is said as any loss of it is."""
    with WarmServer() as lost:
        lost._process.kill()
        lost._process.wait()

        with pytest.raises(ServerLost, match="the warm server is gone"):
            lost.read_ahead(HANDED_OUT)


def test_practice_leaves_the_output_alone(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The program prints, and nobody sees it."""
    monkeypatch.setattr(warm_up, "_ROUNDS", 1)
    before = sys.stdout
    warm_up.practise(trains=True)

    assert sys.stdout is before
    assert capsys.readouterr().out == ""


def test_practice_that_fails_says_at_what(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that can't answer the server's own questions could answer nobody's."""
    monkeypatch.setattr(warm_up, "_ROUNDS", 1)
    monkeypatch.setattr(warm_up, "_CELLS", ["import torch", "def spread(x): return x"])

    with pytest.raises(RuntimeError, match="practising RunCell before the first fork: KeyError: 0"):
        warm_up.practise(trains=True)
