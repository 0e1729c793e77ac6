"""`@check`: what a suite says about a test, and how the checks of a cell share its points."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar, runtime_checkable

F = TypeVar("F", bound=Callable[..., object])
DIGITS = 2
"""Points of a check are rounded to this many digits; a cell's checks always sum to the cell's points."""


@dataclasses.dataclass(frozen=True)
class CheckInfo:
    """The facts that `@check` states about a test: the cell that it belongs to, its weight there, and its words."""

    cell: str
    weight: float
    title: str
    hint: str
    visible: bool
    needs: tuple[str, ...]


@runtime_checkable
class OfFunction(Protocol):
    """An object that belongs to one graded function: a judge."""

    @property
    def function(self) -> str:
        """The function's name, which is the `grade_id` of its cell."""


def check(
    of: str | OfFunction, *, weight: float = 1, visible: bool = False, needs: Iterable[object] = ()
) -> Callable[[F], F]:
    """Mark a test as a check of `of`, a judge or the name of a graded cell.

    The first paragraph of the test's docstring is the check's title, the rest is the hint: the student's next step
    where no mistake is known. The points of the cell, which stand in the notebook, are shared by `weight`.
    `visible`: the check uses the lab's own inputs only, so that errors, expected and got values may be shown.
    `needs`: tests above, or judges for all checks of their cell. Where a check fails together with one that it needs,
    the student sees it as skipped, under that cause. Raises `TypeError` for a `needs` that is neither.
    """
    needed = tuple(_need(need) for need in needs)

    def mark(test: F) -> F:
        title, _, hint = inspect.cleandoc(test.__doc__ or "").partition("\n\n")
        test.__check__ = CheckInfo(  # type: ignore[attr-defined]  # where the plugin looks for it
            cell=_cell(of),
            weight=weight,
            title=" ".join(title.split()).removesuffix("."),
            hint=" ".join(hint.split()),
            visible=visible,
            needs=needed,
        )
        return test

    return mark


def _cell(of: str | OfFunction) -> str:
    return of if isinstance(of, str) else of.function


def _need(need: object) -> str:
    info = getattr(need, "__check__", None)
    if isinstance(info, CheckInfo):
        return check_name(info, str(getattr(need, "__name__", "")))
    if isinstance(need, str | OfFunction):
        return _cell(need)
    raise TypeError(f"needs= takes tests with @check above this one, and judges; not {need!r}")


def check_name(info: CheckInfo, test: str) -> str:
    """The id of a check, `<cell>.<test name without test_>`."""
    return f"{info.cell}.{test.removeprefix('test_')}"


def shares(infos: Mapping[str, CheckInfo], totals: Mapping[str, float]) -> dict[str, float]:
    """The points of each check, by id: those of its cell, as `totals` has them, split by weight, to the cent.

    A cell that `totals` lacks is worth nothing.
    """
    found: dict[str, float] = {}
    for cell in dict.fromkeys(info.cell for info in infos.values()):
        mine = {name: info.weight for name, info in infos.items() if info.cell == cell}
        whole, total, before, sum_before = sum(mine.values()), totals.get(cell, 0.0), 0.0, 0.0
        for name, weight in mine.items():
            before += weight
            upto = round(total * before / whole, DIGITS) if whole else 0.0
            found[name], sum_before = round(upto - sum_before, DIGITS), upto
    return found
