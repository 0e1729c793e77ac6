"""The judges that a suite picks from, by what a lab asks for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeVar

from autograder.suite.answer_form import Fact
from autograder.suite.judge import Judge
from autograder.suite.quantities import Lacking, outcome
from autograder.suite.stages import TOLERANCE, CheckFailed, expect_keys, expect_number, expect_numbers, fail

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from autograder.suite.answer_form import Answer
    from autograder.suite.reference import Reference
    from autograder.suite.rows import Asked
    from autograder.suite.student import Student
    from autograder.suite.variants import Row

T = TypeVar("T")
FAR = 1e6
NEARLY = 2e-3
"""The relative difference of numbers in half precision, or with e cut short, over a formula of a few operations."""
_VALUE = "value"


def _same(got: float, wanted: float) -> bool:
    """Tell whether two scalars agree: within 1e-6 (lesson: float32 is fine, rounding to printed decimals is not)."""
    return abs(got - wanted) <= TOLERANCE * max(1.0, abs(wanted) / 8)


def _beside_right(
    judge: Judge, key: str, rows: Sequence[Row], got: Sequence[Answer], reference: Reference
) -> list[tuple[Any, Any]]:
    """Return a quantity's values, each beside the right one; none where one is lacking."""
    program = reference.program(judge)
    answers = [(answer[key], outcome(judge, program, row, {})) for row, answer in zip(rows, got, strict=True)]
    pairs = [(mine, right[key]) for mine, right in answers if isinstance(right, dict)]
    return [] if any(isinstance(value, Lacking) for pair in pairs for value in pair) else pairs


def _without_digits(pairs: Sequence[tuple[float, float]]) -> bool:
    """Tell whether all numbers are the right ones beside them, cut or rounded to whole numbers; not all the same."""
    several = len({mine for mine, _ in pairs}) > 1
    return several and any(all(mine == cut(wanted) for mine, wanted in pairs) for cut in (math.trunc, round))


MOST_OF_A_SHARE = 1 + 1e-6


def beyond_one(whose: str) -> Fact:
    """Say that a share goes beyond 1."""
    says = f"{whose} goes beyond 1. A share of rows lies between 0 and 1."
    return Fact("beyond 1", says, "Divide the number of right rows by the number of all rows, once.")


class _Numbers(Judge):
    """A judge whose quantities are single numbers."""

    def same(self, got: Any, wanted: Any) -> bool:
        """Tell whether two numbers agree."""
        return _same(got, wanted)

    def is_rounded(self, got: Any, wanted: Any, digits: int) -> bool:
        """Tell whether `got` is `wanted` with `digits` after the point."""
        return _same(got, round(wanted, digits))

    def nearly(self, key: str, rows: Sequence[Row], got: Sequence[Answer], reference: Reference) -> bool:
        """Tell whether each number agrees with the right one in about three digits."""
        pairs = _beside_right(self, key, rows, got, reference)
        near = all(abs(mine - wanted) <= NEARLY * max(abs(wanted), 0.05) for mine, wanted in pairs)
        return near and len({round(wanted, 4) for _, wanted in pairs}) > 2

    def whole(self, key: str, rows: Sequence[Row], got: Sequence[Answer], reference: Reference) -> bool:
        """Tell whether each number is the right one without its digits after the point."""
        return _without_digits(_beside_right(self, key, rows, got, reference))

    def shown(self, key: str, value: Any) -> str:
        """The number as the lab prints it, or with more digits where it would look like zero."""
        return f"{key} {value:.4f}" if 1e-3 <= abs(value) < FAR or value == 0 else f"{key} {value:.6g}"


class NumberJudge(_Numbers):
    """Judges a function that returns one number."""

    counts_digits = True

    def __init__(self, function: str, keys: Sequence[str], *, is_share: bool = False, **more: Any) -> None:
        """`is_share` says that the number lies between 0 and 1; see `Asking` for the rest."""
        super().__init__(function, keys, **more)
        self._is_share = is_share

    def general(self, key: str, rows: Sequence[Row], got: Sequence[Answer], text: str) -> Fact | None:  # see `Judge`
        """Tell a share that goes beyond 1."""
        beyond = self._is_share and any(answer[key] > MOST_OF_A_SHARE for answer in got)
        return beyond_one(self.named(key)) if beyond else None

    def read(self, value: Any, row: Row) -> dict[str, float]:  # see `Judge`
        """The number; fails if the answer is none, or not finite."""
        return {_VALUE: expect_number(value, f"`{self.function}`'s result")}

    def as_returned(self, answer: Mapping[str, Any]) -> float:
        """Return the number itself."""
        return float(answer[_VALUE])

    def named(self, key: str) -> str:  # there is one quantity
        """Name the function's result."""
        return f"What `{self.function}` returns"

    def shown(self, key: str, value: Any) -> str:  # see `Judge`
        """Show the number, without a name."""
        return super().shown("", value).strip()


class DictJudge(_Numbers):
    """Judges a function that returns a dict of numbers."""

    def read(self, value: Any, row: Row) -> dict[str, float | Lacking]:  # see `Judge`
        """The numbers by key, `Lacking` where there is none; fails for no dict, or one with none of the keys."""
        return by_key(value, self.keys, self.function, _number)

    def prints(self, student: Student, reference: Reference, given: str) -> None:
        """The lab's own function `given`, run over the student's, prints the table that the notebook promises."""
        printed_table(self, student, reference, given)


def _number(value: Any, key: str) -> float | Lacking:
    try:
        return expect_number(value, f"`{key}`")
    except CheckFailed as failed:
        return Lacking.of(failed)


def by_key(
    value: Any,
    keys: Sequence[str],
    function: str,
    read: Callable[[Any, str], T | Lacking],
) -> dict[str, T | Lacking]:
    """Return what `read` makes of each value, `Lacking` for a missing key; fails for no dict, or one without a key."""
    try:
        expect_keys(value, keys, f"`{function}`")
    except CheckFailed as failed:
        if not isinstance(value, dict) or not set(keys) & value.keys():
            raise
        lacking = Lacking.of(failed)
    return {key: read(value[key], key) if key in value else lacking for key in keys}


class NumbersJudge(Judge):
    """Judges a function that returns a list of numbers, one for each number in its argument."""

    counts_digits = True

    def read(self, value: Any, row: Row) -> dict[str, list[float]]:
        """The numbers; fails if the answer is no sequence of numbers."""
        if getattr(value, "type_name", None) in {"generator", "map", "zip", "filter"}:
            fail(
                f"`{self.function}` gives its values only once, while they are asked for. Put list(…) around it.",
                mistake="generator for a list",
                step=f"Write list(…) around what `{self.function}` returns.",
            )
        asked = next(iter([*row.args, *row.kwargs.values()]))
        return {_VALUE: expect_numbers(value, f"`{self.function}`'s result", count=len(asked))}

    def same(self, got: Any, wanted: Any) -> bool:
        """Tell whether there are as many numbers, and all agree."""
        return len(got) == len(wanted) and all(map(_same, got, wanted))

    def is_rounded(self, got: Any, wanted: Any, digits: int) -> bool:
        """Tell whether all are rounded to `digits` after the point."""
        return len(got) == len(wanted) and all(_same(a, round(b, digits)) for a, b in zip(got, wanted, strict=True))

    def whole(self, key: str, rows: Sequence[Row], got: Sequence[Answer], reference: Reference) -> bool:
        """Tell whether each number is the right one without its digits after the point."""
        pairs = _beside_right(self, key, rows, got, reference)
        return all(len(mine) == len(wanted) for mine, wanted in pairs) and _without_digits(
            [pair for mine, wanted in pairs for pair in zip(mine, wanted, strict=True)]
        )

    def as_returned(self, answer: Mapping[str, Any]) -> list[float]:
        """Return the list itself."""
        return list(answer[_VALUE])

    def named(self, key: str) -> str:  # there is one quantity
        """Name the function's result."""
        return f"What `{self.function}` returns"

    def shown(self, key: str, value: Any) -> str:  # see `Judge`
        """The first numbers, as the lab prints them."""
        return "[" + ", ".join(f"{number:.4f}" for number in value[:8]) + ("…]" if len(value) > 8 else "]")


def number(function: str, *, visible: Sequence[Asked], hidden: Sequence[Asked] = (), **more: Any) -> NumberJudge:
    """Judge a function that returns one number, with `is_share=True` one between 0 and 1; see `Asking` for the rest."""
    return NumberJudge(function, [_VALUE], visible=visible, hidden=hidden, **more)


def numbers(function: str, *, visible: Sequence[Asked], hidden: Sequence[Asked] = (), **more: Any) -> NumbersJudge:
    """Judge a function that returns a list of numbers; see `Asking` for the rows, `uses` and `instead`."""
    return NumbersJudge(function, [_VALUE], visible=visible, hidden=hidden, **more)


def dict_of_numbers(
    function: str,
    *,
    keys: Sequence[str],
    visible: Sequence[Asked],
    hidden: Sequence[Asked] = (),
    **more: Any,
) -> DictJudge:
    """Judge a function that returns a dict of numbers, `keys` in the order of the formulas; see `Judge`."""
    return DictJudge(function, keys, visible=visible, hidden=hidden, **more)


def printed_table(judge: Judge, student: Student, reference: Reference, given: str) -> None:
    """Fail unless the lab's own function `given` prints over the student's what it prints over the reference's.

    It runs here, on the numbers that the student's function returned: what that function prints itself counts for
    nothing. Where a function that this one uses is the student's own and wrong, the reference runs with that one
    behind it.
    """
    judge.answers(student, reference)
    printed = reference.printed(given, {judge.function: judge.ask_as_returned(student, reference, whole=True)})
    table, shown = reference.printed(given), student.may_show
    if printed == table:
        return
    own = judge.own_versions(student, reference)
    right = own and judge.diagnosis(student, reference).right == set(judge.keys)
    if right and printed == _printed_over(judge, reference, given, own):
        return
    lines = zip(printed.splitlines(), table.splitlines(), strict=False)
    got, expected = next((pair for pair in lines if pair[0] != pair[1]), (printed, table))
    fail(f"The table that {given} prints differs.", expected=expected, got=got, shown=shown)


def _printed_over(judge: Judge, reference: Reference, given: str, own: Mapping[str, Callable[..., Any]]) -> str:
    """Return what `given` prints over the solution with the student's `own` functions; "" where those stop it."""
    try:
        return reference.printed(given, {judge.function: judge.run_as_returned(reference, own)})
    except CheckFailed:
        return ""
