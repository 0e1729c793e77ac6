"""A judge: one graded function, the rows that it is asked at, and what its answers are worth.

Everything that a lab asks for is judged in the same stages: there, type, keys or shape, finite, values, first wrong
quantity, mistake. The rows are asked once per submission, the lab's own first; all checks of the function share the
answers. `Judge` holds what is common; what a right answer looks like is said by its subclasses in `judges`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeVar

from autograder.suite.diagnosis import Diagnosis, Lacking, Recogniser, Solution, agree, changes, outcome
from autograder.suite.failures import StudentFailure
from autograder.suite.library_modules import in_child
from autograder.suite.rows import Asked, as_row, uniform, written_out
from autograder.suite.stages import CheckFailed, describe, fail
from autograder.suite.variants import Raised, Row, call

if TYPE_CHECKING:
    import numpy as np

    from autograder.suite.reference import Reference
    from autograder.suite.student import Student
    from autograder.suite.variants import Program

Answer = Mapping[str, Any]


class Fact(NamedTuple):
    """What is said of a wrong quantity by a general rule."""

    name: str  # for the record
    says: str
    next: str


F = TypeVar("F", bound=CheckFailed | StudentFailure)
UNSTEADY = (
    "Your function gives two answers to the same question. Something in it is random, or is kept from call to call."
)


class Judge:
    """What is common to all judges of a function that is asked row by row."""

    counts_digits = (
        False  # whether `right` fails on rounded numbers; where it does not, `every_digit` is a check of its own
    )
    asks_again = True  # the first hidden row at the end; else only where something is wrong

    def __init__(
        self,
        function: str,
        keys: Sequence[str],
        *,
        visible: Sequence[Asked] = (),
        hidden: Sequence[Asked] = (),
        uses: Sequence[Judge] = (),
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

    # ------------------------------------------------------------ the form, said by subclasses

    @property
    def carried(self) -> tuple[str, ...]:
        """The quantities that stand as assignments in the solution: what follows is judged by the student's own."""
        return self.keys

    def ask(self, student: Student, row: Row) -> Any:  # noqa: ANN401  # plain data
        """What the student's function answers to a row; raises `StudentFailure`."""
        args = [in_child(student, value) for value in row.args]
        kwargs = {name: in_child(student, value) for name, value in row.kwargs.items()}
        if row.seed is not None:
            student.seed(row.seed)
        value = None
        for _ in range(row.times):
            value = getattr(student, self.function)(*args, **kwargs)
        return value

    def run(self, function: Callable[..., Any], row: Row) -> Any:  # noqa: ANN401  # as `ask` has it
        """The same of a function in this process."""
        return call(function, row)

    def flaw(self, answer: Answer, row: Row) -> CheckFailed | StudentFailure | None:  # noqa: ARG002  # for subclasses
        """What is wrong with the form of an answer that was read, if anything is."""
        return next((value.failure for value in answer.values() if isinstance(value, Lacking)), None)

    def general(self, key: str, rows: Sequence[Row], got: Sequence[Answer]) -> Fact | None:  # noqa: ARG002
        """What can be said of a wrong quantity by a rule that holds for all labs, where no mistake is known."""
        return None

    def read(self, value: Any, row: Row) -> Answer:  # noqa: ANN401  # plain data
        """The quantities in an answer to `row`; raises `CheckFailed` where it has another form."""
        raise NotImplementedError

    def same(self, got: Any, wanted: Any) -> bool:  # noqa: ANN401  # a quantity
        """Whether two values of a quantity agree."""
        raise NotImplementedError

    def rounded(self, got: Any, wanted: Any, digits: int) -> bool:  # noqa: ANN401, ARG002  # a quantity
        """Whether `got` is `wanted`, rounded to `digits` after the point."""
        return False

    def shown(self, key: str, value: Any) -> str:  # noqa: ANN401  # a quantity
        """A quantity in a student's words."""
        return f"{key} {describe(value)}"

    # ------------------------------------------------------------ asking

    def answers(self, student: Student, reference: Reference) -> list[Answer]:
        """The student's answers to the lab's own rows, whole; raises `CheckFailed`, `StudentFailure`."""
        found = self._shown_answers(student, reference)
        for answer, row in zip(found, self._rows(student, "visible"), strict=True):
            if (flaw := self.flaw(answer, row)) is not None:
                raise self._named_like(flaw, reference, row)
        return found

    def _shown_answers(self, student: Student, reference: Reference) -> list[Answer]:
        asked = self._asked(student, reference)
        rows = self._rows(asked, "visible")
        return asked.memory.recall((self, "visible"), lambda: self._ask(asked, reference, rows), anew=True)

    def everything(self, student: Student, reference: Reference) -> tuple[list[Row], list[Answer]]:
        """All rows, with the student's answers; the first of the hidden ones is asked again at the end."""
        shown = self._shown_answers(student, reference)
        asked = self._asked(student, reference)
        rows = self._rows(asked, "hidden")
        rows = [*rows, *rows[:1]] if self.asks_again else rows
        hidden = asked.memory.recall((self, "hidden"), lambda: self._ask(asked, reference, rows))
        return [*self._rows(asked, "visible"), *rows], [*shown, *hidden]

    def gives_answers(self, student: Student, reference: Reference) -> bool:
        """Whether the student's function answers the lab's own rows in the right form."""
        try:
            self.answers(student, reference)
        except (CheckFailed, StudentFailure):
            return False
        return True

    def _asked(self, student: Student, reference: Reference) -> Student:
        """The student, or the student's program with a public text in the place of what gives no answer."""
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
        return [self._ask_one(student, reference, row) for row in rows]

    def _ask_one(self, student: Student, reference: Reference, row: Row) -> Answer:
        """The student's answer to one row. Where there is none, the catalogue is asked what that looks like."""
        try:
            return self.read(self.ask(student, row), row)
        except CheckFailed as failure:
            raise self._named_like(failure, reference, row) from None
        except StudentFailure as failure:
            raise self._named_like(failure, reference, row) from None

    def _named_like(self, failure: F, reference: Reference, row: Row) -> F:
        """The failure in the words of a mistake that comes to the same bad end, if there is one."""
        for mistake, program, _ in reference.mistakes(self):
            if self._is_like(failure, outcome(self, program, row, {}), row):
                failure.message, failure.step, failure.mistake = mistake.says, mistake.next, mistake.name
                break
        return failure

    def _is_like(self, failure: CheckFailed | StudentFailure, found: Answer | Raised | str, row: Row) -> bool:
        """Whether a variant comes to the same bad end: the same words about its form, or the same exception."""
        if isinstance(found, Raised):
            return isinstance(failure, StudentFailure) and (failure.raised, failure.text) == found
        if isinstance(found, Mapping):
            flaw = self.flaw(found, row)
            return flaw is not None and flaw.message == failure.message
        return found == failure.message

    # ------------------------------------------------------------ judging

    def right(self, student: Student, reference: Reference, *keys: str, rounded: bool = False) -> None:
        """Fail unless each of `keys` (all, where none is given) is right on all rows; name the mistake if it is known.

        Rounded numbers pass where another check is about them: always in a dict, else where `rounded` says so.
        """
        found = self.diagnosis(student, reference)
        if self.counts_digits and not rounded and found.rounded:
            self.every_digit(student, reference)
        for key in keys or self.keys:
            student.memory.recall((self, "judged", key), lambda: student.memory.at_work)
            if key not in found.right | found.rounded:
                self._fail(found, key, student, reference)

    def every_digit(self, student: Student, reference: Reference) -> None:
        """Fail where numbers are right but rounded, or where none is right."""
        found = self.diagnosis(student, reference)
        if found.rounded:
            named = ", ".join(f"`{key}`" for key in self.keys if key in found.rounded)
            fail(
                f"Your numbers are rounded ({named}). Keep every digit; only printing rounds.",
                mistake="rounded",
                step="Take the rounding out, and return the numbers as they come.",
            )
        if not found.right:
            fail("None of the numbers is right yet.", because=self._where(student, self.keys[0]))

    def diagnosis(self, student: Student, reference: Reference) -> Diagnosis:
        """What is right, and what explains the rest; worked out once per submission."""
        rows, got = self.everything(student, reference)
        return student.memory.recall((self, "diagnosis"), lambda: self._diagnose(student, reference, rows, got))

    def _diagnose(self, student: Student, reference: Reference, rows: list[Row], got: list[Answer]) -> Diagnosis:
        recogniser = Recogniser(self, rows, got)
        solutions = [Solution(reference.program(self))]
        found = recogniser.judge(solutions)
        if found.doubtful and self._uses:
            own = self.own_versions(student, reference)
            names = " or ".join(own)
            solutions += [Solution(reference.program(self, instead=own), names)] if own else []
            found = recogniser.judge(solutions)
        if found.wrong(self.keys):
            found.unsteady = self._is_unsteady(student, reference, rows, got)
            recogniser.explain(found, reference.mistakes(self), solutions)
        return found

    def _is_unsteady(self, student: Student, reference: Reference, rows: list[Row], got: list[Answer]) -> bool:
        """Whether the first of the hidden rows, asked again, is answered otherwise."""
        first = got[len(self._visible) : len(self._visible) + 1]
        again = got[-1:]
        if not self.asks_again and first:
            again = [self._ask_one(self._asked(student, reference), reference, rows[len(self._visible)])]
        return any(not agree(self, a[key], b[key]) for a, b in zip(first, again, strict=True) for key in a)

    def own_versions(self, student: Student, reference: Reference) -> dict[str, Callable[..., Any]]:
        """The student's functions that this one may call, as functions in the grader."""
        return {judge.function: judge.ask_as_returned(student, reference) for judge in self._uses}

    def ask_as_returned(self, student: Student, reference: Reference) -> Callable[..., Any]:
        """The student's function, to be called in the grader: its answers have the form of the solution's."""
        asked = self._asked(student, reference)

        def ask(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # as the function has it
            key = (self, "one", repr((args, sorted(kwargs.items()))))
            answer = asked.memory.recall(key, lambda: self._ask_one(asked, reference, Row(args, kwargs)), anew=True)
            return self.as_returned(answer)

        return ask

    def run_as_returned(self, reference: Reference, instead: Mapping[str, Callable[..., Any]]) -> Callable[..., Any]:
        """The solution's function with `instead` behind it, to be called in the grader."""
        program = reference.program(self, instead=instead)

        def run(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # as the function has it
            found = outcome(self, program, Row(args, kwargs), {})
            return self.as_returned(found) if isinstance(found, Mapping) else None

        return run

    def as_returned(self, answer: Answer) -> Any:  # noqa: ANN401  # as the function has it
        """An answer in the form that the solution's function returns."""
        return dict(answer)

    def own_rows(self) -> list[Row]:
        """The lab's own rows."""
        return [as_row(asked) for asked in self._visible]

    def sample_rows(self, draw: np.random.Generator, random_rows: int = 0) -> list[Row]:
        """Rows as a submission would be asked, or `random_rows` of numbers in ±3."""
        spoken = [uniform(-3, 3, rows=random_rows)] if random_rows else [*self._visible, *self._hidden]
        return written_out(spoken, self._width, draw)

    def changed_by(self, program: Program, solution: Program) -> set[str]:
        """The quantities that a variant changes on sample rows that are the same for all."""
        import numpy as np  # noqa: PLC0415  # slow

        return changes(self, program, solution, self.sample_rows(np.random.default_rng(0)))

    def _where(self, student: Student, key: str) -> str | None:
        """The check that judges `key`, if it is another one that has run."""
        judged = student.memory.get((self, "judged", key))
        return judged if judged != student.memory.at_work else None

    def _fail(self, found: Diagnosis, key: str, student: Student, reference: Reference) -> NoReturn:
        rows, got = self.everything(student, reference)
        shown = self._first_shown(key, student, reference, rows, got)
        if (cause := found.follows.get(key)) is not None:
            fail(
                f"`{key}` follows from your `{cause}`, which hardly changes: correct that first.",
                because=self._where(student, cause),
                **shown,
            )
        mistakes = found.mistakes.get(key, [])
        if mistakes:
            same = [name for name in self.keys[: self.keys.index(key)] if found.mistakes.get(name) == mistakes]
            because = next(filter(None, (self._where(student, name) for name in same)), None)
            fail(
                " Or: ".join(mistake.says for mistake in mistakes),
                mistake=" or ".join(dict.fromkeys(mistake.name for mistake in mistakes)),
                step=" Or: ".join(dict.fromkeys(mistake.next for mistake in mistakes)),
                because=because,
                charged=because is None,
                **shown,
            )
        lacking = next((answer[key] for answer in got if isinstance(answer[key], Lacking)), None)
        if lacking is not None:
            if isinstance(lacking.failure, StudentFailure):
                raise lacking.failure
            fail(lacking.message, **shown)
        if (fact := self.general(key, rows, got)) is not None:
            fail(fact.says, mistake=fact.name, step=fact.next, **shown)
        if found.unsteady:
            fail(UNSTEADY, mistake="differs from call to call", **shown)
        if key in found.constant:
            fail(
                f"{self.named(key)} stays the same whatever goes in. Work it out from the function's arguments.",
                mistake="numbers typed in",
                step="Use the function's arguments in the formula, instead of numbers of the lab's example.",
                **shown,
            )
        fail(self._otherwise or self.unknown(found, key), **shown)

    def named(self, key: str) -> str:
        """A quantity as the subject of a sentence."""
        return f"`{key}`"

    def unknown(self, found: Diagnosis, key: str) -> str:
        """What is said of a wrong quantity that no known mistake explains."""
        before = [f"`{name}`" for name in self.keys[: self.keys.index(key)] if name in found.right | found.rounded]
        are = "is" if len(before) == 1 else "are"
        return f"{self.named(key)} has the right type, but the wrong value" + (
            f"; {', '.join(before)} {are} right." if before else "."
        )

    def _first_shown(
        self, key: str, student: Student, reference: Reference, rows: Sequence[Row], got: Sequence[Answer]
    ) -> dict[str, Any]:
        """Expected and got at the first of the lab's own rows that is wrong, where that may be shown."""
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
