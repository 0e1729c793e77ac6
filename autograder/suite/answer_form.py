"""The form of a function's answers: quantities, how they are read and compared, and general rules about wrong ones.

`AnswerForm` is said by the judges; `asking` asks, `judge` says what the answers are worth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from autograder.suite.quantities import Lacking
from autograder.suite.stages import describe
from autograder.suite.variants import Row, call

if TYPE_CHECKING:
    from autograder.suite.failures import StudentFailure
    from autograder.suite.reference import Reference
    from autograder.suite.stages import CheckFailed

Answer = Mapping[str, Any]


class Fact(NamedTuple):
    """The words of a general rule about a wrong quantity."""

    name: str  # for the record
    says: str
    next: str


class AnswerForm:
    """The form of an answer, as subclasses say it."""

    keys: tuple[str, ...]
    names_constants = True  # a mistake is named for what is the same on all rows too

    @property
    def carried(self) -> tuple[str, ...]:
        """The quantities that stand as assignments in the solution: what follows is judged by the student's own."""
        return self.keys

    def run(self, function: Callable[..., Any], row: Row) -> Any:
        """Return what `ask` would, for a function in this process: the solution's, or a changed one."""
        return call(function, row)

    def flaw(self, answer: Answer, row: Row) -> CheckFailed | StudentFailure | None:  # for subclasses
        """Return what is wrong with the form of an answer that was read; None if nothing is."""
        return next((value.failure for value in answer.values() if isinstance(value, Lacking)), None)

    def general(self, key: str, rows: Sequence[Row], got: Sequence[Answer], text: str) -> Fact | None:
        """Say of a wrong quantity what a rule for all labs says, where no mistake is known; None where no rule fits.

        `text` is the student's own, of the function and its helpers, without comments.
        """
        return None

    def against_right(self, key: str, rows: Sequence[Row], got: Sequence[Answer], reference: Reference) -> Fact | None:
        """Say of a wrong quantity what is seen with the right values beside it; None where no rule fits."""
        return None

    def apart(self) -> frozenset[str]:  # for subclasses
        """The quantities that nothing else follows from, and that may be wrong by a second mistake of their own."""
        return frozenset()

    def read(self, value: Any, row: Row) -> Answer:
        """The quantities in an answer to `row`; raises `CheckFailed` where it has another form."""
        raise NotImplementedError

    def varies(self, key: str) -> bool:  # for subclasses
        """Tell whether a right quantity changes from row to row; one that doesn't is not taken for typed in."""
        return True

    def same(self, got: Any, wanted: Any) -> bool:
        """Tell whether two values of a quantity agree."""
        raise NotImplementedError

    def is_rounded(self, got: Any, wanted: Any, digits: int) -> bool:  # a quantity
        """Tell whether `got` is `wanted`, rounded to `digits` after the point."""
        return False

    def shown(self, key: str, value: Any) -> str:
        """A quantity in a student's words."""
        return f"{key} {describe(value)}"
