"""Ask a student's function row by row, the lab's own rows first, once per submission, and read its answers.

`Asking` holds what is common; the form of an answer is said by subclasses. `judge` says what the answers are worth.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from autograder.suite.answer_form import Answer, AnswerForm
from autograder.suite.catalogue import MOST_NAMED, words_of
from autograder.suite.failures import StudentFailure
from autograder.suite.library_modules import LibraryModule, argument_in_child
from autograder.suite.quantities import agree, changes, outcome, raised_words
from autograder.suite.rows import Asked, as_row, uniform, written_out
from autograder.suite.stages import CheckFailed, OtherCountFailed
from autograder.suite.variants import Raised, Row

if TYPE_CHECKING:
    import numpy as np

    from autograder.suite.findings import Known
    from autograder.suite.reference import Reference
    from autograder.suite.student import Student
    from autograder.suite.variants import Program


F = TypeVar("F", bound=CheckFailed | StudentFailure)


class Asking(AnswerForm):
    """A function of the student's, the rows that it is asked at, and how its answers are read."""

    needs_a_value = True  # an answer of None is none
    asks_again = True  # the first hidden row at the end; else only where something is wrong

    def __init__(
        self,
        function: str,
        keys: Sequence[str],
        *,
        visible: Sequence[Asked] = (),
        hidden: Sequence[Asked] = (),
        uses: Sequence[Asking] = (),
        instead: Mapping[str, str] | None = None,
        label: str = "",
        otherwise: str = "",
    ) -> None:
        """Judge `function` by its quantities `keys`, in the order of the formulas.

        `visible` rows are the lab's own, `hidden` ones are not; both are tuples of arguments, `by_name(…)` or, for
        hidden ones, `uniform(…)`. `uses` are judges of functions that this one may call: what is right with the
        student's own versions behind it counts as right. `instead`, by the name of such a function, is a public text of
        code that takes its place where the student's gives no answer at all. `label` tells two judges of one function
        apart. `otherwise` is said where something is wrong and no known mistake explains it.
        """
        self.function = function
        self.label = f"{function} {label}".strip()
        self.keys = tuple(keys)
        self._visible, self._hidden = tuple(visible), tuple(hidden)
        self._uses = tuple(uses)
        self._otherwise = otherwise
        self._instead = dict(instead or {})
        self._width = next((len(as_row(row).args) for row in self._visible if as_row(row).args), 1)

    def ask(self, student: Student, row: Row) -> Any:
        """Return what the student's function answers to a row; raises `StudentFailure`."""
        args = [argument_in_child(student, value) for value in row.args]
        kwargs = {name: argument_in_child(student, value) for name, value in row.kwargs.items()}
        if row.seed is not None:
            student.seed(row.seed)
        call = functools.partial(getattr(student, self.function), *args, **kwargs)
        for _ in range(row.times - 1):
            call()
        return self._value(student, call)

    # ------------------------------------------------------------ asking

    def answers(self, student: Student, reference: Reference) -> list[Answer]:
        """The student's answers to the lab's own rows, whole; raises `CheckFailed`, `StudentFailure`."""
        found = self._shown_answers(student, reference)
        for answer, row in zip(found, self._rows(student, "visible"), strict=True):
            if (flaw := self.flaw(answer, row)) is not None:
                raise self._shown(self._named_like(flaw, student, reference, row), self._asked(student, reference))
        return found

    def _shown(self, failure: F, asked: Student) -> F:
        """The failure on the lab's own rows; it may say all where no hidden ones had been asked before."""
        if isinstance(failure, CheckFailed):
            failure.clean = failure.shown = asked.memory.is_clean((self, "visible"))
        return failure

    def _shown_answers(self, student: Student, reference: Reference) -> list[Answer]:
        asked = self._asked(student, reference)
        rows = self._rows(asked, "visible")
        try:
            with student.asking(hidden=False), asked.asking(hidden=False):
                return asked.memory.recall((self, "visible"), lambda: self._ask(asked, reference, rows))
        except CheckFailed as failure:
            raise self._shown(failure, asked) from None

    def everything(self, student: Student, reference: Reference) -> tuple[list[Row], list[Answer]]:
        """All rows, with the student's answers; the first of the hidden ones is asked again at the end."""
        shown = self._shown_answers(student, reference)
        asked = self._asked(student, reference)
        rows = self._rows(asked, "hidden")
        rows = [*rows, *rows[:1]] if self.asks_again else rows
        with student.asking(hidden=True), asked.asking(hidden=True):
            hidden = asked.memory.recall((self, "hidden"), lambda: self._ask(asked, reference, rows))
        return [*self._rows(asked, "visible"), *rows], [*shown, *hidden]

    def gives_answers(self, student: Student, reference: Reference) -> bool:
        """Tell whether the student's function answers the lab's own rows in the right form."""
        try:
            self.answers(student, reference)
        except (CheckFailed, StudentFailure):
            return False
        return True

    def ends_otherwise(self, student: Student, reference: Reference) -> bool:
        """Ask the lab's own rows, and tell whether the answer is no value and no exception: time or memory ran out."""
        try:
            self._shown_answers(student, reference)
        except CheckFailed:
            return False
        except StudentFailure as failure:
            return failure.status not in {"error", "failed"}
        return False

    def _asked(self, student: Student, reference: Reference) -> Student:
        """The student, or the student's program with a public text instead of what gives no answer."""
        lost = [
            self._instead[judge.function]
            for judge in self._uses
            if judge.function in self._instead and not judge.gives_answers(student, reference)
        ]
        return student.with_code("\n\n".join(lost)) if lost else student

    def _rows(self, student: Student, which: str) -> list[Row]:
        spoken = self._visible if which == "visible" else self._hidden
        return student.memory.recall(
            (self, which, "rows"), lambda: written_out(spoken, self._width, student.draws(f"{self.label}.{which}"))
        )

    def _ask(self, student: Student, reference: Reference, rows: Sequence[Row]) -> list[Answer]:
        if type(self).ask is Asking.ask and all(map(_is_plain_call, rows)):
            calls = student.call_all(self.function, [(row.args, row.kwargs) for row in rows])
            given = [functools.partial(self._value, student, call) for call in calls]
        else:
            given = [functools.partial(self.ask, student, row) for row in rows]
        return [self._answered(get, student, reference, row) for get, row in zip(given, rows, strict=True)]

    def _value(self, student: Student, call: Callable[[], Any]) -> Any:
        if (value := call()) is None and self.needs_a_value:
            student.expect_value(self.function)
        return value

    def _ask_one(self, student: Student, reference: Reference, row: Row) -> Answer:
        return self._answered(functools.partial(self.ask, student, row), student, reference, row)

    def _answered(self, get: Callable[[], Any], student: Student, reference: Reference, row: Row) -> Answer:
        """The student's answer to one row. Where there is none, the catalogue is asked what that looks like."""
        try:
            return self.read(get(), row)
        except (CheckFailed, StudentFailure) as failure:
            raise self._named_like(failure, student, reference, row) from None

    def _named_like(self, failure: F, student: Student, reference: Reference, row: Row) -> F:
        """The failure in the words of a mistake that comes to the same bad end, if there is one."""
        if (form := student.text.misshapen(self.function)) is not None:
            failure.message, failure.step, failure.mistake = form.means, form.step, "form of the class"
            return failure
        fits = {
            mistake.says: (mistake, program)
            for mistake, program, _ in reversed(self.known(student, reference))
            if self._is_like(failure, outcome(self, program, row, {}), row)
        }
        if len(fits) > 1:
            fits = {says: found for says, found in fits.items() if found[0].written} or fits
        if len(fits) > 1:  # one row may look alike: those before tell more
            fits = {says: found for says, found in fits.items() if self.gave_so(found[1], student)} or fits
        mistakes = [mistake for mistake, _ in fits.values()][::-1]
        if mistakes and len({mistake.name for mistake in mistakes}) <= MOST_NAMED:
            failure.message, failure.step, failure.mistake = words_of(mistakes[:MOST_NAMED])
        elif isinstance(failure, OtherCountFailed) and (kept := student.text.grows(self.function, returned=True)):
            same = f"`{self.function}` adds its numbers to `{kept}`, which is made once and not anew in each call"
            failure.message = f"{same}: what earlier calls put there is still in it."
            failure.step, failure.mistake = f"Make `{kept}` inside of the function, before the loop.", "list kept"
        return failure

    def gave_so(self, program: Program, student: Student) -> bool:
        """Tell whether a variant gives the student's answers to the lab's own rows, as far as these are there."""
        answers = student.memory.get((self, "visible")) or ()
        for row, answer in zip(self._rows(student, "visible"), answers, strict=False):
            found = outcome(self, program, row, {})
            if isinstance(found, Raised | str) or not all(agree(self, answer[key], found[key]) for key in self.keys):
                return False
        return True

    def known(self, student: Student, reference: Reference) -> list[Known]:
        """The mistakes of the function, without those that would be written otherwise than the student's text is."""
        text = student.text.of(self.function)
        mistakes = reference.mistakes(self)
        return [found for found in mistakes if not found[0].written or re.search(found[0].written, text)]

    def _is_like(self, failure: CheckFailed | StudentFailure, found: Answer | Raised | str, row: Row) -> bool:
        """Tell whether a variant comes to the same bad end: the same words about its form, or the same exception."""
        if isinstance(found, Raised):
            return isinstance(failure, StudentFailure) and (failure.raised, failure.text) == found
        if isinstance(found, Mapping):
            flaw = self.flaw(found, row)
            if isinstance(failure, StudentFailure) and failure.raised:
                return flaw is not None and flaw.message == raised_words(failure.raised, failure.text)
            return flaw is not None and flaw.message == failure.message
        return found == failure.message

    # ------------------------------------------------------------ as functions in the grader

    def own_versions(self, student: Student, reference: Reference) -> dict[str, Callable[..., Any]]:
        """The student's functions that this one may call, as functions in the grader."""
        return {judge.function: judge.ask_as_returned(student, reference) for judge in self._uses}

    def ask_as_returned(self, student: Student, reference: Reference, *, whole: bool = False) -> Callable[..., Any]:
        """The student's function, to be called in the grader: its answers have the form of the solution's.

        Where an answer has to be `whole`, calls raise what is wrong with its form: it may differ from an earlier one.
        """
        asked = self._asked(student, reference)

        def ask(*args: Any, **kwargs: Any) -> Any:
            key = (self, "one", repr((args, sorted(kwargs.items()))))
            answer = asked.memory.recall(key, lambda: self._ask_one(asked, reference, Row(args, kwargs)))
            if whole and (flaw := self.flaw(answer, Row(args, kwargs))) is not None:
                raise flaw
            return self.as_returned(answer)

        return ask

    def run_as_returned(self, reference: Reference, instead: Mapping[str, Callable[..., Any]]) -> Callable[..., Any]:
        """The solution's function with `instead` behind it, to be called in the grader.

        Where those stop it, calls raise `CheckFailed`: what it would return then is no answer to go on with.
        """
        program = reference.program(self, instead=instead)

        def run(*args: Any, **kwargs: Any) -> Any:
            found = outcome(self, program, Row(args, kwargs), {})
            if not isinstance(found, Mapping):
                raise CheckFailed("The solution gives no answer here.")
            return self.as_returned(found)

        return run

    def as_returned(self, answer: Answer) -> Any:
        """An answer in the form that the solution's function returns."""
        return dict(answer)

    def own_rows(self) -> list[Row]:
        """The lab's own rows."""
        return [as_row(asked) for asked in self._visible]

    def trial_rows(self, draw: np.random.Generator, random_rows: int = 0) -> list[Row]:
        """Return the visible and hidden rows, for trials by authors; or `random_rows` new ones, drawn in ±3."""
        spoken = [uniform(-3, 3, rows=random_rows)] if random_rows else [*self._visible, *self._hidden]
        return written_out(spoken, self._width, draw)

    def changed_by(self, program: Program, solution: Program) -> set[str]:
        """The quantities that a variant changes on sample rows that are the same for all."""
        import numpy as np

        return changes(self, program, solution, self.trial_rows(np.random.default_rng(0)))


def _is_plain_call(row: Row) -> bool:
    """Tell whether asking at a row is one call with data."""
    made = any(isinstance(value, LibraryModule) for value in (*row.args, *row.kwargs.values()))
    return row.seed is None and row.times == 1 and not made
