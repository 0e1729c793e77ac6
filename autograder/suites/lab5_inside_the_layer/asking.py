"""The judges that lab 5 needs beside the engine's: answers in pairs, lists of numbers, and questions from behind."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.suite import Array, ArraysJudge, Fact, LibraryModule, StudentFailure, fail, name, near

from . import behind, pytorchs_cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.suite import Reference, Row, Student

CELLS: dict[str, Any] = {"lstm_cell": pytorchs_cells.lstm_cell, "gru_cell": pytorchs_cells.gru_cell}
_IMPORTS = "from typing import Any\n\nimport torch\n"
PYTORCHS_CELLS = "\n\n".join(["", _IMPORTS, *[inspect.getsource(cell) for cell in CELLS.values()]])
_ASKED = {
    "lstm_layer": "suite_slopes",
    "gru_layer": "suite_slopes",
    "gradient_by_distance": "suite_traces",
    "start_by_keeping": "suite_starts",
}
BY_ANOTHER = 2.0
"""In `suite_starts`: the same seed gives other biases."""
LEAST = 0.01
"""What differs by less is taken for the same; with a slip in a cell its states still differ by 0.1 and more."""
DESK = "parameter_count"
"""The sandbox runs what graded names need. So questions are put under one of those, which no other function calls; it
is the suite's own in their child alone."""


def _written_for(function: str) -> str:
    """The question about a function, with its name written in: handed over, it would seem to be what any cell uses."""
    question = _ASKED[function]
    source = inspect.getsource(getattr(behind, question))
    named = source.replace(f"def {question}(function: Any, ", f"def {question}_{function}(")
    return named.replace("function(", f"{function}(")


QUESTIONS = "\n\n".join(
    [
        _IMPORTS,
        inspect.getsource(behind.suite_flat),
        *map(_written_for, _ASKED),
        f"def {DESK}(asked, *given):",
    ]
) + "".join(
    f"\n    if asked == {function!r}:\n        return {question}_{function}(*given)"
    for function, question in _ASKED.items()
)


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


WRONG = {
    "x": "x is not as it was: it holds other numbers, or asks for its gradient now.",
    "weights": "Weights are not as they were.",
    "gradients": "The gradients that the module held are not as they were.",
    "keeps": "The biases of the gate on the old memory are not u, one draw for each unit.",
    "writes": "The biases of the input gate are not −u, with the u of the forget gate.",
    "others": "Biases that should be 0 are not.",
    "returned": "Something else than the module itself is returned.",
    "draws": "Another seed gives the same biases, or the same seed gives others.",
}
"""What is said of a quantity that is wrong, and by no known mistake."""
ELSEWHERE = Fact(
    "another generator",
    "The same seed of torch's generator gives other biases each time: the draws come from somewhere else.",
    "Draw with torch.",
)


class FromBehind(ArraysJudge):
    """Judges what a question of `behind` finds out about a function: its text stands behind the submission."""

    def __init__(self, function: str, *args: Any, pytorchs: bool = False, **more: Any) -> None:
        """`pytorchs`: with PyTorch's cells instead of the student's."""
        super().__init__(function, *args, **more)
        self._question: Callable[..., Any] = getattr(behind, _ASKED[function])
        self._pytorchs = pytorchs

    def ask(self, student: Student, row: Row) -> Any:
        """Put the question in a child of its own; raises `StudentFailure` in the words of a call of the function."""
        other = student.with_code(QUESTIONS + PYTORCHS_CELLS if self._pytorchs else QUESTIONS)
        args = [value.in_child(other) if isinstance(value, LibraryModule) else value for value in row.args]
        try:
            return getattr(other, DESK)(self.function, *args)
        except StudentFailure as failure:
            failure.message = failure.message.replace(DESK, self.function)
            raise

    def varies(self, key: str) -> bool:
        """Tell that what is right may be the same everywhere: nothing of it is taken for typed in."""
        return False

    def unknown(self, found: Any, key: str) -> str:
        """Say what is wrong where no known mistake explains it."""
        return WRONG.get(key, f"The {key} is not the one that PyTorch's own layer has.")

    def general(self, key: str, rows: Any, got: Any) -> Fact | None:
        """Tell draws from another generator than torch's: the only thing that differs after the same seed."""
        return ELSEWHERE if key == "draws" and any(answer[key][0] == BY_ANOTHER for answer in got) else None

    def run(self, function: Callable[..., Any], row: Row) -> Any:
        """Put the same question to a function in this process."""
        if self._pytorchs:
            function.__globals__.update(CELLS)  # of this program alone
        return self._question(function, *[_copied(value) for value in row.args])


def _copied(value: Any) -> Any:
    if isinstance(value, LibraryModule):
        return value.here()
    return [_copied(item) for item in value] if isinstance(value, list) else getattr(value, "clone", lambda: value)()


class Slopes(FromBehind):
    """Judges gradients: within 1e-4, and 1e-5 of the largest entry; a layer of one's own differs by 3e-6."""

    def same(self, got: Any, wanted: Any) -> bool:
        """Tell whether two gradients agree."""
        return near(got, wanted, 1e-4, 1e-5 * max(1e-3, float(np.abs(wanted).max())))


FAR = 3.0
"""Even draws lie further from even ones than this, over the root of their number, with a chance of 1 in 30 million."""


class Starts(FromBehind):
    """Judges biases by what they are for: the gate on the old memory, the LSTM's on what is written, all others."""

    def read(self, value: Any, row: Row) -> dict[str, Any]:
        """The draw behind each unit's u, brought to 0 … 1; the input gate's biases, but for −u; all other biases."""
        blocks, size = 4 if "writes" in self.keys else 3, row.args[0].args[1]
        forms = [(blocks * size,), (1,), (1,), (1,)]
        if [getattr(part, "shape", None) for part in value if isinstance(value, list)] != forms:
            fail("The module's biases have another shape than before.")
        biases, *facts = [part.numpy().astype("float64") for part in value]
        if not np.isfinite(biases).all():
            fail("Among the module's biases are numbers that are not finite.")
        first, second, *others = biases.reshape(blocks, size)
        found = {"keeps": (np.exp(np.clip(second, -20, 20)) - 1) / (row.args[1] - 2), "writes": first + second}
        found["others"] = np.concatenate(others if "writes" in self.keys else [first, *others])
        found |= dict(zip(("weights", "returned", "draws"), facts, strict=True))
        return {key: found[key] for key in self.keys}

    def same(self, got: Any, wanted: Any) -> bool:
        """Tell whether two quantities agree: in each number, or as even draws between 0 and 1 both."""
        return near(got, wanted, 1e-4, 1e-4) or (len(got) > 1 and is_even(got) and is_even(wanted))


def is_even(drawn: Any) -> bool:
    """Tell whether numbers look like even draws from 0 … 1: none outside, nowhere too many or too few below."""
    if drawn.min() < -1e-4 or drawn.max() > 1.0001:  # single precision
        return False
    steps = np.arange(len(drawn) + 1) / len(drawn)
    ordered = np.sort(drawn)
    return bool(max((steps[1:] - ordered).max(), (ordered - steps[:-1]).max()) < FAR / np.sqrt(len(drawn)))
