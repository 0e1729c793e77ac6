"""The judge of functions that are asked about several things, each by a group of rows of its own.

A quantity is what one group of rows says: "two layers", "a batch of one". A row is about its group's quantities and
about no others, so a slip that shows only there costs only them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from autograder.sandbox.values import Array
from autograder.suite.disclosure import if_shown
from autograder.suite.examined import raised, tried
from autograder.suite.judge_arrays import NOT_FINITE, ArrayForm, ArraysJudge
from autograder.suite.quantities import NOT_ASKED, Lacking
from autograder.suite.rows import Asked, as_row, written_out
from autograder.suite.stages import RETURN, CheckFailed, expect_numbers, name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np

    from autograder.suite.answer_form import Answer
    from autograder.suite.failures import StudentFailure
    from autograder.suite.findings import Diagnosis
    from autograder.suite.reference import Reference
    from autograder.suite.student import Student
    from autograder.suite.variants import Row


class Group(NamedTuple):
    """Rows that are about one thing: the lab's own, which may be shown, and hidden ones."""

    visible: Sequence[Asked] = ()
    hidden: Sequence[Asked] = ()


def visible_rows(groups: Mapping[str, Group]) -> list[Asked]:
    """The lab's own rows of all groups, each marked with its group's name."""
    return [row._replace(group=group) for group, rows in groups.items() for row in map(as_row, rows.visible)]


def hidden_rows(groups: Mapping[str, Group]) -> list[Asked]:
    """The hidden rows of all groups, marked like that once they are drawn."""
    return [partial(_marked, group, rows.hidden) for group, rows in groups.items()]


def _marked(group: str, spoken: Sequence[Asked], draw: np.random.Generator) -> list[Row]:
    return [row._replace(group=group) for row in written_out(spoken, 1, draw)]


def and_not_asked(found: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    """Add to what was found of one group the quantities of the others, which were not asked."""
    return {key: found.get(key, NOT_ASKED) for key in keys}


class ArrayByGroupJudge(ArraysJudge):
    """Judges a function that returns one array, by groups of rows; what it raises is of that row's group."""

    counts_digits = True
    one_price = "check"

    def __init__(
        self,
        function: str,
        form: Callable[..., ArrayForm],
        groups: Mapping[str, Group],
        **more: Any,
    ) -> None:
        """`form`, called with a row's arguments, is what the array looks like; `groups` by what they are about."""
        super().__init__(
            function,
            list(groups),
            lambda *args, **kwargs: {"": form(*args, **kwargs)},
            visible=visible_rows(groups),
            hidden=hidden_rows(groups),
            **more,
        )

    def ask(self, student: Student, row: Row) -> dict[str, Any]:
        """Return what the student's function gives or raises; raises `StudentFailure` if the call ended otherwise."""
        return tried(lambda: super(ArrayByGroupJudge, self).ask(student, row))

    def run(self, function: Callable[..., Any], row: Row) -> dict[str, Any]:
        """Return what `ask` would, for a function in this process: the solution's, or a changed one."""
        return tried(lambda: super(ArrayByGroupJudge, self).run(function, row))

    def read(self, value: Any, row: Row) -> dict[str, Any]:
        """The array, of whatever shape, under the row's group; `Lacking` where there is none."""
        return and_not_asked({row.group: raised(value) or self._any_array(value["gave"])}, self.keys)

    def _any_array(self, value: Any) -> Any:
        try:
            return _as_array(value, self.named(""))
        except CheckFailed as failed:
            return Lacking.of(failed)

    def flaw(self, answer: Answer, row: Row) -> CheckFailed | StudentFailure | None:
        """Return what is wrong with the form in the first group; the others have checks of their own."""
        value = answer[self.keys[0]]
        if value is NOT_ASKED:
            return None
        if isinstance(value, Lacking):
            return value.failure
        form: ArrayForm = self._forms(*row.args, **row.kwargs)[""]
        return form.other_shape(value.shape, self.named(""))

    def answers(self, student: Student, reference: Reference) -> list[Answer]:
        """The answers to the lab's own rows; raises `CheckFailed`, `StudentFailure` for a flaw in the first group."""
        found = self._shown_answers(student, reference)
        for answer, row in zip(found, self._rows(student, "visible"), strict=True):
            if (flaw := self.flaw(answer, row)) is not None:
                raise self.explained(flaw, self.keys[0], student, reference)
        return found

    def is_rounded(self, got: Any, wanted: Any, digits: int) -> bool:
        """Tell whether `got` is `wanted` rounded to `digits` after the point."""
        return self.same(got, wanted.round(digits))

    def named(self, key: str) -> str:  # there is one result
        """Name the function's result."""
        return f"`{self.function}`'s result"

    def shown(self, key: str, value: Any) -> str:
        """Show the shape and the first numbers."""
        return super().shown(f"{self.label}, {key}:", value)

    def unexplained(self, found: Diagnosis, key: str) -> str:
        """Say which group is wrong where no known mistake explains it, and which groups before it are right."""
        before = [name for name in self.keys[: self.keys.index(key)] if name in found.right | found.rounded]
        right = f" It is right for {', '.join(before)}." if before else ""
        return f"For {key} the result has other numbers, or another shape, than it should.{right}"

    def general(self, key: str, rows: Sequence[Row], got: Sequence[Answer], text: str) -> None:
        """Say nothing: there are no seeds in it."""


def _as_array(value: Any, what: str) -> Any:
    """A tensor, an array or nested lists of numbers as an array; fails for anything else."""
    import numpy as np

    if isinstance(value, Array) and value.dtype != "bool":
        array = value.numpy()
    elif isinstance(value, list) and value and all(isinstance(row, list) for row in value):
        rows = [expect_numbers(row, what) for row in value]
        if len({len(row) for row in rows}) > 1:
            raise CheckFailed(f"The rows of {what} have different lengths.", step="Give each row as many numbers.")
        array = np.array(rows)
    else:
        step = RETURN if value is None else "Return that one tensor alone, without a list or a pair around it."
        raise CheckFailed(f"{what} should be one tensor, but is {_kind(value)}.", step=step)
    if not np.isfinite(array).all():
        raise CheckFailed(f"{what} holds numbers that are not finite.", step=NOT_FINITE)
    return array


def _kind(value: Any) -> str:
    if isinstance(value, list) and any(isinstance(part, Array | list) for part in value):
        if any(isinstance(part, list) for part in value):
            return "a sequence of tensors and sequences"
        shapes = ", ".join(str(part.shape) for part in value[:4] if isinstance(part, Array))
        return "a sequence of tensors" + if_shown(f", of the shapes {shapes}")
    return "a sequence of numbers" if isinstance(value, list) else name(value).partition(" of shape")[0]


def array_by_group(
    function: str,
    *,
    form: Callable[..., ArrayForm],
    groups: Mapping[str, Group],
    **more: Any,
) -> ArrayByGroupJudge:
    """Judge a function that returns one array, each quantity by a group of rows: `groups` by what they are about.

    `form(*args, **kwargs)` is what the array looks like; nested lists of numbers count as one. `answers` demands the
    form at the first group's visible rows. `rtol` and `atol` say how near the numbers have to be; see `Asking` for the
    rest.
    """
    return ArrayByGroupJudge(function, form, groups, **more)
