"""Two judges of what a function does beside its answer: what it refuses, and what it leaves alone."""

from __future__ import annotations

import builtins
import re
from typing import TYPE_CHECKING, Any

from autograder.suite.answer_form import Fact
from autograder.suite.failures import StudentFailure
from autograder.suite.judge import Judge
from autograder.suite.judge_arrays import near
from autograder.suite.library_modules import argument_here
from autograder.suite.module_here import ModuleHere
from autograder.suite.variants import call

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from autograder.suite.answer_form import Answer
    from autograder.suite.failures import StudentObject
    from autograder.suite.findings import Diagnosis
    from autograder.suite.rows import Asked
    from autograder.suite.student import Student
    from autograder.suite.variants import Row

REFUSED, ACCEPTED, AS_BEFORE = "refused", "accepted", "as before"
_KNOWN = {"AssertionError", "Exception", "KeyError", "NameError", "TypeError", "UnboundLocalError", "RuntimeError"}


class RefusalJudge(Judge):
    """Judges that a function raises an exception of one type at rows that it should refuse, and none at others."""

    asks_again = False
    needs_a_value = False
    one_price = "function"

    def __init__(self, function: str, raises: str, **more: Any) -> None:
        """`raises` is the exception's type; one derived from it will do."""
        super().__init__(function, [REFUSED], **more)
        self._raises = raises

    @property
    def carried(self) -> tuple[str, ...]:
        """No quantity that a program can be given."""
        return ()

    def ask(self, student: Student, row: Row) -> str:
        """Return the type of the exception that ends the call, or "accepted" where it returns.

        A derived type counts as the wanted one. Raises `StudentFailure` where a limit ends the call.
        """
        try:
            super().ask(student, row)
        except StudentFailure as failure:
            if failure.status != "error":
                raise
            return self._raises if self._raises in failure.kinds else failure.raised or ""
        return ACCEPTED

    def run(self, function: Callable[..., Any], row: Row) -> str:
        """Return what `ask` would, for a function in this process: the solution's, or a changed one."""
        try:
            call(function, row)
        except Exception as error:  # that is what is asked for
            kinds = [kind.__name__ for kind in type(error).__mro__]
            return self._raises if self._raises in kinds else kinds[0]
        return ACCEPTED

    def read(self, value: Any, row: Row) -> dict[str, str]:  # see `Judge`
        """Return the outcome of the call."""
        return {REFUSED: str(value)}

    def same(self, got: Any, wanted: Any) -> bool:
        """Tell whether both end in the same way."""
        return bool(got == wanted)

    def shown(self, key: str, value: Any) -> str:  # see `Judge`
        """Show the outcome of the call; an unknown exception is not named."""
        known = value in _KNOWN | {ACCEPTED, self._raises}
        return str(value) if known else "another exception"

    def general(self, key: str, rows: Sequence[Row], got: Sequence[Answer], text: str) -> Fact | None:  # see `Judge`
        """Tell that a call ends by another exception than the one that is asked for."""
        if all(answer[REFUSED] in {ACCEPTED, self._raises} for answer in got):
            return None
        if lost := _unknown_name(text):
            says = f"Python knows no exception called `{lost}`, so that raising it ends by a NameError."
            return Fact("unknown exception", says, f"Write the name as Python does: {self._raises}.")
        says = f"A call of `{self.function}` ends by another exception than {self._raises}."
        step = f"Call it with what its docstring allows, and with what it does not: only that raises {self._raises}."
        return Fact("another exception", says, step)

    def unexplained(self, found: Diagnosis, key: str) -> str:  # see `Judge`
        """Say what is wrong where no known mistake explains it."""
        return f"`{self.function}` should raise {self._raises} where its contract says so, and nowhere else."


def _unknown_name(text: str) -> str | None:
    """A name that the text raises and that nothing binds: neither Python nor the text itself."""
    for name in re.findall(r"^ *raise (\w+)", text, re.MULTILINE):
        if not hasattr(builtins, name) and not re.search(rf"\b(?:class|import|as) +{name}\b|\b{name}\b *=", text):
            return str(name)
    return None


class UntouchedJudge(Judge):
    """Judges that a function leaves weights and gradients of its first argument, a `LibraryModule`, as they are."""

    asks_again = False
    one_price = "function"

    def __init__(self, function: str, **more: Any) -> None:
        super().__init__(function, ["weights", "gradients"], **more)

    @property
    def carried(self) -> tuple[str, ...]:
        """No quantity that a program can be given."""
        return ()

    def ask(self, student: Student, row: Row) -> dict[str, Any]:
        """Return what a call leaves of weights and gradients filled by a backward pass; raises `StudentFailure`."""
        model = row.args[0].make_in_child(student)
        return _left(model, row, lambda: getattr(student, self.function)(model, *row.args[1:], **row.kwargs))

    def run(self, function: Callable[..., Any], row: Row) -> dict[str, Any]:
        """Return what `ask` would, for a function in this process: the solution's, or a changed one."""
        model = row.args[0].make_here()
        return _left(ModuleHere(model), row, lambda: function(model, *map(argument_here, row.args[1:]), **row.kwargs))

    def read(self, value: Any, row: Row) -> dict[str, Any]:  # see `Judge`
        """Return `AS_BEFORE` where a thing is that, bit for bit, else the numbers."""
        return {
            key: AS_BEFORE if value[key] is None else [array.numpy() if array else None for array in value[key]]
            for key in self.keys
        }

    def same(self, got: Any, wanted: Any) -> bool:
        """Tell whether both are as before, or both changed to the same."""
        if isinstance(got, str) or isinstance(wanted, str):
            return got is wanted
        return len(got) == len(wanted) and all(
            a is b if a is None or b is None else near(a, b) for a, b in zip(got, wanted, strict=True)
        )

    def shown(self, key: str, value: Any) -> str:
        """Say whether the weights or gradients changed."""
        return f"{key} {'changed' if value != AS_BEFORE else AS_BEFORE}"

    def general(self, key: str, rows: Sequence[Row], got: Sequence[Answer], text: str) -> Fact:  # see `Judge`
        """Say that the function changes what it should leave alone."""
        return Fact(
            f"{self.function} changes {key}",
            f"`{self.function}` changes the model's {key}. It should only look.",
            "Take out what trains, runs backward or clears gradients.",
        )


def _left(model: StudentObject | ModuleHere, row: Row, call_it: Callable[[], Any]) -> dict[str, Any]:
    """Return weights and gradients after a call; None instead of what is as it was before."""
    model.backward(row.args[1])
    before = model.weights(), model.gradients()
    call_it()
    after: tuple[list[tuple[str, Any]], list[tuple[str, Any]]] = model.weights(), model.gradients()
    both = zip(("weights", "gradients"), before, after, strict=True)
    return {key: None if new == old else [array for _, array in new] for key, old, new in both}


def refusal(
    function: str,
    *,
    raises: str,
    visible: Sequence[Asked],
    hidden: Sequence[Asked] = (),
    **more: Any,
) -> RefusalJudge:
    """Judge what a function refuses: at each row it has to end as the solution does, by `raises` or by an answer."""
    return RefusalJudge(function, raises, visible=visible, hidden=hidden, **more)


def untouched(
    function: str,
    *,
    visible: Sequence[Asked] = (),
    hidden: Sequence[Asked] = (),
    **more: Any,
) -> UntouchedJudge:
    """Judge that a function leaves the module it is given alone: quantities `weights` and `gradients`.

    A row's first argument is a `LibraryModule` with weights, its second what the module is called with.
    """
    return UntouchedJudge(function, visible=visible, hidden=hidden, **more)
