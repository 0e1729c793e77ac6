"""What the suites of labs 1 and 2 share: one step on plain numbers, judged against the reference and its mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.checks import Mistake, close, expect_keys, expect_number, fail, recognise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from autograder.student import Student

Row = tuple[float, ...]
Numbers = dict[str, float]


def rounded(step: Callable[..., Mapping[str, float]], keys: Sequence[str]) -> list[Mistake]:
    """Recipes for a step whose numbers called `keys` were rounded, to five digits after the point down to one."""
    return [
        Mistake(
            "rounded",
            "Your numbers are rounded. Keep every digit; only printing rounds.",
            lambda *inputs, digits=digits: {key: round(step(*inputs)[key], digits) for key in keys},
        )
        for digits in range(5, 0, -1)
    ]


class StepJudge:
    """Judges the dicts that one function of the student's returns."""

    def __init__(self, function: str, keys: Sequence[str], mistakes: Sequence[Mistake]) -> None:
        self._function = function
        self._keys = keys
        self._mistakes = mistakes

    def numbers(self, answer: Any) -> Numbers:  # noqa: ANN401  # plain data
        """The numbers of a returned dict; fails if it is none, lacks a key, or holds something else."""
        found = expect_keys(answer, self._keys, f"`{self._function}`")
        return {key: expect_number(found[key], f"`{key}`") for key in self._keys}

    def known(self, inputs: Sequence[Row], answers: Sequence[Numbers]) -> Mistake | None:
        """The mistake that the answers fit, if there is one."""
        if len(answers) > 1 and all(answer == answers[0] for answer in answers):
            return Mistake(
                "numbers typed in",
                "Your numbers stay the same whatever goes in. Work them out from the function's arguments.",
                dict,
            )
        return recognise(self._mistakes, inputs, answers)

    def judge(self, inputs: Sequence[Row], answers: Sequence[Numbers], wanted: Sequence[Mapping[str, Any]]) -> None:
        """Compare with `wanted`; name the mistake, else the first wrong number in the order of the formulas."""
        wrong = [
            key
            for key in self._keys
            if not all(close(got[key], float(want[key])) for got, want in zip(answers, wanted, strict=True))
        ]
        if not wrong:
            return
        mistake = self.known(inputs, answers)
        if mistake:
            fail(mistake.message, mistake=mistake.name)
        right = [f"`{key}`" for key in self._keys if key not in wrong]
        are = "is" if len(right) == 1 else "are"
        fail(
            f"`{wrong[0]}` has the right type, but the wrong value"
            + (f"; {', '.join(right)} {are} right." if right else ", and so have the others.")
        )

    def judge_table(self, student: Student, given: str, inputs: Row, table: str) -> None:
        """The lab's own copy of `given` prints `table` over the student's function; name the mistake if not."""
        printed = student.printed(given, overlay=["sigmoid", self._function])
        if printed.endswith(table):  # what the function itself prints, warnings included, stands above it
            return
        mistake = self.known([inputs], [self.numbers(getattr(student, self._function)(*inputs))])
        lines = zip(printed.splitlines()[-table.count("\n") :], table.splitlines(), strict=False)
        got, expected = next((pair for pair in lines if pair[0] != pair[1]), (printed[-400:], table))
        fail(
            mistake.message if mistake else f"The table that {given} prints differs.",
            expected=expected,
            got=got[:400],
            mistake=mistake.name if mistake else None,
        )
