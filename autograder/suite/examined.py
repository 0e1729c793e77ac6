"""Examine a module: weights matched by shape, answers, exceptions, arrays that are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from autograder.suite.failures import StudentFailure
from autograder.suite.quantities import Lacking

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Shape = tuple[int, ...]


class Values(NamedTuple):
    """Arrays that are compared one by one."""

    arrays: tuple[Any, ...]
    rtol: float = 1e-5
    atol: float = 1e-5


def matched(found: Sequence[Shape], names: Sequence[str], wanted: Sequence[Shape]) -> list[int] | None:
    """Return for each wanted weight the place of the module's own, by shape; None where one is missing.

    Among several with the same shape the first comes first, and `…_hh…`, as PyTorch calls them, last.
    """
    left = sorted(range(len(found)), key=lambda own: ("hh" in names[own], own))
    order = []
    for shape in wanted:
        own = next((own for own in left if tuple(found[own]) == tuple(shape)), None)
        if own is None:
            return None
        left.remove(own)
        order.append(own)
    return order


def tried(call: Callable[[], Any]) -> dict[str, Any]:
    """Return what a call gives under "gave", or the exception as plain data; whatever else ends a call is raised.

    Plain data, since a program's outcome passes through the same encoding as an answer; what was given stands under a
    key of its own, so that no answer can pass for an exception.
    """
    try:
        return {"gave": call()}
    except StudentFailure as failure:
        if failure.status != "error":
            raise
        return {"raised": failure.raised, "text": failure.text, "failure": failure}
    except Exception as error:  # of a program: an outcome
        return {"raised": type(error).__name__, "text": str(error).partition("\n")[0]}


def raised(found: dict[str, Any]) -> Lacking | None:
    """Return what stands for an exception that `tried` met; None where it met none."""
    if "gave" in found:
        return None
    return Lacking.raised(found["raised"], found["text"], found.get("failure"))


def together(answers: Sequence[Any]) -> Any:
    """Join several answers to one quantity: what is lacking in one of them is lacking in all."""
    return next((a for a in answers if isinstance(a, Lacking)), None) or Values(tuple(answers))


def listed(shapes: Sequence[Shape]) -> str:
    """List shapes in a text, sorted."""
    return ", ".join(str(tuple(shape)) for shape in sorted(shapes))
