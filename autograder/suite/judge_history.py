"""The judge of functions that train a module and return a history: one dict of numbers per epoch."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from autograder.suite.form_facts import ONE_DICT, ONE_TOO_FEW, TOO_FEW
from autograder.suite.judge import Judge
from autograder.suite.judge_arrays import near
from autograder.suite.judges import MOST_OF_A_SHARE, beyond_one
from autograder.suite.library_modules import LibraryModule, argument_here
from autograder.suite.module_here import ModuleHere
from autograder.suite.quantities import Lacking
from autograder.suite.stages import RETURN, CheckFailed, expect_number, fail, name, quoted
from autograder.suite.variants import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from autograder.suite.answer_form import Answer, Fact
    from autograder.suite.findings import Diagnosis
    from autograder.suite.reference import Reference
    from autograder.suite.rows import Asked
    from autograder.suite.student import Student

LEFT = "weights"
"""The quantity that is no key of an entry: the weights that the training leaves in the module."""
LEFT_TOLERANCE = 1e-4
"""Weights after a few steps; equivalent code differs by 1e-6, another step by 1e-2."""
COMPARED = 10
"""Epochs whose numbers are compared (lesson: later ones drift apart in equivalent code)."""
_NO_ROW = Row((LibraryModule("torch.nn.Identity"),))


class Series(NamedTuple):
    """One key's numbers, epoch by epoch. Of two with another length those that both have are compared."""

    numbers: list[float]
    within: float  # 0: they have to be equal, and as many


class Left(NamedTuple):
    """The weights that a training left, and whether it moved them."""

    arrays: list[Any]
    moved: bool


class HistoryJudge(Judge):
    """Judges a function that trains its first argument, a `LibraryModule`, and returns the history."""

    asks_again = False
    counts_digits = True
    names_constants = False  # zeros in all epochs of all trainings may come of anything
    one_price = "function"

    def __init__(
        self,
        function: str,
        within: Mapping[str, float],
        *,
        follows: Mapping[str, str] | None = None,
        shares: Sequence[str] = (),
        **more: Any,
    ) -> None:
        """`within` says by key how near the numbers have to be; see `history` for the rest."""
        super().__init__(function, [*within, LEFT], **more)
        self._shares = tuple(shares)
        self._within = dict(within)
        self._follows = dict(follows or {})

    @property
    def carried(self) -> tuple[str, ...]:
        """No quantities: a training is judged by its start alone."""
        return ()

    def varies(self, key: str) -> bool:
        """Tell whether a key may change from row to row: the epochs' own numbers are the same in any training."""
        return self._within.get(key) != 0

    def ask(self, student: Student, row: Row) -> dict[str, Any]:
        """The history of the last call, and the weights after it; raises `StudentFailure`."""
        model = row.args[0].make_in_child(student)
        value = None
        for _ in range(row.times):
            value = getattr(student, self.function)(model, *row.args[1:], **row.kwargs)
        if value is None:
            student.expect_value(self.function)
        return {"returned": value, LEFT: [array for _, array in model.weights()]}

    def run(self, function: Callable[..., Any], row: Row) -> dict[str, Any]:
        """Return what `ask` would, for a function in this process: the solution's, or a changed one."""
        model, value = row.args[0].make_here(), None
        for _ in range(row.times):
            value = function(model, *map(argument_here, row.args[1:]), **row.kwargs)
        return {"returned": value, LEFT: [array for _, array in ModuleHere(model).weights()]}

    def read(self, value: Any, row: Row) -> dict[str, Any]:
        """The numbers by key, `Lacking` where an entry has none; fails for no list, or one without entries."""
        returned = value["returned"]
        if not isinstance(returned, list):
            raise self._no_list(returned)
        if not returned:
            raise CheckFailed(
                f"The list that `{self.function}` returned is empty: nothing was appended to it.",
                step="Append one dict in every round of the loop: under no `if`, and before `return`.",
            )
        if isinstance(returned[0], list) and returned[0] and all(isinstance(entry, dict) for entry in returned[0]):
            raise CheckFailed(
                f"`{self.function}` returned more than the history: a sequence that begins with it.",
                step="Return the list of dicts alone.",
            )
        for entry in returned:
            if not isinstance(entry, dict):
                raise CheckFailed(
                    f"An entry of the list that `{self.function}` returned should be a dict, but is {name(entry)}.",
                    step=f"Append one dict in each round, with {quoted(self._within)} in it.",
                )
        found: dict[str, Any] = {key: self._series(returned, key) for key in self._within}
        arrays = [array.numpy() for array in value[LEFT]]
        start = [weight.numpy() for weight in row.args[0].weights]
        moved = [a.shape for a in arrays] != [s.shape for s in start] or any(
            (a != s).any() for a, s in zip(arrays, start, strict=True)
        )
        return found | {LEFT: Left(arrays if row.kwargs.get("epochs", COMPARED + 1) <= COMPARED else [], moved)}

    def numbers(self, returned: Any, key: str) -> list[float]:
        """One key's numbers of a history that came otherwise than by a row; raises `CheckFailed` where it has none."""
        found = self.read({"returned": returned, LEFT: []}, _NO_ROW)[key]
        if isinstance(found, Lacking):
            raise found.failure
        numbers: list[float] = found.numbers
        return numbers

    def _no_list(self, returned: Any) -> CheckFailed:
        """The failure of what is no list of entries."""
        what, step = name(returned), "Return a list with one dict for each epoch, and nothing else."
        if isinstance(returned, dict) and returned:
            step = f"In each round, append a dict with {quoted(self._within)} to a list; return that list at the end."
            if all(isinstance(part, list) for part in returned.values()):
                what = "one dict of lists"
            elif all(isinstance(part, dict) for part in returned.values()):
                what = "a dict of dicts"
            elif set(self._within) <= returned.keys():
                what = "a single dict"
        return CheckFailed(
            f"`{self.function}` should return a list with one dict per epoch, but returned {what}.",
            got=name(returned),
            step=RETURN if returned is None else step,
        )

    def _series(self, entries: list[Any], key: str) -> Series | Lacking:
        try:
            lacking = [name for name in self._within if any(name not in entry for entry in entries)]
            if key in lacking:
                fail(
                    f"An entry of the history lacks {quoted(lacking)}.",
                    expected=f"keys {quoted(self._within)}",
                    got=f"keys {quoted([key[:40] for key in list(entries[0])[:20]]) or 'none'}",
                    step=f"Each dict has the keys {quoted(self._within)}, spelled in that very way.",
                )
            values = [entry[key] for entry in entries]
            numbers = [expect_number(value, f"`{key}`") for value in values]
        except CheckFailed as failed:
            return Lacking.of(failed)
        return Series(numbers, self._within[key])

    # ------------------------------------------------------------ judging

    def same(self, got: Any, wanted: Any) -> bool:
        """Tell whether two series agree in what is compared, or the same weights are left."""
        if isinstance(got, Left):
            return len(got.arrays) == len(wanted.arrays) and all(
                near(a, b, 0, LEFT_TOLERANCE) for a, b in zip(got.arrays, wanted.arrays, strict=True)
            )
        if not wanted.within:
            return bool(got.numbers == wanted.numbers)
        return len(got.numbers) >= min(2, len(wanted.numbers)) and _agree(got, wanted.numbers, wanted.within)

    def is_rounded(self, got: Any, wanted: Any, digits: int) -> bool:
        """Tell whether the numbers are those asked for, rounded."""
        if isinstance(got, Left) or not wanted.within or min(len(got.numbers), len(wanted.numbers)) < 2:
            return False
        return _agree(got, [round(number, digits) for number in wanted.numbers], 1e-6)

    def shown(self, key: str, value: Any) -> str:
        """The first numbers, as the lab prints them."""
        if isinstance(value, Left):
            return f"{key}: " + ", ".join(f"{number:.4f}" for number in value.arrays[0].flatten()[:4].tolist()) + ", …"
        numbers = ", ".join(f"{number:.4f}" if value.within else f"{number:g}" for number in value.numbers[:6])
        return f"{key}: {numbers}" + (", …" if len(value.numbers) > 6 else "")

    def unexplained(self, found: Diagnosis, key: str) -> str:
        """Say what is wrong with a quantity that no known mistake explains, and what before it is right."""
        before = [f"`{name}`" for name in self._within if name in found.right]
        right = f" {', '.join(before)} {'is' if len(before) == 1 else 'are'} right." if before else ""
        if key == LEFT:
            return f"The weights that `{self.function}` leaves behind are not the trained ones.{right}"
        if not self._within[key]:
            return f"`{key}` should count the epochs from 1 to as many as are asked for, one entry each.{right}"
        return f"`{key}` has numbers in every entry, but not the right ones.{right}"

    def apart(self) -> frozenset[str]:
        """Return what is only measured: nothing follows from it."""
        return frozenset(self._follows) - {LEFT}

    def _fail(self, found: Diagnosis, key: str, student: Student, reference: Reference) -> NoReturn:
        """Charge nothing more for what follows from a quantity that is wrong already, and could be right by itself."""
        cause = self._follows.get(key)
        if cause in found.wrong(self.keys) and not found.mistakes.get(key) and (where := self._where(student, cause)):
            rows, got = self.everything(student, reference)
            if self._starts_right(key, reference, rows, got):
                fail(f"{self.named(key)} goes with your `{cause}`.", because=where, charged=False)
        super()._fail(found, key, student, reference)

    def general(self, key: str, rows: Sequence[Row], got: Sequence[Answer], text: str) -> Fact | None:  # see `Judge`
        """Tell a dict that is appended again and again, and entries that are missing."""
        series = [{name: answer[name] for name in self._within} for answer in got]
        if key == LEFT or any(isinstance(numbers, Lacking) for each in series for numbers in each.values()):
            return None
        counter = next((name for name, within in self._within.items() if not within), None)
        alike = all(len(set(numbers.numbers)) == 1 for each in series for numbers in each.values())
        counts = [each[counter].numbers for each in series] if counter else []
        if alike and any(len(count) > 1 for count in counts) and all(0 <= len(n) - n[0] <= 1 for n in counts):
            return ONE_DICT
        asked = [(row.kwargs["epochs"], each) for row, each in zip(rows, series, strict=True) if "epochs" in row.kwargs]
        fewer = [epochs - len(each[key].numbers) for epochs, each in asked]
        begins = all(list(count) == list(range(1, len(count) + 1)) for count in counts)  # what is there can be compared
        single = any(len(each[key].numbers) < min(2, epochs) for epochs, each in asked)
        if any(number > 0 for number in fewer) and (key == counter or not counter or not begins or single):
            return ONE_TOO_FEW if set(fewer) == {1} else TOO_FEW
        if key in self._shares and any(number > MOST_OF_A_SHARE for each in series for number in each[key].numbers):
            return beyond_one(f"Your `{key}`")
        return None

    def _starts_right(self, key: str, reference: Reference, rows: Sequence[Row], got: Sequence[Answer]) -> bool:
        """Tell whether the weights move, or the numbers before the first step are right, and not all the same."""
        if key == LEFT:
            return all(answer[key].moved for answer in got) and self._has_learned(reference, rows, got)
        solution = reference.program(self)
        if any(isinstance(answer[key], Lacking) for answer in got):
            return False
        pairs = [
            (answer[key].numbers, self.read(solution(row, {}), row)[key].numbers)
            for row, answer in zip(rows, got, strict=True)
            if row.times == 1
        ]
        return (
            len({mine[0] for mine, _ in pairs}) > 1
            and all(abs(mine[0] - right[0]) <= self._within[key] for mine, right in pairs)
            and all(len(set(mine)) > 1 or len(set(right)) == 1 for mine, right in pairs)
        )

    def _has_learned(self, reference: Reference, rows: Sequence[Row], got: Sequence[Answer]) -> bool:
        """Tell whether what is to be lowered is lower with the weights that were left than it was at the start."""
        import torch

        solution, lowered = reference.program(self), next(iter(self._follows.values()))
        for row, answer in zip(rows, got, strict=True):
            if "epochs" in row.kwargs and (arrays := answer[LEFT].arrays):
                once = row._replace(kwargs={**row.kwargs, "epochs": 1}, times=1, name="")
                left = dataclasses.replace(row.args[0], weights=tuple(torch.tensor(array) for array in arrays))
                places = once, once._replace(args=(left, *row.args[1:]))
                given = [solution(place, {}) for place in places]
                if not all(isinstance(value, dict) for value in given):
                    return False  # weights that don't fit: what they are is the student's
                before, after = (self.read(*each)[lowered].numbers[0] for each in zip(given, places, strict=True))
                if not after < before:
                    return False
        return True


def _agree(got: Series, numbers: Sequence[float], within: float) -> bool:
    pairs = list(zip(got.numbers, numbers, strict=False))[:COMPARED]
    return all(abs(a - b) <= within for a, b in pairs)


def history(
    function: str,
    *,
    within: Mapping[str, float],
    visible: Sequence[Asked],
    hidden: Sequence[Asked] = (),
    **more: Any,
) -> HistoryJudge:
    """Judge a function that trains a module and returns a list with one dict of numbers per epoch.

    A row's first argument is a `LibraryModule` with weights; with `times=2` the history of the second call is judged,
    which goes on from the first one's weights. `within` has the keys in order, each with how near its numbers have to
    be; 0 is for the epoch's number, and the number of entries. One more quantity is `weights`, which the training
    leaves behind (compared up to 10 epochs). `follows`, {"acc": "loss"}: where the latter is wrong by a mistake that is
    not known, the former is judged before the first step only. `shares` are keys whose numbers lie between 0 and 1.
    See `Judge` for the rest.
    """
    return HistoryJudge(function, within, visible=visible, hidden=hidden, **more)
