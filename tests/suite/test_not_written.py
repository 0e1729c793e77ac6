"""A stub is told from a class that lacks what PyTorch calls."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from autograder.sandbox import protocol as p
from autograder.sandbox.values import Handle
from autograder.suite.student import Student


def failure(text: str, cell: int | None) -> tuple[str, str]:
    """Status and words for a call of a module that raised `NotImplementedError`, in a cell or in none of them."""
    process: Any = SimpleNamespace(cells=[p.Cell(4, "class Net: ...")], names=["Net"], abandoned={})
    raised = p.Raised("NotImplementedError", text, cell, 1 if cell else None)
    found = Student(process, [])._failure(p.Call(Handle(0, "Net"), "", [], {}), raised)
    return found.status, found.message


def test_stub_is_not_written_yet() -> None:
    """It raises in a cell of the notebook."""
    assert failure("to be written", 4) == ("failed", "calling your `Net` is not written yet: its stub is still there.")


def test_class_without_forward_is_no_stub() -> None:
    """PyTorch raises, and no cell: nobody is told that a stub is still there."""
    status, message = failure('Module [Net] is missing the required "forward" function', None)

    assert status == "error"
    assert message.startswith("calling your `Net` raised a NotImplementedError")
