"""Quantities: what a judge reads from an answer, from a student's process or a program of the solution's alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from autograder.suite.stages import CheckFailed
from autograder.suite.variants import Raised

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from autograder.suite.failures import StudentFailure
    from autograder.suite.variants import Program, Row

    Answer = Mapping[str, Any]


class _NotAsked:
    """The mark in an answer for a quantity that its row is not about; equal to itself alone."""


NOT_ASKED = _NotAsked()


@dataclass(frozen=True)
class Lacking:
    """The mark in an answer for a quantity that is not there; equal to a mark with the same reason."""

    failure: CheckFailed | StudentFailure = field(compare=False)
    message: str = ""

    @classmethod
    def of(cls, failure: CheckFailed) -> Lacking:
        """Make one for the reason that `failure` gives."""
        return cls(failure, failure.message)

    @classmethod
    def raised(cls, kind: str, text: str, failure: CheckFailed | StudentFailure | None = None) -> Lacking:
        """Make one for an exception; `failure` says it in a student's words, where one is to read it."""
        message = raised_words(kind, text)
        return cls(failure or CheckFailed(message), message)


def raised_words(kind: str, text: str) -> str:
    """Return an exception in one line, the same for a student's and for a program's."""
    return f"{kind}: {text}"


class Form(Protocol):
    """The way in which a judge reads an answer and compares two values of a quantity."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the quantities, in the order of the formulas."""

    @property
    def carried(self) -> tuple[str, ...]:
        """The quantities that a program can be given, instead of working them out."""

    @property
    def names_constants(self) -> bool:
        """Tell whether a mistake is named for what is the same on all rows."""

    def varies(self, key: str) -> bool:
        """Tell whether a quantity that is right changes from row to row."""

    def read(self, value: Any, row: Row) -> Answer:
        """The quantities in an answer to `row`; raises `CheckFailed` where it has another form."""

    def apart(self) -> frozenset[str]:
        """The quantities that may be wrong by a second mistake of their own."""

    def same(self, got: Any, wanted: Any) -> bool:
        """Tell whether two values of a quantity agree."""

    def is_rounded(self, got: Any, wanted: Any, digits: int) -> bool:
        """Tell whether `got` is `wanted`, rounded."""


def outcome(form: Form, program: Program, row: Row, own: Mapping[str, Any]) -> Answer | Raised | str:
    """The quantities that a program gives; what it raised; or, where the form is wrong, the words for that."""
    value = program(row, own)
    if isinstance(value, Raised):
        return value
    try:
        return dict(form.read(value, row))
    except CheckFailed as failed:
        return failed.message


def changes(form: Form, program: Program, solution: Program, rows: Sequence[Row]) -> set[str]:
    """The quantities that a variant changes when all else is given right."""
    found = set()
    for row in rows:
        right = outcome(form, solution, row, {})
        if not isinstance(right, dict):
            continue
        for key in form.keys:
            if key in found:
                continue
            given = {name: right[name] for name in form.carried if name != key}
            value = outcome(form, program, row, given)
            if not isinstance(value, dict) or not agree(form, value[key], right[key]):
                found.add(key)
    return found


def agree(form: Form, got: Any, wanted: Any) -> bool:
    """Tell whether two values of a quantity agree.

    Two missing ones do if the reason is the same, and one that was not asked agrees only with another such.
    """
    if got is NOT_ASKED or wanted is NOT_ASKED:
        return got is wanted
    if isinstance(got, Lacking) or isinstance(wanted, Lacking):
        return isinstance(got, Lacking) and isinstance(wanted, Lacking) and got == wanted
    return form.same(got, wanted)
