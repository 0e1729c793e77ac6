"""The judge of functions that return a dict of shapes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from autograder.sandbox.values import Array
from autograder.suite.answer_form import Fact
from autograder.suite.failures import StudentObject
from autograder.suite.judge import Judge
from autograder.suite.judge_groups import and_not_asked, hidden_rows, visible_rows
from autograder.suite.judges import by_key, printed_table
from autograder.suite.quantities import NOT_ASKED, Lacking, outcome
from autograder.suite.stages import CheckFailed, as_number, name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from autograder.suite.answer_form import Answer
    from autograder.suite.judge_groups import Group
    from autograder.suite.reference import Reference
    from autograder.suite.student import Student
    from autograder.suite.variants import Row

MOST_AXES = 64
"""No array of NumPy's or torch's has more."""
_METHODS = {"builtin_function_or_method", "method"}


class ShapesJudge(Judge):
    """Judges a function that returns a dict of shapes, by groups of rows: a quantity is a key in a group."""

    asks_again = False
    one_price = "check"

    def __init__(self, function: str, keys: Sequence[str], groups: Mapping[str, Group], **more: Any) -> None:
        """`keys` are the dict's, `groups` the rows by what they are about; see `Asking` for the rest."""
        self._parts = tuple(keys)
        self._first = next(iter(groups))
        quantities = [self.quantity(key, group) for group in groups for key in keys]
        super().__init__(function, quantities, visible=visible_rows(groups), hidden=hidden_rows(groups), **more)

    def quantity(self, key: str, group: str = "") -> str:
        """The name of a key's quantity in a group; in the first one it is the key itself."""
        return key if group in {"", self._first} else f"{key}, {group}"

    @property
    def carried(self) -> tuple[str, ...]:
        """No quantities: shapes are judged by the sizes alone."""
        return ()

    def read(self, value: Any, row: Row) -> dict[str, Any]:
        """The shapes by quantity, `Lacking` where there is none; fails for no dict, or one with none of the keys."""
        found = by_key(value, self._parts, self.function, _shape)
        return and_not_asked({self.quantity(key, row.group): shape for key, shape in found.items()}, self.keys)

    def as_returned(self, answer: Answer) -> dict[str, Any]:
        """The dict of shapes."""
        return {key.partition(", ")[0]: shape for key, shape in answer.items() if shape is not NOT_ASKED}

    def answers(self, student: Student, reference: Reference) -> list[Answer]:
        """The answers to the lab's own rows; raises `CheckFailed`, `StudentFailure` for one without all shapes."""
        found = self._shown_answers(student, reference)
        for answer in found:
            for key, value in answer.items():
                if isinstance(value, Lacking):
                    raise self.explained(value.failure, key, student, reference)
        return found

    def same(self, got: Any, wanted: Any) -> bool:
        """Tell whether two shapes are equal."""
        return bool(got == wanted)

    def shown(self, key: str, value: Any) -> str:
        """The key and the shape."""
        return f"{key} {value}"

    def named(self, key: str) -> str:
        """The key, with what its rows are about."""
        part, _, group = key.partition(", ")
        return f"`{part}`" + (f" for {group}" if group else "")

    def unexplained(self, found: Any, key: str) -> str:  # see `Judge`
        """Say that the answer is a shape, and not the right one."""
        return f"{self.named(key)} is a shape, but not the right one."

    def against_right(self, key: str, rows: Sequence[Row], got: Sequence[Answer], reference: Reference) -> Fact | None:
        """Tell an axis that is the same for all of the lab's own rows, where it should not be."""
        program, labs = reference.program(self), [(row.args, row.kwargs) for row in self.own_rows()]
        pairs = [
            (answer[key], right[key])
            for row, answer in zip(rows, got, strict=True)
            if (row.args, row.kwargs) in labs and isinstance(right := outcome(self, program, row, {}), dict)
        ]
        pairs = [pair for pair in pairs if NOT_ASKED not in pair]
        if any(isinstance(shape, Lacking) for pair in pairs for shape in pair):
            return None
        if len({len(shape) for pair in pairs for shape in pair}) != 1:
            return None
        mine, wanted = ([set(axis) for axis in zip(*shapes, strict=True)] for shapes in zip(*pairs, strict=True))
        alike = [axis for axis in wanted if len(axis) == 1]  # a fixed axis of the right shape may have moved
        for place, ordinal in enumerate(("first", "second", "third")[: len(mine)]):
            if len(mine[place]) == 1 < len(wanted[place]) and mine[place] not in alike:
                size = min(mine[place])
                says = f"{self.named(key)}: the {ordinal} axis is {size} each time, whatever size is asked for."
                step = "Use the function's arguments where sizes stand, for the input as well as for the layers."
                return Fact("a size typed in", says, step)
        return None

    def prints(self, student: Student, reference: Reference, given: str) -> None:
        """The lab's own function `given`, run over the student's, prints the table that the notebook promises."""
        printed_table(self, student, reference, given)


def _shape(value: Any, key: str) -> tuple[float, ...] | Lacking:
    """A tuple, list or torch.Size of numbers."""
    numbers = [as_number(item) for item in value] if isinstance(value, list) and len(value) <= MOST_AXES else [None]
    known = [number for number in numbers if number is not None and not math.isnan(number)]
    if len(known) == len(numbers):
        return tuple(int(number) if number.is_integer() else number for number in known)
    match value:
        case Array():
            said, mistake = "is a whole tensor. Hand back its shape: `.shape`", "tensor for its shape"
        case [Array() | list(), *_]:
            said, mistake = "holds several tensors or shapes; it should be one shape", "several for one shape"
        case str():
            said, mistake = "is a text. Leave the shape as it is; printing makes a text of it", "text for a shape"
        case None:
            said, mistake = "is None", "None for a shape"
        case StudentObject(type_name=kind) if kind in _METHODS:
            said, mistake = "is a method that was not called: write `.shape` or `.size()`", "method not called"
        case _:
            said, mistake = (
                f"is {name(value).partition(' of ')[0]}, and should be a shape such as (4, 6, 16)",
                "no shape",
            )
    step = f"Put the shape of one tensor under `{key}`: write .shape behind it."
    return Lacking.of(
        CheckFailed(f"`{key}` {said}.", expected="a tuple, a list or a torch.Size", mistake=mistake, step=step)
    )


def dict_of_shapes(
    function: str,
    *,
    keys: Sequence[str],
    groups: Mapping[str, Group],
    **more: Any,
) -> ShapesJudge:
    """Judge a function that returns a dict of shapes: tuples, lists or what `.shape` gives.

    `groups` are the rows by what they are about. A quantity is a key, in the second group and later ones
    "<key>, <group>". See `Judge` for the rest.
    """
    return ShapesJudge(function, keys, groups, **more)
