"""Collect what a judge hears of a function: from a child in the sandbox, and from the same code here, row by row.

Both are read by the judge's own lines, so that what a catalogue's entry gives here can be held to what a student with
that mistake would hand in.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from autograder.suite.failures import StudentFailure
from autograder.suite.library_modules import LibraryModule
from autograder.suite.quantities import Lacking, agree, outcome
from autograder.suite.stages import CheckFailed
from autograder.suite.variants import Raised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.suite.judge import Judge
    from autograder.suite.student import Student
    from autograder.suite.variants import Program, Row


class Ended(NamedTuple):
    """A call that no exception ended: `status` is how it did ("timeout", "memory", "crashed"), `words` say it."""

    status: str
    words: str


Heard = Mapping[str, Any] | Raised | str | Ended
"""An answer by quantity, what was raised, the words for another form, or how a call ended."""


def from_child(judge: Judge, student: Student, row: Row) -> Heard:
    """Return what a student's function answers to a row, or how the call ended."""
    try:
        return dict(judge.read(judge.ask(student, row), row))
    except CheckFailed as failed:
        return failed.message
    except StudentFailure as failure:
        if failure.raised:
            return Raised(failure.raised, failure.text)
        return Ended(failure.status, failure.message)


def from_here(judge: Judge, program: Program, row: Row) -> Heard:
    """Return what `from_child` would, for a program in this process."""
    found = outcome(judge, program, row, {})
    if isinstance(found, Raised) and found.kind == CheckFailed.__name__:
        return found.text
    return found


def is_answer(heard: Heard) -> bool:
    """Tell whether an answer of the asked form came back, whatever its values."""
    return isinstance(heard, Mapping) and not any(isinstance(value, Lacking) for value in heard.values())


def alike(judge: Judge, first: Heard, other: Heard) -> bool:
    """Tell whether two things that were heard are the same, as far as the judge can tell."""
    if isinstance(first, Mapping) and isinstance(other, Mapping):
        return all(agree(judge, first[key], other[key]) for key in judge.keys)
    return type(first) is type(other) and first == other


def all_alike(judge: Judge, some: Sequence[Heard], others: Sequence[Heard]) -> bool:
    """Tell whether two programs answered every row alike; the last rows, which are hidden, are looked at first."""
    return all(alike(judge, first, other) for first, other in zip(some[::-1], others[::-1], strict=True))


class Surroundings:
    """The things that a program must leave as they are: the rows of its calls, and this process' random generators."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._before = self._now()

    def changed(self) -> list[str]:
        """List in words what has changed since the last look; from now on the present state counts."""
        before, self._before = self._before, self._now()
        return [what for what, state in self._before.items() if state != before[what]]

    def _now(self) -> dict[str, Any]:
        numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
        found: dict[str, Any] = {
            "the inputs": repr([[_plain(value) for value in (*row.args, *row.kwargs.items())] for row in self._rows]),
            "Python's generator": random.getstate(),
        }
        if numpy is not None:
            found["NumPy's generator"] = repr(_plain(numpy.random.get_state()))  # what students seed
        if torch is not None:
            found["torch's generator"] = torch.get_rng_state().numpy().tobytes()
        return found


def _plain(value: Any) -> Any:
    """Return arrays and tensors as bytes, other values as they are."""
    match value:
        case LibraryModule():
            return [value.class_name, value.args, value.parts, [_plain(weight) for weight in value.weights]]
        case list() | tuple():
            return [_plain(item) for item in value]
    if hasattr(value, "detach"):
        value = value.detach().numpy()
    return (value.dtype.str, value.shape, value.tobytes()) if hasattr(value, "tobytes") else value
