"""`autograder.suite.stages`: what counts as a number, what each judgement says."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from autograder.sandbox.values import Array, Handle
from autograder.suite.disclosure import if_shown, told
from autograder.suite.failures import StudentObject
from autograder.suite.stages import (
    CheckFailed,
    as_number,
    describe,
    expect_keys,
    expect_number,
    expect_numbers,
    fail,
    name,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def array(values: object, dtype: str = "float64", kind: str = "ndarray") -> Array:
    """An array as it arrives from a child."""
    made = np.array(values, dtype=dtype)
    return Array(kind, dtype, made.shape, made.tobytes())


def kept(type_name: str) -> StudentObject:
    """An object that stayed in its child."""
    student: Any = SimpleNamespace(names=["GRUClassifier"])
    return StudentObject(student, Handle(0, type_name), 1)


def said(judgement: Callable[..., object], *args: Any, **kwargs: Any) -> CheckFailed:
    """What a judgement that fails has to say."""
    with pytest.raises(CheckFailed) as caught:
        judgement(*args, **kwargs)
    caught.value.message = told(caught.value.message, shown=True)
    return caught.value


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (2, 2.0),
        (0.5, 0.5),
        (-(2**63), -(2.0**63)),
        (array(0.5), 0.5),
        (array(3, "int64"), 3.0),
        (array(0.5, "float16", "tensor"), 0.5),
        (math.inf, math.inf),
    ],
)
def test_number_of_any_kind_counts(value: object, number: float) -> None:
    """Python's numbers and 0-d arrays and tensors of any number type are numbers."""
    assert as_number(value) == number


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, "True or False"),
        (array(True, "bool"), "an array of shape ()"),  # the value under test
        ("0.5", "a text"),
        (None, "None"),
        ([0.5], "a sequence of 1"),
        ({"value": 0.5}, "a dict"),
        (array([0.5]), "an array of shape (1,)"),
        (array([[0.5]], kind="tensor"), "a tensor of shape (1, 1)"),
        (kept("Decimal"), "an object of type Decimal"),
    ],
)
def test_what_is_no_number_is_called_by_its_kind(value: object, kind: str) -> None:
    """A bool, a text, an array of one and the like are refused, each by its own words."""
    failed = said(expect_number, value, "`h_t`")

    assert failed.message == f"`h_t` should be a number, but is {kind}."


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, array(math.nan, "float32", "tensor")])
def test_number_must_be_finite(value: object) -> None:
    """NaN and infinity are numbers, but not ones to go on with."""
    assert "not a finite number" in said(expect_number, value, "`h_t`").message


# ---------------------------------------------------------------- sequences and dicts


@pytest.mark.parametrize("value", [[1, 2.0], [array(1.0), 2], array([1, 2], "int32"), array([1.0, 2.0], kind="tensor")])
def test_sequence_of_any_kind_counts(value: object) -> None:
    """Lists of numbers, one-dimensional arrays and tensors come out as floats."""
    assert expect_numbers(value, "the result", count=2) == [1.0, 2.0]


def test_empty_sequence() -> None:
    """No numbers are asked for, and none come."""
    assert expect_numbers([], "the result", count=0) == []
    assert expect_numbers(array([]), "the result", count=0) == []


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "the result should be a sequence of numbers, but is None."),
        (0.5, "the result should be a sequence of numbers, but is a number."),
        ("12", "the result should be a sequence of numbers, but is a text."),
        ({}, "the result should be a sequence of numbers, but is a dict."),
        (array([[1.0, 2.0]]), "the result should be a sequence of numbers, but is an array of shape (1, 2)."),
        (kept("generator"), "the result should be a sequence of numbers, but is an object of type generator."),
        ([1.0], "the result should have 2 numbers, one for each that goes in, but has 1."),
        (array([1.0, 2.0, 3.0]), "the result should have 2 numbers, one for each that goes in, but has 3."),
        ([1.0, "2"], "Number 2 of the result should be a number, but is a text."),
        ([1.0, math.nan], "Number 2 of the result is nan, not a finite number."),
        (array([True, False], "bool"), "Number 1 of the result should be a number, but is True or False."),
    ],
)
def test_what_is_no_sequence_of_two_numbers_is_told(value: object, words: str) -> None:
    """Kind first, then length, then the first item that is no number, by its place."""
    assert said(expect_numbers, value, "the result", count=2).message == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "`step` should return a dict, but returned None."),
        ([1, 2], "`step` should return a dict, but returned a sequence of 2."),
        ({"c_t": 1}, "The dict that `step` returned lacks `h_t`."),
        ({}, "The dict that `step` returned lacks `c_t`, `h_t`."),
        ({"step": {"c_t": 1}}, "The dict that `step` returned lacks `c_t`, `h_t`: it holds further dicts."),
    ],
)
def test_what_lacks_keys_is_told(value: object, words: str) -> None:
    """No dict at all, or the keys that are missing, in the order asked for."""
    assert said(expect_keys, value, ["c_t", "h_t"], "`step`").message == words


@pytest.mark.parametrize(
    ("value", "step"),
    [
        ({"c_t": 1}, "Add `h_t` to the dict"),
        ({"c_t": 1, "ht": 2}, "letter by letter: `h_t` is not among the dict's names."),
        ({"c": 1, "h": 2}, "letter by letter: `c_t`, `h_t` are not among the dict's names."),
        ({}, "the name between quotation marks"),
        (kept("set"), "a colon between each name and its value"),
        ([1, 2], "Put each value under its name"),
    ],
)
def test_step_to_a_dict_fits_what_came(value: object, step: str) -> None:
    """A name of the student's own is likely meant for one that is missing; a set has commas for colons."""
    assert step in str(said(expect_keys, value, ["c_t", "h_t"], "`step`").step)


@pytest.mark.parametrize(("value", "step"), [([0.5], "A comma at the end of a line"), ({}, "no dict of them")])
def test_step_to_a_number_fits_what_came(value: object, step: str) -> None:
    """A comma too many makes a tuple, which comes as a list."""
    assert step in str(said(expect_number, value, "`h_t`").step)


def test_extra_keys_are_fine() -> None:
    """A dict with more than was asked for comes back whole."""
    assert expect_keys({"c_t": 1, "note": "x"}, ["c_t"], "`step`") == {"c_t": 1, "note": "x"}


def test_long_invented_keys_are_cut() -> None:
    """Keys are the student's own text: what is shown of them is short."""
    failed = said(expect_keys, {"k" * 500: 1}, ["c_t"], "`step`")

    assert failed.got == f"keys `{'k' * 40}`"


# ---------------------------------------------------------------- descriptions and failures


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.123456789, "0.123457"),
        (True, "True"),
        (7, "7"),
        ("a" * 100, f"the text '{'a' * 60}'"),
        ([1, None], "[1, None]"),
        (list(range(9)), "a list of 9"),
        ([[[[1, 2]]]], "[[[a list of 2]]]"),
        ({"a": {"b": {"c": {"d": 1}}}}, "{a: {b: {c: a dict of 1 keys}}}"),
        ({"c_t": 0.5}, "{c_t: 0.5}"),
        ({str(key): key for key in range(13)}, "a dict of 13 keys"),
        (array([1.0, 2.0], "float32", "tensor"), "tensor of shape (2,), float32: [1.0, 2.0]"),
        (array(np.zeros((3, 3))), "ndarray of shape (3, 3), float64"),
        (kept("GRUClassifier"), "an object of type GRUClassifier"),
        (kept("x is 0.123"), "an object of its own"),
    ],
)
def test_value_in_a_few_words(value: object, words: str) -> None:
    """Small values are shown whole, large ones by their size, texts of any length cut."""
    assert describe(value) == words


def test_kinds() -> None:
    """Each kind of plain data has its own words."""
    values: list[object] = [None, True, 1, 1.5, "", [1, 2], {}, array([1], kind="tensor"), array(1), kept("map")]

    assert len({name(value) for value in values}) == len(values) - 1  # int and float are both "a number"


def test_fail_keeps_what_it_is_given() -> None:
    """Message, mistake, expected and got go along; texts stay as they are, other values are described."""
    failed = said(fail, "Wrong.", expected="h_t 0.5", got=[0.25], mistake="swapped mix")

    assert (failed.message, failed.mistake) == ("Wrong.", "swapped mix")
    assert (failed.expected, failed.got) == ("h_t 0.5", "[0.25]")


# ---------------------------------------------------------------- on hidden inputs


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([1.0], "the result should be a number, but is a sequence."),
        (array([[1.0]]), "the result should be a number, but is an array."),
    ],
)
def test_a_size_is_told_on_the_lab_s_own_inputs_only(value: object, words: str) -> None:
    """What a program can choose freely stands in no message about hidden inputs."""
    with pytest.raises(CheckFailed) as caught:
        expect_number(value, "the result")

    assert told(caught.value.message, shown=False) == words
    assert told(caught.value.message, shown=True) == str(caught.value) != words


def test_a_student_s_text_opens_no_part_of_a_message() -> None:
    """The marks around such a part are taken out of what it holds, and a part in a part is told whole."""
    inner = if_shown("x\ue000y\ue001z\ue002", "no")

    assert told(f"a {if_shown(inner, 'b')} c", shown=True) == "a xy c"
    assert told(f"a {if_shown(inner, 'b')} c", shown=False) == "a b c"
    assert told("\ue000 alone", shown=True) == told("\ue000 alone", shown=False) == " alone"
