"""The judges that lab 5 needs beside the engine's: answers in pairs, lists of numbers, gradients."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.suite import Array, ArraysJudge, StudentFailure, fail, name, near, slopes

from . import pytorchs_cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.suite import Reference, Row, Student

CELLS: dict[str, Any] = {"lstm_cell": pytorchs_cells.lstm_cell, "gru_cell": pytorchs_cells.gru_cell}
_IMPORTS = "from typing import Any\n\nimport torch\n"
PYTORCHS_CELLS = "\n\n".join(["", _IMPORTS, *[inspect.getsource(cell) for cell in CELLS.values()]])
LEAST = 0.01
"""What differs by less is taken for the same; with a slip in a cell its states still differ by 0.1 and more."""


class TwoStates(ArraysJudge):
    """Judges a cell that returns h and c; a mistake in c is named even if h has another one of its own."""

    def apart(self) -> frozenset[str]:
        """Return what is made last, of c: nothing follows from it."""
        return frozenset({"h"})


class Nested(ArraysJudge):
    """Judges a function that returns `out, h` or `out, (h, c)`; each of them is a quantity of its own."""

    def ask(self, student: Student, row: Row) -> Any:
        """Call the layer; where it gets no answer with the student's own cell, PyTorch's stands in for that."""
        try:
            return super().ask(student, row)
        except StudentFailure as failure:
            if failure.status not in {"failed", "error"}:
                raise
            try:
                return super().ask(student.with_code(PYTORCHS_CELLS), row)
            except StudentFailure:
                raise failure from None

    def read(self, value: Any, row: Row) -> dict[str, Any]:
        """The arrays by key, with the pair taken apart; fails where the pair is missing, or there is one too many."""
        pair = len(self.keys) > len(("out", "state"))
        wanted = "two things, out and the pair (h, c)" if pair else "two things, out and h"
        if not isinstance(value, list) or len(value) != len(("out", "state")):
            fail(f"`{self.function}` should return {wanted}, but returned {name(value)}.", got=name(value))
        out, state = value
        if pair and not isinstance(state, list):
            fail(f"`{self.function}` should return {wanted}; the second thing is no pair.", got=name(state))
        if not pair and isinstance(state, list):
            fail(f"`{self.function}` should return {wanted}; the second thing is a pair, or a list.", got=name(state))
        return super().read([out, *state] if pair else value, row)

    def apart(self) -> frozenset[str]:
        """Return the states that are handed back at the end: nothing follows from them."""
        return frozenset(self.keys) - {"out"}

    def own_versions(self, student: Student, reference: Reference) -> dict[str, Callable[..., Any]]:
        """The student's own cell, where it can tell: zeros, or its arguments handed back, fit any loop."""
        _, got = self.everything(student, reference)
        outs = [answer["out"] for answer in got if isinstance(answer["out"], np.ndarray)]
        return super().own_versions(student, reference) if outs and all(map(_varies, outs)) else {}

    def as_returned(self, answer: Any) -> Any:
        """The arrays as tensors, paired again."""
        out, *state = super().as_returned(answer)
        return (out, tuple(state)) if len(state) > 1 else (out, *state)


def _varies(out: Any) -> bool:
    """Tell whether sequences differ from each other, and steps do, where there are several."""
    batch, steps, _ = out.shape
    spans = [float(np.ptp(out, axis=axis).max()) for axis, size in ((0, batch), (1, steps)) if size > 1]
    return all(span > LEAST for span in spans)


class Listed(ArraysJudge):
    """Judges a function that returns a list of numbers; a one-dimensional array or tensor counts as one."""

    def read(self, value: Any, row: Row) -> dict[str, Any]:
        """The numbers as an array; fails where there are none."""
        if isinstance(value, list):
            if not value or not all(map(_is_number, value)):
                fail(f"`{self.function}` should return a list of numbers, but something else stands in it.")
            numbers = np.array([float(item.numpy()) if isinstance(item, Array) else float(item) for item in value])
            value = Array("ndarray", "float64", numbers.shape, numbers.tobytes())
        return super().read(value, row)


def _is_number(item: Any) -> bool:
    if isinstance(item, Array):
        return item.shape == () and item.dtype != "bool"
    return isinstance(item, int | float) and not isinstance(item, bool)


class Slopes(ArraysJudge):
    """Judges gradients: within 1e-4, and 1e-5 of the largest entry; a layer of one's own differs by 3e-6."""

    def __init__(self, function: str, *args: Any, pytorchs: bool = False, **more: Any) -> None:
        """`pytorchs`: with PyTorch's cells instead of the student's."""
        super().__init__(function, *args, **more)
        self._pytorchs = pytorchs

    def ask(self, student: Student, row: Row) -> Any:
        """The gradients of what the student's layer returns; raises `StudentFailure`."""
        asked = student.with_code(PYTORCHS_CELLS) if self._pytorchs else student
        return asked.slopes(self.function, *row.args)

    def run(self, function: Callable[..., Any], row: Row) -> Any:
        """Return what `ask` would, for a function in this process: the solution's, or a changed one."""
        if self._pytorchs:
            function.__globals__.update(CELLS)  # of this program alone
        return slopes(function, *row.args)

    def varies(self, key: str) -> bool:
        """Tell that what is right may be the same everywhere: nothing of it is taken for typed in."""
        return False

    def same(self, got: Any, wanted: Any) -> bool:
        """Tell whether two gradients agree."""
        return near(got, wanted, 1e-4, 1e-5 * max(1e-3, float(np.abs(wanted).max())))

    def unexplained(self, found: Any, key: str) -> str:
        """Say what is wrong where no known mistake explains it."""
        return f"The {key} is not the one that PyTorch's own layer has."
