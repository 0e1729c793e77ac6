"""Find out what is right in a student's answers, and which mistakes explain the rest.

All rows that were asked are looked at together. A quantity is right if the solution gives it from the inputs, or from
the student's own values of quantities before it that are wrong. A mistake is named if every quantity that it changes
is wrong, and it gives the student's numbers for each of them on all rows where the solution does not. What explains
most is named first, and each quantity is explained once. What nothing explains is compared once more if all of its
numbers are rounded, with those of the mistakes rounded alike. Where nothing fits, nothing is guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.suite.findings import Diagnosis, choices, closest_of
from autograder.suite.quantities import NOT_ASKED, Lacking, agree, changes, outcome
from autograder.suite.rows import same_argument

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from autograder.suite.findings import Fits, Known, Rivals, Solution
    from autograder.suite.quantities import Answer, Form
    from autograder.suite.variants import Program, Raised, Row

LEAST_SPAN = 0.05
"""Own values that differ by less over all rows can't tell right from wrong."""
LARGEST = 1e6
"""Own values beyond this are not counted there; most have to be within."""
MOST_RIVALS = 0.15
"""The share of the mistakes in a quantity that may come to the same with a student's own values behind it.

Of single mistakes of labs 1 and 2 the most is 3 of 28; values made up so that any formula fits reach 6 of 23.
"""
MOST_DIGITS = 5
"""Numbers rounded to this many digits after the point, or fewer, count as rounded."""
DIGITS_THAT_TELL = range(2, 5)
"""Numbers rounded to so many digits can still tell one mistake from another."""


class Recogniser:
    """Compares answers on some rows with programs of the solution's."""

    def __init__(self, form: Form, rows: Sequence[Row], got: Sequence[Answer]) -> None:
        self._form = form
        self._rows = rows
        self._got = got
        # What programs give on rows with a name is known already; of others the hidden ones tell most apart.
        self._outcomes: dict[tuple[Program, int, tuple[str, ...]], Answer | Raised | str] = {}
        self._order = sorted(range(len(rows)), key=lambda place: (0, place) if rows[place].name else (1, -place))

    def judge(self, solutions: Sequence[Solution], rivals: Rivals = list) -> Diagnosis:
        """Decide which quantities are right by one of `solutions`: several, if own functions may be behind an answer.

        What is right only with an own function behind it has to change over the rows: else it could be anything.
        """
        found = Diagnosis()
        for key in self._form.keys:
            if self._is_right(found, key, solutions, rivals):
                continue
            found.doubtful.append(key)
            if key in found.rounded or not self._is_there(key) or not self._form.varies(key):
                continue
            values = [self._got[place][key] for place in self._places(key)]
            if len(values) > 1 and all(self._form.same(value, values[0]) for value in values):
                found.constant.add(key)
        return found

    def _is_right(self, found: Diagnosis, key: str, solutions: Sequence[Solution], rivals: Rivals) -> bool:
        usable = self._usable(found.doubtful)
        for solution in solutions:
            for chosen in choices(usable):
                if self._gives(solution.program, key, chosen):
                    odd = self._cant_tell(key, chosen, solution.own, rivals)
                    if odd is None:
                        found.right.add(key)
                        found.follows.pop(key, None)
                        return True
                    found.follows.setdefault(key, odd)
        if key in found.follows:
            return False
        for solution in solutions:
            for chosen in choices(usable):
                if all(map(self._can_tell, (key, *chosen))) and self._is_rounded(solution.program, key, chosen):
                    found.rounded.add(key)
        return False

    def explain(
        self,
        found: Diagnosis,
        mistakes: Sequence[Known],
        solutions: Sequence[Solution],
    ) -> None:
        """Name what explains the wrong quantities.

        With each mistake come its program and the quantities it changes; None for those that differ on these rows. A
        quantity that never changes says nothing of how it came about, unless the student's own text does. What a
        mistake gives together with more of the same answer is not said to be a smaller one: it may be that and another.
        What the form sets apart may be wrong by a mistake of its own, where nothing gives all.
        """
        self._explain(found, mistakes, solutions, {})
        left = [key for key in found.wrong(self._form.keys) if key not in found.mistakes]
        if digits := {key: some for key in left if (some := self._digits(key)) is not None}:
            self._explain(found, mistakes, solutions, digits)

    def _explain(
        self, found: Diagnosis, mistakes: Sequence[Known], solutions: Sequence[Solution], digits: Mapping[str, int]
    ) -> None:
        """Name what explains the wrong quantities that nothing explains yet; those of `digits` by rounded numbers."""
        left = [key for key in found.wrong(self._form.keys) if key not in found.mistakes]
        fits, nearly, parts = self._fitting(found, left, mistakes, solutions, digits)
        explained: set[str] = set()
        for several in (fits, nearly):
            for keys, alike in sorted(several.items(), key=lambda item: (-len(item[0]), sorted(item[0]))):
                if keys & explained or (several is fits and any(keys < part for part in parts)):
                    continue
                explained |= keys
                if closest := closest_of(alike):
                    found.mistakes.update({key: [mistake for mistake, _, _ in closest] for key in keys})
                    if digits:
                        found.cut |= keys
                        found.rounded |= self._behind(closest[0][1], set(left) - keys, digits)

    def _fitting(
        self,
        found: Diagnosis,
        left: Sequence[str],
        mistakes: Sequence[Known],
        solutions: Sequence[Solution],
        digits: Mapping[str, int],
    ) -> tuple[Fits, Fits, list[set[str]]]:
        """Return mistakes by what they give: all that they change; all but what is apart; and the parts of others."""
        changing = [key for key in left if not self._is_typed_in(found, key)]
        fits: Fits = {}
        nearly: Fits = {}
        parts: list[set[str]] = []
        for one in mistakes:
            mistake, program, known = one
            wrong = left if mistake.written else changing
            if known is None and not any(self._fits(program, key, found.doubtful, solutions, digits) for key in wrong):
                continue
            touched = changes(self._form, program, solutions[0].program, self._rows) if known is None else known
            if not touched or not touched <= set(wrong):
                continue
            given = {key for key in touched if self._fits(program, key, found.doubtful, solutions, digits)}
            if given < touched:
                parts.append(given)
            if given == touched or (given and touched - given <= self._form.apart()):
                same = (fits if given == touched else nearly).setdefault(frozenset(given), [])
                if all(other.says != mistake.says for other, _, _ in same):
                    same.append(one)
        return fits, nearly, parts

    def _behind(self, program: Program, keys: set[str], digits: Mapping[str, int]) -> set[str]:
        """Return what follows from a mistake in other quantities, before any of them was rounded."""
        return {key for key in keys if key in digits and self._gives(program, key, (), digits[key])}

    def _digits(self, key: str) -> int | None:
        """The digits after the point that a quantity has on all rows; None where they are too few to tell, or all."""
        got = [self._got[place][key] for place in self._places(key)] if self._is_there(key) else []
        for digits in range(1, DIGITS_THAT_TELL.stop):
            if got and all(self._form.is_rounded(value, value, digits) for value in got):
                return digits if digits in DIGITS_THAT_TELL else None
        return None

    def _is_typed_in(self, found: Diagnosis, key: str) -> bool:
        return key in found.constant and (not self._form.names_constants or isinstance(self._got[0][key], float))

    def _fits(
        self, program: Program, key: str, doubtful: list[str], solutions: Sequence[Solution], digits: Mapping[str, int]
    ) -> bool:
        cut = digits.get(key)
        # A gate that is 0 or 1 can't show that what follows is right, and yet tells two mistakes in it apart.
        upstream = [name for name in self._usable(doubtful[: doubtful.index(key)]) if self._can_tell(name, least=0.0)]
        return any(
            self._gives(program, key, chosen, cut)
            and not any(self._gives(right.program, key, chosen, cut) for right in solutions)
            for chosen in choices(upstream)
        )

    def _gives(self, program: Program, key: str, chosen: Sequence[str], digits: int | None = None) -> bool:
        """Tell whether a program gives a quantity on all rows; with `digits`, once its numbers are rounded to those."""
        return all(
            (value := self._value(program, place, key, chosen)) is not None
            and (
                agree(self._form, self._got[place][key], value)
                if digits is None
                else not isinstance(value, Lacking)
                and value is not NOT_ASKED
                and self._form.is_rounded(self._got[place][key], value, digits)
            )
            for place in self._places(key)
        )

    def _places(self, key: str) -> list[int]:
        """The rows that a quantity was asked at, those first that tell most for least."""
        return [place for place in self._order if self._got[place][key] is not NOT_ASKED]

    def _is_rounded(self, program: Program, key: str, chosen: Sequence[str]) -> bool:
        return any(self._gives(program, key, chosen, digits) for digits in range(MOST_DIGITS, 0, -1))

    def _value(self, program: Program, place: int, key: str, chosen: Sequence[str]) -> Any:
        which = program, place, tuple(chosen)
        if which not in self._outcomes:
            own = {name: self._got[place][name] for name in chosen}
            self._outcomes[which] = outcome(self._form, program, self._rows[place], own)
        answer = self._outcomes[which]
        return answer.get(key) if isinstance(answer, dict) else None

    def _cant_tell(self, key: str, chosen: Sequence[str], own: str, rivals: Rivals) -> str | None:
        """Return the name of what is behind a quantity and can't tell right from wrong; None where all of it can."""
        odd = next((name for name in chosen if not self._can_tell(name)), None)
        behind = own or "".join(chosen[:1])
        if behind and not (self._can_tell(key, least=0.5 if chosen else 0.0) and self._is_worked_out(key)):
            return odd or behind
        return odd or (behind if chosen and self._is_given_by_many(rivals, key, chosen) else None)

    def _is_given_by_many(self, rivals: Rivals, key: str, chosen: Sequence[str]) -> bool:
        """Tell whether wrong formulas give the same from these own values: then these can't tell right from wrong."""
        known = rivals()
        touching = {mistake.says for mistake, _, changed in known if changed and key in changed}
        same = {
            mistake.says
            for mistake, program, changed in known
            if changed and key in changed and self._gives(program, key, chosen)
        }
        return len(same) > max(1, MOST_RIVALS * len(touching))

    def _is_worked_out(self, key: str) -> bool:
        """Tell whether a quantity is more than an argument, or an earlier quantity, handed back on every row."""
        rows = [(row.args, answer[key]) for row, answer in zip(self._rows, self._got, strict=True) if row.args]
        width = min((len(args) for args, _ in rows), default=0)
        earlier = self._usable(self._form.keys[: self._form.keys.index(key)])
        return not any(
            all(self._is_handed_back(args[place], value) for args, value in rows) for place in range(width)
        ) and not any(all(self._is_handed_back(answer[name], answer[key]) for answer in self._got) for name in earlier)

    def _is_handed_back(self, argument: Any, value: Any) -> bool:
        if isinstance(argument, int | float) and isinstance(value, float):
            return self._form.same(value, float(argument))
        return same_argument(argument, value)

    def _usable(self, names: Sequence[str]) -> list[str]:
        return [name for name in names if name in self._form.carried and self._is_there(name)]

    def _is_there(self, key: str) -> bool:
        return not any(isinstance(answer[key], Lacking) for answer in self._got)

    def _can_tell(self, key: str, least: float = 0.5) -> bool:
        """Tell whether the student's values of a quantity change enough to tell right from wrong in what follows.

        Of the random rows, a share of `least` has values of their own, and two at least.
        """
        values = [answer[key] for answer in self._got]
        if not self._is_there(key):
            return False
        if all(isinstance(value, list) for value in values):
            values = [number for value in values for number in value]
        if not values or not all(isinstance(value, float) for value in values):
            return True
        usable = [value for value in values if abs(value) <= LARGEST]
        if 2 * len(usable) <= len(values) or max(usable) - min(usable) < LEAST_SPAN:
            return False
        drawn = [answer[key] for row, answer in zip(self._rows, self._got, strict=True) if row.drawn]
        different = len({round(value, 6) for value in drawn if isinstance(value, float)})
        return not drawn or (different > 1 and different >= least * len(drawn))
