"""Define how a check fails, and the judgements of plain data that all judges share.

A check passes by returning, fails by `fail(…)` or by one of the judgements here, each of which says what is wrong in
the student's words: missing, then type, then keys or shape. A plain `assert` works too, but its text goes to staff.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NoReturn

from autograder.errors import KitError
from autograder.sandbox.values import Array
from autograder.suite.disclosure import if_shown, told
from autograder.suite.failures import StudentObject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

RETURN = "End the function with a line `return …`, which hands the result back; print only shows it."
"""The next step where a function gives None."""
TOLERANCE = 1e-6
"""Absolute agreement of scalars (lesson: float32 is fine for inputs in ±3, rounding to printed decimals is not)."""


class CheckFailed(KitError):  # it is an outcome
    """A check failed with a message for the student."""

    def __init__(
        self,
        message: str,
        *,
        expected: str | None = None,
        got: str | None = None,
        mistake: str | None = None,
        step: str | None = None,
        because: str | None = None,
        charged: bool = True,
        shown: bool = False,
    ) -> None:
        super().__init__(told(message, shown=True))
        self.message = message
        self.expected = expected
        self.got = got
        self.mistake = mistake
        self.step = step  # the mistake's own, or the stage's; the check's hint stands where there is neither
        self.because = because
        self.charged = charged
        self.shown = shown
        self.clean = False  # about the lab's own inputs, asked before any hidden ones: the message is told whole
        self.shared = False  # remembered: other checks may raise the very same failure


class OtherCountFailed(CheckFailed):
    """A sequence has more or fewer numbers than it should."""


def fail(
    message: str,
    *,
    expected: object = None,
    got: object = None,
    mistake: str | None = None,
    step: str | None = None,
    because: str | None = None,
    charged: bool = True,
    shown: bool = False,
) -> NoReturn:
    """Fail the check with a message for the student; what their program chose of it stands in `if_shown(…)`.

    `expected` and `got` are shown if the check is visible, or where `shown` says that they belong to the lab's own
    inputs and were asked before any hidden ones. `mistake` is the name of a known mistake, `step` its own next step,
    instead of the check's hint. `because` is the id of the check that this one fails with; where that
    is the very same fact, it is `charged` there alone.
    """
    raise CheckFailed(
        message,
        expected=_shown(expected),
        got=_shown(got),
        mistake=mistake,
        step=step,
        because=because,
        charged=charged,
        shown=shown,
    )


def _shown(value: object) -> str | None:
    return None if value is None else told(value if isinstance(value, str) else describe(value), shown=True)


_OBJECTS = {"ndarray": "an array", "Tensor": "a tensor", "its own": "an object of its own", "set": "a set"}
"""Arrays stay in the child, as objects, where their kind of numbers is not taken."""
_MOST_DEPTH = 3  # of a value that is described: a list of eight lists of eight is long enough


def describe(value: object, depth: int = 0) -> str:
    """A value in a few words, shape first where there is one; what stands in it at `depth` 3 by its kind only."""
    match value:
        case Array(kind=kind, shape=shape, dtype=dtype):
            content = f": {value.numpy().tolist()}" if math.prod(shape) <= 8 else ""
            return f"{kind} of shape {shape}, {dtype}{content}"
        case StudentObject(type_name=type_name):
            return _OBJECTS.get(type_name, f"an object of type {type_name}")
        case float():
            return f"{value:.6g}"
        case str():
            return f"the text {value[:60]!r}"
        case list() if len(value) > 8 or depth == _MOST_DEPTH:
            return f"a list of {len(value)}"
        case list():
            return "[" + ", ".join(describe(item, depth + 1) for item in value) + "]"
        case dict() if len(value) > 12 or depth == _MOST_DEPTH:
            return f"a dict of {len(value)} keys"
        case dict():
            return "{" + ", ".join(f"{key[:40]}: {describe(item, depth + 1)}" for key, item in value.items()) + "}"
        case bool() | None:
            return str(value)
    return str(value)[:80]


def name(value: object) -> str:
    """The kind of a value: "a dict", "a tensor of shape (3,)", "None"; its size is for the lab's own inputs."""
    match value:
        case None:
            return "None"
        case bool():
            return "True or False"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a sequence" + if_shown(f" of {len(value)}")
        case dict():
            return "a dict"
        case Array(kind="tensor", shape=shape):
            return "a tensor" + if_shown(f" of shape {shape}")
        case Array(shape=shape):
            return "an array" + if_shown(f" of shape {shape}")
    return describe(value)


def as_number(value: object) -> float | None:
    """A number as the course counts it (Python's, NumPy's, a 0-d array or tensor), else None. No bool, no text."""
    if isinstance(value, Array) and value.shape == () and value.dtype != "bool":
        return float(value.numpy())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return None


def expect_number(value: object, what: str) -> float:
    """Return `value` as a float; fails if it is no number or not finite."""
    number = as_number(value)
    if number is None:
        fail(f"{what} should be a number, but is {name(value)}.", got=value, step=_to_a_number(value))
    if not math.isfinite(number):
        step = "Look for a division by 0, a log of 0, or numbers that grow without end."
        fail(f"{what} is {number}, not a finite number.", got=value, step=step)
    return number


def _to_a_number(value: object) -> str:
    """The next step from another value to a single number."""
    match value:
        case None:
            return RETURN
        case str():
            return "Leave the number a number: take str(…), f-strings and formatting out; printing makes a text of it."
        case list():
            return (
                "Hand back a single number here, with no other beside it and no brackets around it. "
                "A comma at the end of a line makes a tuple, too: take it out."
            )
        case dict():
            return "Hand back a single number here, and no dict of them."
        case Array() | StudentObject(type_name="ndarray" | "Tensor"):
            return "Make one number of it: work with single numbers, or take the one that is asked for out of it."
        case StudentObject():
            return "Is a pair of brackets missing behind a name? Hand back what the call gives, a single number."
    return "Hand back a single number."


def expect_numbers(value: object, what: str, *, count: int | None = None) -> list[float]:
    """A sequence of numbers (list, tuple, one-dimensional array or tensor) as floats; `count` says how many."""
    items: Iterable[object]
    if isinstance(value, Array) and len(value.shape) == 1:
        items = value.numpy().tolist()
    elif isinstance(value, list):
        items = value
    else:
        step = RETURN if value is None else "Collect the numbers in a list, and return that list after the loop."
        fail(f"{what} should be a sequence of numbers, but is {name(value)}.", got=value, step=step)
    found = list(items)
    if count is not None and len(found) != count:
        why = "one for each that goes in" if count else "as none goes in"
        wanted = f"{count} {'number' if count == 1 else 'numbers'}, {why}"
        words = f"{what} should have {wanted}, but has {if_shown(len(found), 'more or fewer')}."
        raise OtherCountFailed(words, got=_shown(value), step=_to_as_many(count))
    for place, item in enumerate(found, 1):
        if (number := as_number(item)) is None or not math.isfinite(number):
            expect_number(item, f"{if_shown(f'Number {place}', 'A number')} of {what}")
    return [expect_number(item, what) for item in found]


def _to_as_many(count: int) -> str:
    """The next step to a list of `count` numbers."""
    if count == 0:
        return "Let the list be empty when the loop begins: no number to start from, and none of an earlier call."
    return (
        "Let the loop go through all of them, from the first (its position is 0) to the last; "
        "append one number in each round, and return the list after the loop."
    )


def expect_keys(value: object, keys: Sequence[str], what: str) -> dict[str, Any]:
    """A dict with at least `keys`."""
    if not isinstance(value, dict):
        fail(
            f"{what} should return a dict, but returned {name(value)}.",
            expected=f"a dict with {quoted(keys)}" if keys else "a dict",
            got=value,
            step=_to_a_dict(value),
        )
    missing = [key for key in keys if key not in value]
    if missing:
        nested = len(missing) == len(keys) and value and all(isinstance(part, dict) for part in value.values())
        fail(
            f"The dict that {what} returned lacks {quoted(missing)}{': it holds further dicts' if nested else ''}.",
            expected=f"keys {quoted(keys)}",
            got=f"keys {quoted([key[:40] for key in list(value)[:20]]) or 'none'}",
            step=_to_its_keys(value, keys, missing, nested=bool(nested)),
        )
    return value


def _to_a_dict(value: object) -> str:
    """The next step from another value to a dict."""
    if value is None:
        return RETURN
    if isinstance(value, StudentObject) and value.type_name == "set":
        return "Write a colon between each name and its value: with commas alone, {…} is a set and no dict."
    return "Put each value under its name: {…} with the names of the docstring."


def _to_its_keys(value: Mapping[str, Any], keys: Sequence[str], missing: Sequence[str], *, nested: bool) -> str:
    """The next step to a dict with all of `keys`: a name of the student's own is likely one of those that miss."""
    if nested:
        return f"Put each value straight into one dict, under its whole name: {quoted(missing)}."
    if not value:
        return "Put each value into the dict under its name, and the name between quotation marks: it is a text."
    if set(value) <= set(keys):
        return f"Add {quoted(missing)} to the dict, spelled in that very way, between quotation marks."
    are = "is" if len(missing) == 1 else "are"
    return (
        f"Name the values as the docstring does, letter by letter: {quoted(missing)} {are} not among the dict's names."
    )


def quoted(words: Iterable[str]) -> str:
    """Return names as a list within a sentence."""
    return ", ".join(f"`{word}`" for word in words)
