"""Mistakes of lab 3 that end in an exception: which texts of torch's and Python's give them away, and what to say.

Only the lab's own inputs are explained like that: on hidden ones the text stays in the grader.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from autograder.suite.failures import StudentFailure
from autograder.suite.stages import fail

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class ErrorMistake(NamedTuple):
    """A mistake that ends in an exception: its type, a pattern in its text, and what to say."""

    kind: str
    pattern: str
    name: str
    message: str


LSTM_FOR_GRU = ErrorMistake(
    "ValueError",
    r"expected 2, got 1",
    "GRU unpacked like an LSTM",
    "A GRU returns out and h, and there is no c to unpack: that pair, (h, c), is the LSTM's.",
)
PAIR_FOR_H = ErrorMistake(
    "AttributeError",
    r"'tuple' object has no attribute",
    "pair taken for h",
    "The second thing that an LSTM returns is the pair (h, c). Take h out of it before you go on.",
)
SHAPE_ERRORS = [
    LSTM_FOR_GRU,
    PAIR_FOR_H,
    ErrorMistake(
        "ValueError",
        r"expected 3, got 2",
        "LSTM unpacked into three",
        "An LSTM returns two things, of which the second is a pair: out, (h, c).",
    ),
    ErrorMistake(
        "RuntimeError",
        r"(?i)expected 16,? got 8",
        "input and hidden size swapped",
        "The module expects hidden_size numbers per step: it takes input_size first, then hidden_size.",
    ),
    ErrorMistake(
        "RuntimeError",
        r"(?i)expected 8,? got \d+",
        "axes of x in the wrong order",
        "The last axis of x should be input_size: x is (batch_size, seq_len, input_size).",
    ),
    ErrorMistake(
        "TypeError",
        r"invalid combination of arguments|num_layers",
        "batch_first by position",
        "The module's third argument is num_layers. Name the other one: batch_first=True.",
    ),
    ErrorMistake(
        "TypeError",
        r"required positional argument",
        "no default sizes",
        "The lab calls shape_check() without arguments: keep the default sizes of the stub's first line.",
    ),
]
STATE_ERRORS = [
    LSTM_FOR_GRU,
    PAIR_FOR_H,
    ErrorMistake(
        "TypeError",
        r"tuple indices must be|linear\(\).*tuple|not tuple",
        "pair taken for h",
        "The second thing that an LSTM returns is the pair (h, c). Take h out of it before you go on.",
    ),
    ErrorMistake(
        "IndexError",
        r"index 1 is out of bounds for dimension 0",
        "second layer for last",
        "h[1] is the second layer, and here is only one. The last one is h[-1], however many there are.",
    ),
    ErrorMistake(
        "ValueError",
        r"expected 3, got 2",
        "LSTM unpacked into three",
        "An LSTM returns two things, of which the second is a pair: out, (h, c).",
    ),
]


def told(failure: StudentFailure, errors: Sequence[ErrorMistake]) -> NoReturn:
    """Fail with what `failure` says and, if its text is to be shown, the mistake behind it; else raise it again."""
    for mistake in errors:
        if failure.raised == mistake.kind and re.search(mistake.pattern, failure.message):
            place = f", at {failure.where}" if failure.where else ""
            said = failure.message.partition("\n")[0]  # torch lists every signature below the first line
            fail(f"{said.rstrip('.,: ')}{place}. {mistake.message}", mistake=mistake.name)
    raise failure


def asked(call: Callable[[], Any], errors: Sequence[ErrorMistake]) -> Any:  # noqa: ANN401  # plain data
    """What `call` gives; an exception of the student's is explained where `errors` knows it."""
    try:
        return call()
    except StudentFailure as failure:
        told(failure, errors)
