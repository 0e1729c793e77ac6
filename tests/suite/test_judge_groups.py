"""Judges that ask groups of rows: arrays by what they are about, and dicts of shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import torch
from judged import HereStudent, TextReference, verdict

from autograder.suite import Group, array_by_group, array_of, dict_of_numbers, dict_of_shapes, number
from autograder.suite.stages import CheckFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.suite.judge import Judge

LAST = "def last(x):\n    return x[-1]\n"
LASTS = TextReference(
    LAST,
    "{mistake: first, says: That is the first., next: n, in: '[-1]', is: '[0]'}",
    "{mistake: whole, says: That is all., next: n, in: 'x[-1]', is: x}",
    "{mistake: squeezed, says: squeezed, next: n, in: 'x[-1]', is: 'x[-1].squeeze()'}",
    "{mistake: second, says: That is the second., next: n, in: '[-1]', is: '[1]'}",
)


def _x(*shape: int) -> torch.Tensor:
    return torch.linspace(-1, 1, torch.Size(shape).numel()).reshape(shape)


last = array_by_group(
    "last",
    form=lambda x: array_of(*x.shape[1:], letters="(batch, hidden)"),
    groups={
        "one": Group([(_x(1, 3, 5),)], [lambda _draw: [_row(1, 4, 6)]]),
        "several": Group([(_x(2, 3, 5),)], [(_x(3, 4, 6),)]),
        "a batch of one": Group([], [(_x(2, 1, 5),)]),
    },
)


def _row(*shape: int) -> Any:
    from autograder.suite import Row

    return Row((_x(*shape),))


@pytest.mark.parametrize(
    ("new", "form", "failing"),
    [
        ("x[0]", None, {"several": "That is the first.", "a batch of one": "That is the first."}),
        ("x", "That is all.", {"one": "That is all.", "several": "That is all.", "a batch of one": "That is all."}),
        ("x[-1].squeeze()", None, {"a batch of one": "squeezed"}),
        ("x[1]", "That is the second.", {"one": "That is the second.", "several": "That is the second."}),
        ("x[-1] * 2", None, dict.fromkeys(last.keys, "the result has other numbers, or another shape")),
        ("x[-1] if len(x) == 1 or x.shape[1] == 1 else x[-1] * 2", None, {"several": "It is right for one."}),
        ("x[-1].tolist()", None, {}),
        ("x[-1].numpy()", None, {}),
        ("torch.round(x[-1], decimals=1)", None, dict.fromkeys(last.keys, "rounded (`one`")),
        ("None", "`last`'s result should be one tensor, but is None.", {"one": "is None"}),
        ("[x, x[0]]", "is a sequence of tensors, of the shapes (1, 3, 5), (3, 5).", {"several": "is a sequence of"}),
        ("[x, [x]]", "is a sequence of tensors and sequences.", {}),
        ("[1.0, 2.0]", "is a sequence of numbers.", {}),
        ("[[1.0], [2.0, 3.0]]", "have different lengths", {}),
        ("x[-1] / 0", "holds numbers that are not finite", {}),
        ("{'raised': 1, 'failure': 2}", "should be one tensor, but is a dict", {"one": "a dict"}),
        ("x[-1][:2]", "has shape (2, 5), but (batch, hidden) = (3, 5) is expected", {"one": "or another shape"}),
    ],
)
def test_each_group_is_judged_by_itself(new: str, form: str | None, failing: dict[str, str]) -> None:
    """A wrong form fails `answers`, a wrong array its group; a mistake is named if it gives all that it changes."""
    answer = LAST.replace("x[-1]", new)

    of_form = verdict(last, LASTS, answer, form=True)
    assert (of_form.message if of_form else None) == form or (of_form and form and form in of_form.message)
    for group in last.keys:
        found = verdict(last, LASTS, answer, group)
        if group in failing:
            assert found is not None, group
            assert failing[group] in found.message, group
        elif form is None:
            assert found is None, group


def test_rounding_costs_one_check() -> None:
    """It is said at each group and charged at the first one alone."""
    student: Any = HereStudent({"last": lambda x: torch.round(x[-1], decimals=1)})
    charged = []
    for group in last.keys:
        student.memory.current_check = group
        with pytest.raises(CheckFailed, match="rounded") as failed:
            last.right(student, LASTS, group)  # type: ignore[arg-type]  # as one
        charged.append(failed.value.charged)

    assert charged == [True, False, False]


SHAPES = "def shapes(n=4, m=6):\n    x = torch.zeros(n, m, 2)\n    return {'whole': x.shape, 'part': x[0].shape}\n"
OF_SHAPES = TextReference(
    SHAPES,
    "{mistake: squeezed, says: squeezed, next: n, in: x.shape, is: x.squeeze().shape}",
    "{mistake: typed in, says: typed in, next: n, in: 'x[0].shape', is: '(6, 2)'}",
)
shapes = dict_of_shapes(
    "shapes",
    keys=["whole", "part"],
    groups={
        "sizes": Group([(4, 6), (2, 7)], [(3, 5)]),
        "sizes of one": Group([], [(1, 5), (5, 1)]),
    },
)


@pytest.mark.parametrize(
    ("old", "new", "form", "failing"),
    [
        ("x.shape", "x.squeeze().shape", None, {"whole, sizes of one": "squeezed"}),
        ("x[0].shape", "(6, 2)", None, {"part": "typed in", "part, sizes of one": "typed in"}),
        ("x[0].shape", "[m, 2.0]", None, {}),
        (
            "x.shape",
            "(4, m, 2)",
            None,
            {"whole": "first axis is 4 each time", "whole, sizes of one": "a shape, but"},
        ),
        ("x.shape", "None if n == 4 else (4, m, 2)", "is None", {"whole": "is None"}),
        ("x.shape", "(n, n, 2)", None, {"whole": "not the right one", "whole, sizes of one": "is a shape, but"}),
        (
            "x[0].shape",
            "(2, m)",
            None,
            {"part": "not the right one.", "part, sizes of one": "of one is a shape"},
        ),
        (
            "x[0].shape",
            "x[:, 0].shape if n == 1 else x[0].shape",
            None,
            {"part, sizes of one": "for sizes of one stays"},
        ),
        ("x[0].shape", "x[0]", "`part` is a whole tensor.", {"part": "whole tensor"}),
        ("x[0].shape", "[x.shape, x.shape]", "`part` holds several tensors or shapes", {}),
        ("x[0].shape", "str(x.shape)", "`part` is a text.", {}),
        ("x[0].shape", "None", "`part` is None.", {}),
        ("x[0].shape", "3", "`part` is a number, and should be a shape", {}),
        ("'part'", "'other'", "lacks `part`", {"part": "lacks `part`"}),
        ("return {", "print({})\n    {", "should return a dict, but returned None", {}),
    ],
)
def test_each_shape_is_judged_by_itself(old: str, new: str, form: str | None, failing: dict[str, str]) -> None:
    """A wrong shape fails its key in its group alone; what is no shape fails `answers` too."""
    answer = SHAPES.replace(old, new)

    of_form = verdict(shapes, OF_SHAPES, answer, form=True)
    assert (of_form is None) == (form is None)
    assert form is None or (of_form is not None and form in of_form.message)
    for key in shapes.keys:
        if form is not None and key not in failing:
            continue
        found = verdict(shapes, OF_SHAPES, answer, key)
        assert (found is None) == (key not in failing), key
        assert found is None or failing[key] in found.message


def test_method_that_was_not_called_is_told() -> None:
    """What came from a child as an object is said by its kind."""
    from autograder.sandbox.values import Handle
    from autograder.suite.failures import StudentObject

    method: Callable[..., Any] = lambda *_: None  # a stand-in for the student
    method.names = ()  # type: ignore[attr-defined]
    value = StudentObject(method, Handle(1, "builtin_function_or_method"), 0)  # type: ignore[arg-type]
    found = shapes.read({"whole": value, "part": [1]}, _row(1)._replace(group="sizes"))

    assert "was not called" in found["whole"].message


@pytest.mark.parametrize(
    ("judge", "solution", "rounded", "said"),
    [
        (
            number("f", visible=[(1.2345,)], hidden=[(0.7111,)]),
            "def f(x):\n    return x / 3\n",
            "def f(x):\n    return round(x / 3, 3)\n",
            "Your numbers are rounded. Keep",
        ),
        (
            dict_of_numbers("f", keys=["a", "b"], visible=[(1.2345,)], hidden=[(0.7111,)]),
            "def f(x):\n    a = x / 3\n    b = x\n    return {'a': a, 'b': b}\n",
            "def f(x):\n    return {'a': round(x / 3, 3), 'b': x}\n",
            "Your numbers are rounded (`a`). Keep",
        ),
    ],
)
def test_what_is_rounded_is_named_where_there_are_several(judge: Judge, solution: str, rounded: str, said: str) -> None:
    """A function that returns one number has none to name."""
    names: dict[str, Any] = {}
    exec(rounded, names)
    student: Any = HereStudent({"f": names["f"]})
    with pytest.raises(CheckFailed) as failed:
        judge.every_digit(student, TextReference(solution))  # type: ignore[arg-type]  # as one

    assert str(failed.value.message).startswith(said)
