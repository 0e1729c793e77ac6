"""The judges that lab 6 needs beside the engine's: data by channel, and steps that can be gone through only once."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from autograder.suite import ArraysJudge, array_of, fail, name

if TYPE_CHECKING:
    from collections.abc import Callable

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

    def unknown(self, found: Any, key: str) -> str:
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
        """Return the same for a function in this process."""
        *given, steps, value = copy.deepcopy(row.args)
        return function(*given, iter(steps), value)
