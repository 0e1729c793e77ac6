"""Say of a wrong quantity what can be said where no known mistake gives the student's numbers.

What the student's own text shows comes first, then what all answers together show; where neither says anything, the
student reads that the mistake is not a known one. Nobody is accused of what was not done.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from autograder.suite.answer_form import Fact
from autograder.suite.form_facts import DRAWS, RESETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.suite.answer_form import Answer
    from autograder.suite.catalogue import Mistake
    from autograder.suite.findings import Diagnosis
    from autograder.suite.reference import Reference
    from autograder.suite.student import Student
    from autograder.suite.variants import Row

NOT_KNOWN = "It is not a mistake that is known here; it may be two at once."
_UNSTEADY = "Your function gives two answers to the same question"
_LAYERS = re.compile(r"\b(?:torch\.)?nn\.(?:\w*(?:Cell|Linear|Embedding)|Conv\w+|(?![A-Z]*LU\b)[A-Z]{3,4})(?=\()")
"""Layers of torch's that begin with random weights; of names in capitals, those that end in LU have none."""
_CLASS = re.compile(r"^class ", re.MULTILINE)


class Judged(Protocol):
    """A judge, as far as its answers are looked at here: `Judge` is one."""

    function: str
    keys: tuple[str, ...]

    def same(self, got: Any, wanted: Any) -> bool:
        """Tell whether two values of a quantity agree."""

    def named(self, key: str) -> str:
        """A quantity as the subject of a sentence."""

    def unexplained(self, found: Diagnosis, key: str) -> str:
        """The words for a quantity that nothing explains."""

    def sign(self, student: Student, reference: Reference) -> Mistake | None:
        """A mistake that the student's own text shows."""

    def general(self, key: str, rows: Sequence[Row], got: Sequence[Answer], text: str) -> Fact | None:
        """The words of a rule for all labs."""

    def against_right(self, key: str, rows: Sequence[Row], got: Sequence[Answer], reference: Reference) -> Fact | None:
        """The words of a rule that needs the right values beside the wrong ones."""

    def whole(self, key: str, rows: Sequence[Row], got: Sequence[Answer], reference: Reference) -> bool:
        """Tell whether all that stands behind the point is gone."""

    def nearly(self, key: str, rows: Sequence[Row], got: Sequence[Answer], reference: Reference) -> bool:
        """Tell whether digits were lost on the way."""


class Case(NamedTuple):
    """A wrong quantity, and all that was asked and answered."""

    found: Diagnosis
    key: str
    student: Student
    reference: Reference
    rows: Sequence[Row]
    got: Sequence[Answer]


def guess(judge: Judged, case: Case) -> Fact | None:
    """The first thing that can be said of a wrong quantity of a judge; None where nothing can."""
    return next(_all(judge, case), None)


def _all(judge: Judged, case: Case) -> Iterator[Fact]:
    function, key, written = judge.function, case.key, case.student.text
    text = written.of(function)
    if (sign := judge.sign(case.student, case.reference)) is not None:
        yield Fact(sign.name, sign.says, sign.next)
    rules = (
        _reordered(function, written.parameters(function), case.reference),
        judge.general(key, case.rows, case.got, text),
        judge.against_right(key, case.rows, case.got, case.reference),
    )
    yield from (fact for fact in rules if fact is not None)
    if case.found.unsteady:
        yield unsteady(text, case.reference.answer(function), written.grows(function) or written.outside(function))
    if key in case.found.constant:
        yield constant(judge.named(key), reads=written.reads_an_argument(function, key))
    if (twin := _twin(judge, case)) is not None:
        yield twin
    if judge.whole(key, case.rows, case.got, case.reference):
        says = f"{judge.named(key)} would be right, but has only whole numbers: what stands behind the point is gone."
        step = "Take int(…), round(…) and // out. An array made of whole numbers keeps no others: make it by np.zeros."
        yield Fact("whole numbers", says, step)
    if judge.nearly(key, case.rows, case.got, case.reference):
        says = f"{judge.named(key)} is right in its first three digits only, and differs behind them."
        step = "Look for a number that is cut short in the formula, such as 2.718, and for half precision (float16)."
        yield Fact("digits lost on the way", says, step)
    if (other := written.outside(function)) is not None:
        says = f"{judge.unexplained(case.found, key)} {NOT_KNOWN} It uses `{other}`, which is made outside of it."
        yield Fact("", says, f"Make `{other}` inside of {function}, from its arguments.")


def _reordered(function: str, mine: list[str], reference: Reference) -> Fact | None:
    """Say that the parameters are the lab's, in another order: calls by position then mix them up."""
    labs = reference.parameters(function)
    if mine == labs or sorted(mine) != sorted(labs):
        return None
    first = next(place for place, name in enumerate(labs) if mine[place] != name)
    says = (
        f"In the first line of `{function}`, `{mine[first]}` stands where the lab has `{labs[first]}`: "
        "whoever hands the arguments over by their places mixes them up."
    )
    return Fact("parameters in another order", says, f"Put them in the lab's order: {', '.join(labs)}.")


def _twin(judge: Judged, case: Case) -> Fact | None:
    """Say that a quantity is another one, or an argument, on all rows: numbers only, and not one number alone."""
    mine = [answer[case.key] for answer in case.got]
    if not all(isinstance(value, float) for value in mine) or len({round(value, 6) for value in mine}) < 3:
        return None
    named, rows = judge.named(case.key), case.rows
    for place in range(max(len(row.args) for row in rows)):
        argument = case.reference.argument(judge.function, place)
        given = [row.args[place] if place < len(row.args) else row.kwargs.get(argument) for row in rows]
        if _all_same(judge, mine, given):
            says = f"{named} is the argument `{argument}` each time, just as it was handed over."
            return Fact("argument handed back", says, "Is it worked out, and is the result what you return?")
    for other in judge.keys:
        if other != case.key and _all_same(judge, mine, [answer[other] for answer in case.got]):
            says = f"{named} is the same number as your `{other}`, each time."
            return Fact(
                "value under another name",
                says,
                f"Compare the lines for {named} and `{other}`, and what is stored there.",
            )
    return None


def _all_same(judge: Judged, mine: Sequence[Any], others: Sequence[Any]) -> bool:
    return all(
        isinstance(other, int | float) and judge.same(value, float(other))
        for value, other in zip(mine, others, strict=True)
    )


def unsteady(text: str, solution: str, outside: str | None = None) -> Fact:
    """Say what makes a function's answers differ from call to call, by its text, and the next step.

    `outside` is a thing that it uses and that is made once, outside of it.
    """
    name = "differs from call to call"
    if "shuffle=True" in text:
        return Fact(name, f"{_UNSTEADY}: it shuffles its rows.", "Take shuffle=True out, and keep the rows' order.")
    if kept := re.search(r"^ *(?:global|nonlocal) (\w+)", text, re.MULTILINE):
        says = f"{_UNSTEADY}: it keeps `{kept[1]}` from call to call, by `{kept[0].split()[0]}`."
        return Fact(name, says, f"Take that line out, and work `{kept[1]}` out from the arguments.")
    call = next((call for call in DRAWS.findall(text) if call.rpartition(".")[2] not in solution), None)
    if call:
        return Fact(name, f"{_UNSTEADY}: it calls `{call}`, which draws random numbers.", f"Take `{call}` out.")
    in_a_function = _CLASS.search(text) is None  # a class makes its layers once for all calls
    layers = (layer for layer in _LAYERS.findall(text) if f"{layer.rpartition('.')[2]}(" not in solution)
    layer = next(layers, None) if in_a_function else None
    if layer:
        says = f"{_UNSTEADY}: it makes a `{layer}`, whose weights are random, anew in each call."
        return Fact(name, says, f"Take `{layer}` out, and work everything out from the arguments.")
    if reset := next((reset for reset in RESETS.findall(text) if reset not in solution), None):
        says = f"{_UNSTEADY}: it draws new weights for a module, by `{reset}`."
        return Fact("weights drawn anew", says, "Take that out, and use the weights that the module has.")
    if outside:
        says = f"{_UNSTEADY}. It uses `{outside}`, which is made once, outside of it, and may keep what a call leaves."
        return Fact(name, says, f"Make `{outside}` inside of the function, or do without it.")
    step = "Look for what draws random numbers, and for what stands outside of the function and is changed in it."
    return Fact(name, f"{_UNSTEADY}. Something in it is random, or is kept from call to call.", step)


def constant(named: str, *, reads: bool) -> Fact:
    """Say that a quantity is the same on all rows; `reads` tells that the function uses one of its arguments."""
    same = f"{named} stays the same whatever goes in."
    if reads:
        step = "Print the parts of the formula for two different inputs: from one line on they are alike."
        return Fact("always the same", f"{same} The arguments are used, but make no difference.", step)
    step = "Use the function's arguments in the formula, instead of numbers of the lab's example."
    return Fact("numbers typed in", f"{same} Work it out from the function's arguments.", step)
