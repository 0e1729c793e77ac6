"""`@check`: words from the docstring, needs by reference, points by weight."""

from __future__ import annotations

import pytest

from autograder.suite import check, number
from autograder.suite.decorator import CheckInfo, shares

double = number("double", visible=[(1.0,)])


@check(double, visible=True)
def test_form() -> None:  # a check of nothing, not collected as a test of ours
    """A number comes back.

    Return one number,
    not two.
    """


test_form.__test__ = False  # type: ignore[attr-defined]


def info_of(test: object) -> CheckInfo:
    """What `@check` has noted."""
    found = test.__check__  # type: ignore[attr-defined]
    assert isinstance(found, CheckInfo)
    return found


def test_title_and_hint_are_the_docstrings_paragraphs() -> None:
    """The title loses its full stop, the hint its line breaks."""
    info = info_of(test_form)

    assert (info.cell, info.title, info.visible) == ("double", "A number comes back", True)
    assert info.hint == "Return one number, not two."


def test_needs_are_tests_judges_and_names() -> None:
    """A test stands for its check, a judge for all checks of its cell."""

    def test_it() -> None:
        """It."""

    assert info_of(check("cell", needs=[test_form, double, "sigmoid"])(test_it)).needs == (
        "double.form",
        "double",
        "sigmoid",
    )


def test_need_of_something_else_is_refused() -> None:
    """A number is no check."""
    with pytest.raises(TypeError, match="tests with @check above this one, and judges; not 3"):
        check("cell", needs=[3])


@pytest.mark.parametrize(
    ("weights", "total", "points"),
    [((1, 1), 10, (5, 5)), ((0.5, 1.1, 0.9), 2.5, (0.5, 1.1, 0.9)), ((1, 1, 1), 1, (0.33, 0.34, 0.33))],
)
def test_checks_share_a_cells_points_by_weight(
    weights: tuple[float, ...], total: float, points: tuple[float, ...]
) -> None:
    """Rounded to cents, and together exactly what the notebook says."""
    infos = {str(n): CheckInfo("f", weight, "", "", visible=False, needs=()) for n, weight in enumerate(weights)}

    assert tuple(shares(infos, {"f": total}).values()) == points


def test_cell_that_the_notebook_does_not_grade_is_worth_nothing() -> None:
    """Points have one master."""
    assert shares({"g.x": CheckInfo("g", 3, "", "", visible=False, needs=())}, {"f": 2}) == {"g.x": 0}
