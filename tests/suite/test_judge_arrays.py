"""Arrays, stage by stage: there, kind, shape, dtype, finite, values, mistake; and functions that seed by themselves."""

from __future__ import annotations

import pytest
from judged import TextReference, verdict

from autograder.suite import Row, array, array_of, arrays

ANSWER = """
def draw(n=4):
    x = torch.randn(n, 2)
    y = (x[:, 0] > 0).long()
    return x, y
"""
REFERENCE = TextReference(
    ANSWER,
    "{mistake: uniform, says: torch.rand, next: n, in: torch.randn, is: torch.rand}",
    "{mistake: turned, says: turned, next: n, in: '> 0', is: '<= 0'}",
    "{mistake: floats, says: float labels, next: n, in: long, is: float}",
)
judge = arrays(
    "draw",
    keys=["x", "y"],
    forms=lambda n=4: {
        "x": array_of(n, 2, letters="(n, 2)", dtype="float32", kind="tensor"),
        "y": array_of(n, dtype="int64"),
    },
    visible=[Row(seed=3), Row((9,), seed=4)],
    hidden=[Row((9,), seed=5), Row((), {"n": 6}, seed=6, times=2)],
)


@pytest.mark.parametrize(
    ("old", "new", "form", "message"),
    [
        ("return x, y", "return x", "should return x, y, but returned", None),
        ("return x, y", "return x, None", "y should be an array, but is None", None),
        ("return x, y", "return x.numpy(), y", "x should be a tensor, but is a NumPy array", None),
        ("return x, y", "return x[None], y", "shape (1, 4, 2), but (n, 2) = (4, 2) is expected", None),
        ("return x, y", "return x / 0, y", "x holds numbers that are not finite", None),
        ("long()", "int()", "y is int32, but int64 is expected", None),
        ("long()", "float()", "float labels", None),
        ("torch.randn(n, 2)", "torch.randn(n, 2) * 2", None, ("x", "x has the right type, but the wrong value.")),
        ("> 0", "> 0.7", None, ("y", "y has the right type, but the wrong value; `x` is right.")),
        ("torch.randn", "torch.rand", None, ("x", "torch.rand")),
        ("> 0", "<= 0", None, ("y", "turned")),
        ("    x =", "    torch.manual_seed(1)\n    x =", None, ("x", "Whatever the seed")),
        (
            "torch.randn(n, 2)",
            "torch.tensor([[0.5, 1]] * n)",
            None,
            ("x", "x of `draw` is the same: nothing new is"),
        ),
        ("torch.randn(n, 2)", "torch.randn(n, 2) * 0", None, ("x", "is the same: what it draws makes no difference")),
    ],
)
def test_each_stage_has_its_words(old: str, new: str, form: str | None, message: tuple[str, str] | None) -> None:
    """What is wrong with the form fails `answers`; what is wrong with a value fails that array alone."""
    answer = ANSWER.replace(old, new)

    of_form = verdict(judge, REFERENCE, answer, form=True)
    assert (of_form is None) == (form is None)
    assert form is None or (of_form is not None and form in of_form.message)
    if message is not None:
        of_value = verdict(judge, REFERENCE, answer, message[0])
        assert of_value is not None
        assert message[1] in of_value.message


def test_solution_is_right() -> None:
    """In form, and in each array."""
    assert verdict(judge, REFERENCE, ANSWER, form=True) is None
    assert verdict(judge, REFERENCE, ANSWER) is None


def test_wrong_dtype_costs_no_value() -> None:
    """Labels as floats have the right numbers."""
    assert verdict(judge, REFERENCE, ANSWER.replace("long", "float"), "y") is None


def test_generator_left_elsewhere_is_seen() -> None:
    """A row that is asked twice after one seed judges the second answer."""
    answer = ANSWER.replace("    return", "    torch.rand(1)\n    return")
    found = verdict(judge, REFERENCE, answer, "x")

    assert found is not None
    assert found.mistake is None


def test_single_array_needs_no_pair() -> None:
    """One array is returned as it is."""
    one = array(
        "double",
        form=lambda x: array_of(*x.shape),
        visible=[],
        hidden=[lambda draw: [Row((draw.normal(size=(2, 3)),))]],
    )
    reference = TextReference("def double(x):\n    return 2 * x")

    assert verdict(one, reference, "def double(x):\n    return x + x") is None
    assert verdict(one, reference, "def double(x):\n    return 3 * x") is not None
    assert verdict(one, reference, "def double(x):\n    return None") is not None
