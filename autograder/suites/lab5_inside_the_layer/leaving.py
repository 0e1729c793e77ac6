"""The judges of what lab 5's last two functions leave behind: of x, weights and gradients, and of a start's biases.

What is there before and after a call comes from the student's process as plain data, and is compared here.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from autograder.suite import Array, ArraysJudge, Fact, LibraryModule, ModuleHere, StudentFailure, fail, near

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.suite import Row, Student

BY_ANOTHER = 2.0
"""Of draws: they come from another generator than torch's."""
MOVES = ("torch.nn.Linear", 2, 2)
"""Making it moves torch's generator on, and no other."""
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
    "The draws come from somewhere else than torch's generator: it makes no difference to them.",
    "Draw with torch.",
)


class Left(ArraysJudge):
    """Judges what a call leaves of its arguments, the first of which is a module; most of it by facts, 1 for right."""

    def varies(self, key: str) -> bool:
        """Tell that what is right is the same everywhere."""
        return False

    def unexplained(self, found: Any, key: str) -> str:
        """Say what is wrong where no known mistake explains it."""
        return WRONG[key]

    def general(self, key: str, rows: Any, got: Any, text: str) -> Fact | None:
        """Tell draws from another generator than torch's: moving that on changes nothing."""
        return ELSEWHERE if key == "draws" and any(answer[key][0] == BY_ANOTHER for answer in got) else None


class LeftAlone(Left):
    """Judges that x, weights and gradients are as they were: 1 for that, 0 for cleared, 2 for changed."""

    def ask(self, student: Student, row: Row) -> Any:
        """Return what a call leaves in the child; raises `StudentFailure`."""
        module, x = row.args[0].make_in_child(student), student.keep(row.args[1])
        return _left(module, row, lambda: getattr(student, self.function)(module, x), lambda: x.method("numpy"))

    def run(self, function: Callable[..., Any], row: Row) -> Any:
        """Return what `ask` would, for a function in this process: the solution's, or a changed one."""
        module, x = row.args[0].make_here(), row.args[1].clone()
        return _left(ModuleHere(module), row, lambda: function(module, x), x.numpy)

    def read(self, value: Any, row: Row) -> dict[str, Any]:
        """The facts, of what stands there before and after."""
        x, before, after = value
        found = {"x": 1.0 if isinstance(x, Array) and np.array_equal(x.numpy(), row.args[1].numpy()) else 2.0}
        for key, old, new in zip(("weights", "gradients"), before, after, strict=True):
            arrays = [array.numpy() for array in new if array is not None]
            gone = key == "gradients" and not any(array.any() for array in arrays)
            found[key] = 1.0 if old == new else 0.0 if gone else 2.0
        return {key: np.array([found[key]]) for key in self.keys}


def _left(module: Any, row: Row, call: Callable[[], Any], x_now: Callable[[], Any]) -> list[Any]:
    """Return x after a call, None where it asks for its gradient; weights and gradients before, and after it."""
    module.backward(row.args[1])
    before = _of(module)
    call()
    try:
        x = x_now()
    except (StudentFailure, RuntimeError):  # torch's word for it
        x = None
    return [x, before, _of(module)]


def _of(module: Any) -> list[list[Any]]:
    return [[array for _, array in pairs] for pairs in (module.weights(), module.gradients())]


def seed_all(seed: int) -> None:
    """Seed every generator of this process, as a student's are."""
    random.seed(seed)
    np.random.seed(seed)  # the global one, which a variant may draw from
    torch.default_generator.manual_seed(seed)


FAR = 3.0
"""Even draws lie further from even ones than this, over the root of their number, with a chance of 1 in 30 million."""
ITSELF, NOTHING, ELSE = 1.0, 0.0, 2.0


class Starts(Left):
    """Judges biases by what they are for: the gate on the old memory, the LSTM's on what is written, all others."""

    def ask(self, student: Student, row: Row) -> Any:
        """Return what calls leave in the child; raises `StudentFailure`."""
        module = row.args[0].make_in_child(student)

        def put(seed: int, move: Any) -> float:
            student.seed(seed)
            if move:
                student.make(*move)
            returned = getattr(student, self.function)(module, row.args[1])
            return ITSELF if module.is_same(returned) else NOTHING if returned is None else ELSE

        return _started(module, row, put)

    def run(self, function: Callable[..., Any], row: Row) -> Any:
        """Return what `ask` would, for a function in this process: the solution's, or a changed one."""
        module = row.args[0].make_here()

        def put(seed: int, move: Any) -> float:
            seed_all(seed)
            if move:
                LibraryModule(move[0], move[1:]).make_here()
            returned = function(module, row.args[1])
            return ITSELF if returned is module else NOTHING if returned is None else ELSE

        return _started(ModuleHere(module), row, put)

    def read(self, value: Any, row: Row) -> dict[str, Any]:
        """The draw behind each unit's u, brought to 0 … 1; the input gate's biases, but for −u; all others; facts.

        Facts are 1 where weights stay and can be trained; where the module itself is returned (0: None, 2: something
        else); and where the same seed gives the same biases and another one others (0: it doesn't), torch's generator
        being what they come from (2: it isn't).
        """
        given, size = [weight.numpy() for weight in row.args[0].weights], row.args[0].args[1]
        returned, trains, *weights = value
        if any([array.shape for array in each] != [array.shape for array in given] for each in weights):
            fail("The module's biases have another shape than before.")
        starts = [[array.numpy() for array in each] for each in weights]
        first, again, moved, other = ((each[2] + each[3]).astype("float64") for each in starts)
        if not np.isfinite(first).all():
            fail("Among the module's biases are numbers that are not finite.")
        writes, keeps, *others = first.reshape(-1, size)
        found = {"keeps": (np.exp(np.clip(keeps, -20, 20)) - 1) / (row.args[1] - 2), "writes": writes + keeps}
        found["others"] = np.concatenate(others if "writes" in self.keys else [writes, *others])
        kept = all(np.array_equal(old, new) for old, new in zip(given[:2], starts[-1], strict=False))
        same, stays, fixed = (bool(np.array_equal(first, each)) for each in (again, moved, other))
        drawn = float(not fixed) if same and (fixed or not stays) else BY_ANOTHER
        facts = {"weights": float(kept and trains), "draws": drawn}
        facts["returned"] = returned[0] if len({*returned}) == 1 else ELSE
        return {key: found[key] if key in found else np.array([facts[key]]) for key in self.keys}

    def same(self, got: Any, wanted: Any) -> bool:
        """Tell whether two quantities agree: in each number, or as even draws between 0 and 1 both."""
        return near(got, wanted, 1e-4, 1e-4) or (len(got) > 1 and is_even(got) and is_even(wanted))


def _started(module: Any, row: Row, put: Callable[[int, Any], float]) -> list[Any]:
    """Return what `put` says of four calls, whether all weights can be trained, and the weights after each call."""
    returned, weights = [], []
    seed, another = row.args[2]
    for start, move in ((seed, None), (seed, None), (seed, MOVES), (another, None)):
        returned.append(put(start, move))
        weights.append([array for _, array in module.weights()])
    try:
        module.backward(torch.zeros(1, 2, row.args[0].args[0]))
        trains = all(array is not None for _, array in module.gradients())
    except (StudentFailure, RuntimeError):  # nothing of it can
        trains = False
    return [returned, trains, *weights]


def is_even(drawn: Any) -> bool:
    """Tell whether numbers look like even draws from 0 … 1: none outside, nowhere too many or too few below."""
    if drawn.min() < -1e-4 or drawn.max() > 1.0001:  # single precision
        return False
    steps = np.arange(len(drawn) + 1) / len(drawn)
    ordered = np.sort(drawn)
    return bool(max((steps[1:] - ordered).max(), (ordered - steps[:-1]).max()) < FAR / np.sqrt(len(drawn)))
