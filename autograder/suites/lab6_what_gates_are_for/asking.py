"""What lab 6 asks beside the engine: data by channel, steps to be gone through once, and what a call leaves alone."""

from __future__ import annotations

import contextlib
import copy
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.suite import Array, ArraysJudge, Fact, StudentFailure, array_of, fail, name

from .rows import shown_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from autograder.suite import Row, Student

CHANNELS = ("bits", "marks")
ONCE_ONLY = """

def surgery(x, W, U, b, d, gate, steps, value, itself=surgery):
    return itself(x, W, U, b, d, gate, iter(steps), value)
"""
"""Public code: what the notebook's own check does with `iter`."""


class Recalled(ArraysJudge):
    """Judges a function that returns X and y; the two channels of X are quantities of their own."""

    def read(self, value: Any, row: Row) -> dict[str, Any]:
        """Bits, marks and labels; fails where there is no pair."""
        if not isinstance(value, list) or len(value) != 2:
            fail(f"`{self.function}` should return the pair X, y, but returned {name(value)}.", got=name(value))
        forms = self._forms(*row.args, **row.kwargs)
        X = self._array(forms["X"], value[0], "X")  # the lab's own name
        channels = [X[:, :, place] for place in range(2)] if hasattr(X, "shape") else [X, X]
        return dict(zip(CHANNELS, channels, strict=True)) | {"y": self._array(forms["y"], value[1], "y")}

    def named(self, key: str) -> str:
        """The array that the quantity stands in."""
        return {"bits": "X", "marks": "X"}.get(key, key)

    def unexplained(self, found: Any, key: str) -> str:
        """Say which part is wrong, and which before it is right."""
        words = {"bits": "Channel 0 of X", "marks": "Channel 1 of X", "y": "y"}
        before = [words[other] for other in self.keys[: self.keys.index(key)] if other in found.right]
        right = "".join(f" {part} is right." for part in before)
        return f"{words[key]} has the right shape, but other numbers than it should.{right}"


def both_arrays(n: int = 400, seq_len: int = 30) -> dict[str, Any]:
    """What `recall_data` returns, and the same for the channels of X."""
    X = array_of(n, seq_len, 2, letters="(n, seq_len, 2)", dtype="float32", kind="tensor")  # the lab's own name
    return {"X": X, "bits": X, "marks": X, "y": array_of(n, letters="(n,)", dtype="int64", kind="tensor")}


class OnceOnly(ArraysJudge):
    """Judges `surgery` with steps that can be gone through only once."""

    def ask(self, student: Student, row: Row) -> Any:
        """The answer in a child of its own, where an iterator stands for the list; raises `StudentFailure`."""
        return super().ask(student.with_code(ONCE_ONLY), row)

    def run(self, function: Callable[..., Any], row: Row) -> Any:
        """Return what `ask` would, for a function in this process: the solution's, or a changed one."""
        *given, steps, value = copy.deepcopy(row.args)
        return function(*given, iter(steps), value)


GIVEN = ["x", "W", "U", "b", "d"]
"""The tensors that `surgery` is given, in their order."""


def facts_of(*_: Any) -> dict[str, Any]:
    """A number for each argument: 1 where it is as it was, 2 where it is not."""
    return {key: array_of(1, letters="(1,)") for key in GIVEN}


class LeftAlone(ArraysJudge):
    """Judges that `surgery` leaves the tensors alone that it is given: the caller goes on with them."""

    def varies(self, key: str) -> bool:
        """Tell that what is right is the same everywhere."""
        return False

    def ask(self, student: Student, row: Row) -> Any:
        """Return what a call leaves of its tensors in the child; raises `StudentFailure`."""
        kept = [student.keep(array) for array in row.args[: len(GIVEN)]]
        student.surgery(*kept, *row.args[len(GIVEN) :])
        return [one.method("numpy") for one in kept]

    def run(self, function: Callable[..., Any], row: Row) -> Any:
        """Return what `ask` would, for a function in this process: the solution's, or a changed one."""
        given = copy.deepcopy(row.args)
        function(*given)
        return [array.numpy() for array in given[: len(GIVEN)]]

    def read(self, value: Any, row: Row) -> dict[str, Any]:
        """The facts, of what is left."""
        left = [one.numpy() if isinstance(one, Array) else one for one in value]
        same = [np.array_equal(one, was.numpy()) for one, was in zip(left, row.args, strict=False)]
        return {key: np.array([1.0 if kept else 2.0]) for key, kept in zip(GIVEN, same, strict=True)}

    def general(self, key: str, rows: Any, got: Any, text: str) -> Fact:
        """Say that the caller's tensor is changed."""
        says = f"`surgery` changes the `{key}` that it is given, so that a second call with it gives another result."
        return Fact("argument changed", says, "Put the result under a name of its own; `+=` changes a tensor in place.")


LOOK = (
    "Compare the names in your code with those in the docstring, letter by letter, and look at the question that leads "
    "to the exception."
)
GATES = ("input", "forget", "output")


@contextlib.contextmanager
def gates_taken(student: Student) -> Iterator[None]:
    """Where a call ends by ValueError and no more is known, say which of the three gates are refused."""
    try:
        yield
    except StudentFailure as failure:
        if failure.raised == "ValueError" and failure.mistake is None:
            given = shown_weights()
            refused = [gate for gate in GATES if _is_refused(partial(student.surgery, *given, gate, [1], 0))]
            _say(failure, "surgery", refused, "gate")
        raise


@contextlib.contextmanager
def kind_taken(student: Student, kind: str) -> Iterator[None]:
    """Say the same of a kind of layer."""
    try:
        yield
    except StudentFailure as failure:
        if failure.raised == "ValueError" and failure.mistake is None:
            refused = [kind] if _is_refused(partial(student.RecallModel, kind)) else []
            _say(failure, "RecallModel", refused, "kind")
        raise


def _is_refused(call: Callable[[], Any]) -> bool:
    """Tell whether a call ends by ValueError, other than by taking apart what has another number of parts."""
    try:
        call()
    except StudentFailure as failure:
        return failure.raised == "ValueError" and "unpack" not in failure.text
    return False


def _say(failure: StudentFailure, function: str, refused: list[str], what: str) -> None:
    if refused:
        names = " and ".join(f'"{word}"' for word in refused)
        failure.message = f"`{function}` raises ValueError for {names}, and should not."
        failure.step = LOOK
        failure.mistake = f"a right {what} refused"
