"""A judge: one graded function, the rows that it is asked at, and what its answers are worth.

Everything that a lab asks for is judged in the same stages: there, type, keys or shape, finite, values, first wrong
quantity, mistake. The rows are asked once per submission, the lab's own first; all checks of the function share the
answers. `Judge` holds what is common; what a right answer looks like is said by its subclasses in `judges`.
"""

from __future__ import annotations

import functools
import itertools
import re
from typing import TYPE_CHECKING, Any, NoReturn

from autograder.suite.asking import Asking, F
from autograder.suite.catalogue import words_of
from autograder.suite.diagnosis import Recogniser
from autograder.suite.failures import StudentFailure
from autograder.suite.findings import Diagnosis, Solution
from autograder.suite.guesses import NOT_KNOWN, Case, guess
from autograder.suite.quantities import Lacking, agree, outcome
from autograder.suite.stages import CheckFailed, fail
from autograder.suite.variants import Raised, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.suite.answer_form import Answer
    from autograder.suite.catalogue import Mistake
    from autograder.suite.reference import Reference
    from autograder.suite.student import Student


class Judge(Asking):
    """The common part of all judges of a function that is asked row by row."""

    counts_digits = (
        False  # whether `right` fails on rounded numbers; where it does not, `every_digit` is a check of its own
    )
    one_price = "judge"  # within which a mistake costs only the first check that it fails: or "function", or "check"
    lacking_costs = False  # whether what is not there at all costs each check, even if the same mistake explains it

    def right(self, student: Student, reference: Reference, *keys: str, rounded: bool = False) -> None:
        """Fail unless each of `keys` (all, where none is given) is right on all rows; name the mistake if it is known.

        Rounded numbers pass where another check is about them: always in a dict, else where `rounded` says so.
        """
        found = self.diagnosis(student, reference)
        if self.counts_digits and not rounded and found.rounded & set(keys or self.keys):
            self.every_digit(student, reference)
        for key in keys or self.keys:
            student.memory.recall((self, "judged", key), lambda: student.memory.current_check)
            if key not in found.right | found.rounded:
                self._fail(found, key, student, reference)

    def every_digit(self, student: Student, reference: Reference) -> None:
        """Fail where numbers are right but rounded, or where none is right."""
        found = self.diagnosis(student, reference)
        if found.rounded:
            keys = [f"`{key}`" for key in self.keys if key in found.rounded]
            which = f" ({', '.join(keys)})" if len(self.keys) > 1 else ""
            first = student.memory.recall(("rounded", self.function), lambda: student.memory.current_check)
            because = first if first != student.memory.current_check else None
            fail(
                f"Your numbers are rounded{which}. Keep every digit; only printing rounds.",
                mistake="rounded",
                step="Take the rounding out, and return the numbers as they come.",
                because=because,
                charged=because is None,
            )
        if not found.right:
            fail(
                "None of the numbers is right yet.",
                step="Correct the values first.",
                because=self._where(student, self.keys[0]),
            )

    def worked_out(self, student: Student, reference: Reference) -> None:
        """Fail where each quantity is the same whatever goes in: what else is asked of the function tells nothing."""
        found = self.diagnosis(student, reference)
        if set(self.keys) <= found.right:
            return
        if set(self.keys) <= found.constant:
            step = "Correct the values first."
            fail(
                "The result is not worked out yet: it stays the same.",
                step=step,
                because=self._where(student, self.keys[0]),
            )
        rows, got = self.everything(student, reference)
        if (place := self._ignored(reference, rows, got)) is not None:
            if found.mistakes:
                because = self._where(student, next(iter(found.mistakes)))
                fail("The values are not right yet.", step="Correct the values first.", because=because)
            argument = reference.argument(self.function, place)
            step = f"Let the result depend on `{argument}`, which the function is given."
            fail(f"The result stays the same for another `{argument}`: use it.", step=step)

    def _ignored(self, reference: Reference, rows: Sequence[Row], got: Sequence[Answer]) -> int | None:
        """The place of an argument that alone makes the solution's answers differ, and never the student's."""
        solution = reference.program(self)
        for place in range(min((len(row.args) for row in rows), default=0)):
            pairs = [
                (first, second)
                for first, second in itertools.combinations(range(len(rows)), 2)
                if _differ_in(place, rows[first], rows[second])
            ]
            right = [tuple(outcome(self, solution, rows[each], {}) for each in pair) for pair in pairs]
            told = [pair for pair, (a, b) in zip(pairs, right, strict=True) if not self._alike(a, b)]
            if told and all(self._alike(got[first], got[second]) for first, second in told):
                return place
        return None

    def _alike(self, first: Any, second: Any) -> bool:
        if isinstance(first, dict) and isinstance(second, dict):
            return all(agree(self, first[key], second[key]) for key in self.keys)
        return type(first) is type(second)

    def explained(self, flaw: F, key: str, student: Student, reference: Reference) -> F:
        """A flaw of `key` in the words of the mistake, if any, that gives all answers to the lab's own rows."""
        rows, got = self._rows(student, "visible"), self._shown_answers(student, reference)
        solutions = [Solution(reference.program(self))]
        recogniser = Recogniser(self, rows, got)
        found = recogniser.judge(solutions)
        known = self.known(student, reference)
        if isinstance(flaw, StudentFailure):  # an exception's text says little: all of the lab's own rows have to agree
            known = [entry for entry in known if self.gave_so(entry[1], student)]
        recogniser.explain(found, known, solutions)
        if mistakes := found.mistakes.get(key):
            flaw.message, flaw.step, flaw.mistake = words_of(mistakes)
        return self._shown(flaw, self._asked(student, reference))

    def failing(self, student: Student, reference: Reference, key: str) -> str | None:
        """The check that `key` has failed already; None where it is right, or has not been judged."""
        try:
            found = self.diagnosis(student, reference)
        except (CheckFailed, StudentFailure):
            return None
        return self._where(student, key) if key not in found.right else None

    def diagnosis(self, student: Student, reference: Reference) -> Diagnosis:
        """Return what is right, and what explains the rest; worked out once per submission."""
        return student.memory.recall((self, "diagnosis"), lambda: self._diagnose(student, reference))

    def _diagnose(self, student: Student, reference: Reference) -> Diagnosis:
        rows, got = self.everything(student, reference)
        with student.asking(hidden=True):  # what follows from them is asked of the functions that this one uses
            return self._explained(student, reference, rows, got)

    def _explained(self, student: Student, reference: Reference, rows: list[Row], got: list[Answer]) -> Diagnosis:
        recogniser = Recogniser(self, rows, got)
        solutions = [Solution(reference.program(self))]
        rivals = functools.cache(lambda: reference.mistakes(self))
        found = recogniser.judge(solutions, rivals)
        if found.doubtful and self._uses:
            own = self.own_versions(student, reference)
            names = " or ".join(own)
            solutions += [Solution(reference.program(self, instead=own), names)] if own else []
            found = recogniser.judge(solutions, rivals)
        if found.wrong(self.keys):
            found.unsteady = self._is_unsteady(student, reference, rows, got)
            recogniser.explain(found, self.known(student, reference), solutions)
        return found

    def _is_unsteady(self, student: Student, reference: Reference, rows: list[Row], got: list[Answer]) -> bool:
        """Tell whether the first of the hidden rows, asked again, is answered otherwise."""
        first = got[len(self._visible) : len(self._visible) + 1]
        if not first:
            return False
        again = got[-1]
        if not self.asks_again:
            again = self._ask_one(self._asked(student, reference), reference, rows[len(self._visible)])
        return any(not agree(self, first[0][key], again[key]) for key in self.keys)

    def _where(self, student: Student, key: str) -> str | None:
        """The check that judges `key`, if it is another one that has run."""
        judged = student.memory.get((self, "judged", key))
        return judged if judged != student.memory.current_check else None

    def _fail(self, found: Diagnosis, key: str, student: Student, reference: Reference) -> NoReturn:
        rows, got = self.everything(student, reference)
        shown = self._first_shown(key, student, reference, rows, got)
        if (cause := found.follows.get(key)) is not None:
            fail(
                f"`{key}` follows from your `{cause}`, which hardly changes: correct that first.",
                step=f"Correct `{cause}`, and look at this again: it may be right already.",
                because=self._where(student, cause),
                **shown,
            )
        mistakes = found.mistakes.get(key, [])
        if mistakes:
            within = self.function if self.one_price == "function" else self.label
            which = ("named", within, tuple(mistake.says for mistake in mistakes))
            first = student.memory.recall(which, lambda: student.memory.current_check)
            because = first if first != student.memory.current_check else None
            there = not self.lacking_costs or not any(isinstance(answer[key], Lacking) for answer in got)
            charged = because is None or not there or self.one_price == "check"
            says, step, named = words_of(mistakes)
            if key in found.cut:
                says, step = f"{says} Besides, the numbers are rounded.", f"{step} Then take the rounding out, too."
            fail(says, mistake=named, step=step, because=because, charged=charged, **shown)
        lacking = next((answer[key] for answer in got if isinstance(answer[key], Lacking)), None)
        if lacking is not None:
            if isinstance(lacking.failure, StudentFailure):
                raise lacking.failure
            fail(lacking.failure.message, mistake=lacking.failure.mistake, step=lacking.failure.step, **shown)
        if (said := guess(self, Case(found, key, student, reference, rows, got))) is not None:
            fail(said.says, mistake=said.name or None, step=said.next, **shown)
        fail(self._otherwise or f"{self.unexplained(found, key)} {NOT_KNOWN}", **shown)

    def nearly(self, key: str, rows: Sequence[Row], got: Sequence[Answer], reference: Reference) -> bool:
        """Tell whether a wrong quantity differs from the right one by so little that digits were lost on the way."""
        return False

    def whole(self, key: str, rows: Sequence[Row], got: Sequence[Answer], reference: Reference) -> bool:
        """Tell whether a wrong quantity is the right one without its digits after the point."""
        return False

    def sign(self, student: Student, reference: Reference) -> Mistake | None:
        """A mistake that the student's own text shows, for where no numbers tell it."""
        text = student.text.of(self.function)
        return next((entry for entry in reference.signs(self.function) if re.search(entry.written, text)), None)

    def named(self, key: str) -> str:
        """A quantity as the subject of a sentence."""
        return f"`{key}`"

    def unexplained(self, found: Diagnosis, key: str) -> str:
        """Say what is wrong with a quantity that no known mistake explains, and what before it is right."""
        before = [f"`{name}`" for name in self.keys[: self.keys.index(key)] if name in found.right | found.rounded]
        are = "is" if len(before) == 1 else "are"
        right = f"; {', '.join(before)} {are} right" if before else ""
        return f"{self.named(key)} has the right type, but the wrong value{right}."

    def _first_shown(
        self, key: str, student: Student, reference: Reference, rows: Sequence[Row], got: Sequence[Answer]
    ) -> dict[str, Any]:
        """Return expected and got at the first of the lab's own rows that is wrong, where that may be shown."""
        asked = self._asked(student, reference)
        if not asked.memory.is_clean((self, "visible")):
            return {}
        solution = reference.program(self)
        for row, answer in zip(rows[: len(self._visible)], got, strict=False):
            right = outcome(self, solution, row, {})
            if not isinstance(right, Raised | str) and not agree(self, answer[key], right[key]):
                got_shown = f"{key}: nothing" if isinstance(answer[key], Lacking) else self.shown(key, answer[key])
                return {"expected": self.shown(key, right[key]), "got": got_shown, "shown": True}
        return {}


def _differ_in(place: int, first: Row, second: Row) -> bool:
    """Tell whether two rows hold the very same things but at one place of their arguments."""
    return (
        len(first.args) == len(second.args)
        and first.args[place] is not second.args[place]
        and all(a is b for n, (a, b) in enumerate(zip(first.args, second.args, strict=True)) if n != place)
        and first.kwargs == second.kwargs
    )
