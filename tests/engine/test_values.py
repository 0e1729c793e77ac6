"""What a student returns becomes plain data once, in the child, whatever it claims to be."""

from __future__ import annotations

import math
from collections import OrderedDict, UserDict, defaultdict, namedtuple
from enum import IntEnum
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from liars import Impostor, LyingArray, LyingDict, LyingFloat, LyingInt, LyingList, LyingTensor, LyingText, LyingTuple

from autograder.sandbox import protocol as p
from autograder.sandbox.child_process import read_answer
from autograder.sandbox.errors import ProtocolError
from autograder.sandbox.scan import EXTENSION_ITEMS, MAX_DEPTH, MAX_ITEMS
from autograder.sandbox.values import Encoder, Handle, TooLargeError, enc_hook
from autograder.suite.stages import as_number


def sent(value: object) -> Any:
    """`value` as it arrives on the other side; an object that stays is a handle."""
    kept: list[object] = []

    def keep(item: object) -> Handle:
        kept.append(item)
        return Handle(len(kept) - 1, type(item).__name__)

    answer = p.Answer(1, p.Returned(Encoder(keep).encode(value)))
    reply = read_answer(msgspec.msgpack.encode(answer, enc_hook=enc_hook)).reply
    assert isinstance(reply, p.Returned)
    return reply.value


Colour = IntEnum("Colour", {"RED": 3})
Point = namedtuple("Point", "x y")  # what a student writes


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (LyingFloat(2.5), 2.5),
        (LyingInt(7), 7),
        (LyingText("wrong"), "wrong"),
        (LyingDict(a=2), {"a": 2}),
        (LyingList([2, 3]), [2, 3]),
        (LyingTuple((2, 3)), [2, 3]),
        ({LyingText("k"): LyingFloat(2.5)}, {"k": 2.5}),
    ],
)
def test_a_lying_subclass_is_sent_as_what_it_is(value: object, truth: object) -> None:
    """The built-in value below it, in a built-in type."""
    found = sent(value)

    assert found == truth
    assert type(found) is type(truth)


@pytest.mark.parametrize("maker", ["array", "tensor"])
def test_a_lying_array_is_sent_as_its_data(maker: str) -> None:
    """Whatever its methods answer."""
    twos = np.full(3, 2.0).view(LyingArray) if maker == "array" else torch.full((3,), 2.0).as_subclass(LyingTensor)

    assert sent(twos).numpy().tolist() == [2.0, 2.0, 2.0]


@pytest.mark.parametrize(
    "value",
    [
        Impostor(),
        object(),
        2**64,
        -(2**63) - 1,
        10**10_000,
        1 + 2j,
        b"bytes",
        {1, 2},
        range(3),
        Fraction(1, 2),
        UserDict(a=1),
        SimpleNamespace(h_t=1.0),
        lambda: 1,
        np.array(["text"]),
        np.array([object()]),
        np.array([1j]),
        np.datetime64("2026-01-01"),
        np.complex128(1j),
        torch.ones(2, dtype=torch.bfloat16),
        torch.ones(2).to_sparse(),
        torch.ones(2, device="meta"),
        torch.ones(2, dtype=torch.complex64),
        torch.nn.Linear(1, 1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_has_no_plain_form_stays_behind_a_handle(value: object) -> None:
    """Such a thing is no number, and nothing of it is sent but its type's name."""
    found = sent(value)

    assert isinstance(found, Handle)
    assert found.type_name == type(value).__name__
    assert as_number(found) is None


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (np.float32(0.5), 0.5),
        (np.float64(0.5), 0.5),
        (np.float16(0.5), 0.5),
        (np.longdouble(0.5), 0.5),
        (np.int64(3), 3.0),
        (np.uint8(3), 3.0),
        (np.array(0.5), 0.5),
        (np.ma.masked_array(0.5), 0.5),
        (torch.tensor(0.5), 0.5),
        (torch.tensor(0.5, requires_grad=True), 0.5),
        (torch.nn.Parameter(torch.tensor(0.5)), 0.5),
        (torch.tensor(0.5, dtype=torch.float64) * torch.tensor(1.0, requires_grad=True), 0.5),
        (Colour.RED, 3.0),
        (2**64 - 1, float(2**64 - 1)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_kind_of_number_arrives_as_a_number(value: object, number: float) -> None:
    """Python's, NumPy's, arrays and tensors without axes, with a gradient or not."""
    assert as_number(sent(value)) == number


@pytest.mark.parametrize("value", [True, np.True_, torch.ones(()) > 0, "0.5", np.ones(1), torch.ones(1), None], ids=str)
def test_what_is_no_number_arrives_as_none(value: object) -> None:
    """Bools, texts, and arrays with an axis."""
    assert as_number(sent(value)) is None


def test_nan_and_infinity_arrive_as_they_are() -> None:
    """They compare like themselves, so that they match nothing by accident."""
    assert math.isnan(sent(float("nan")))
    assert sent([math.inf, -math.inf]) == [math.inf, -math.inf]
    assert np.isnan(sent(np.array([np.nan])).numpy()).all()


def test_containers_of_the_library_are_plain() -> None:
    """Tuples, named tuples, shapes, ordered and default dicts."""
    assert sent((Point(1, 2), torch.Size([3]))) == [[1, 2], [3]]
    assert sent(OrderedDict(a=1)) == {"a": 1}
    assert sent(defaultdict(list, a=[1])) == {"a": [1]}


def test_keys_that_are_no_text_are_left_out() -> None:
    """They have no plain form, and extra keys are nobody's mistake."""
    assert sent({1: 2, "a": 1, ("b",): 2}) == {"a": 1}


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6.0).reshape(2, 3).T,
        np.arange(4, dtype=">f8"),
        np.arange(4, dtype=">i2"),
        np.arange(10)[::-3],
        np.array([]),
        np.zeros((0, 3)),
        np.zeros((2, 3, 4), dtype=np.float16),
        np.array([True, False]),
        np.array(3, dtype=np.uint64),
        np.broadcast_to(np.float64(2), (3, 4)),
    ],
    ids=lambda array: f"{array.dtype}{array.shape}",
)
def test_an_array_arrives_with_shape_type_and_values(array: np.ndarray[Any, Any]) -> None:
    """Transposed, reversed, big-endian, empty and broadcast ones too; and as a tensor, where torch has the type."""
    found = sent(array)

    assert (found.shape, found.kind) == (array.shape, "ndarray")
    assert np.array_equal(found.numpy(), array)
    if array.dtype.isnative and array.flags.writeable and all(step >= 0 for step in array.strides):
        tensor = sent(torch.from_numpy(array))
        assert (tensor.kind, tensor.dtype) == ("tensor", array.dtype.name)
        assert np.array_equal(tensor.numpy(), array)


@pytest.mark.parametrize(
    "value",
    [
        list(range(600_000)),
        "x" * (2**20 + 1),
        {"a": "x" * (2**20 + 1)},
        np.zeros(2**22),
        torch.zeros(2**23),
        np.broadcast_to(np.float64(0), (10**12,)),
        torch.zeros(1).expand(10**12),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_too_large_is_refused_before_it_takes_memory(value: object) -> None:
    """Long lists and texts, large arrays, and small ones that claim an endless axis."""
    with pytest.raises(TooLargeError):
        sent(value)


def test_a_cycle_comes_to_an_end() -> None:
    """A list in itself is sent to a depth, and no further; one that branches is refused."""
    once: list[object] = []
    once.append(once)
    depth, found = 0, sent(once)
    while isinstance(found, list):
        depth, found = depth + 1, found[0]

    assert isinstance(found, Handle)
    assert depth < MAX_DEPTH
    thrice: list[object] = []
    thrice += [thrice, thrice, thrice]
    with pytest.raises(TooLargeError):
        sent(thrice)


def test_surrogates_are_replaced() -> None:
    """A text that is no Unicode can't break the frame."""
    assert sent(["\ud800a", {"\udfff": 1}]) == ["?a", {"?": 1}]


@pytest.mark.parametrize(
    "value", [[{1: 2}], [b"x"], [{1.5: 2}], [{None: 2}], [{b"k": 2}], msgspec.msgpack.Ext(-1, bytes(4)), [[]] * 500_202]
)
def test_what_no_honest_child_sends_is_refused(value: object) -> None:
    """Keys, types and sizes are checked again on arrival."""
    with pytest.raises(ProtocolError):
        read_answer(msgspec.msgpack.encode([1, {"type": "Returned", "value": value}]))


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=5),
    max_leaves=30,
)


@given(plain)
def test_plain_data_arrives_unchanged(value: object) -> None:
    """Whatever is made of the plain kinds."""
    assert sent(value) == value


def test_many_objects_are_too_much_data_and_no_broken_protocol() -> None:
    """An honest child stops at as many handles as the grader takes: the student reads of data, not of a crash."""
    most = MAX_ITEMS // EXTENSION_ITEMS - 1

    assert len(sent([object()] * most)) == most
    with pytest.raises(TooLargeError):
        sent([object()] * (most + 2))
