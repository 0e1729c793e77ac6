"""Say in words what a request asks a student's program for, and which graded name it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.sandbox import protocol as p
from autograder.sandbox.values import Handle
from autograder.suite.failures import type_name

if TYPE_CHECKING:
    from collections.abc import Sequence


def whose(request: p.Request, names: Sequence[str]) -> str:
    """Return the graded function or class, one of `names`, that a request is about; "" where it is none."""
    match request:
        case p.Call(target=str(name)) | p.Slopes(target=name):
            return name
        case p.Call(target=Handle() as handle) | p.Backward(target=Handle() as handle):
            return handle.type_name if handle.type_name in names else ""
    return ""


def words_for(request: p.Request, names: Sequence[str]) -> str:
    """Return words for what a request asks, as the subject of a sentence; `names` are the graded ones."""
    match request:
        case p.Call(target=str(name)) | p.Slopes(target=name):
            return f"`{name}`"
        case p.Make(name=name):
            return f"making a `{name}`"
        case p.Call(target=Handle() as handle, method=""):
            return f"calling your `{type_name(handle, names)}`"
        case p.Call(target=Handle() as handle, method=method):
            return f"`{method}` of your `{type_name(handle, names)}`"
        case p.Backward(target=Handle() as handle):
            return f"calling your `{type_name(handle, names)}` and running backward"
    return "your code"
