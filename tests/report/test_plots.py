"""The figures: what they draw, and what is left of matplotlib's own ways in them."""

from __future__ import annotations

import re

import pytest
from builders import HOSTILE
from parsed import parse

from autograder.record import CheckStatus
from autograder.report import plots
from autograder.report.summary import Accuracies, CheckTally

TALLY = CheckTally("Forget `gate`", "lstm_step", 2.0)
TALLY.outcomes.update({CheckStatus.PASSED: 5, CheckStatus.FAILED: 3, CheckStatus.SKIPPED: 2})
FIGURES = {
    "scores": lambda: plots.scores([0, 1, 1, 2.5, 10], 10),
    "points": lambda: plots.scores([0, 33, 100], 100),
    "nothing": lambda: plots.scores([0, 0], 0),
    "checks": lambda: plots.checks([TALLY, TALLY]),
    "accuracies": lambda: plots.accuracies({"first_10": Accuracies(0.95, [0.5, 0.96, 1.0] * 400)}),
    "times": lambda: plots.times([0.1, 0.2, 5.0]),
    "one time": lambda: plots.times([0.1]),
}
every = pytest.mark.parametrize("name", FIGURES)


@every
def test_is_plain_svg_of_the_page_s_own_colours(name: str) -> None:
    """No style, no colour, no date, no address; text stays text; ids begin with the figure's name."""
    text = FIGURES[name]()
    tree = parse(text)

    assert not re.search(r"style|http|#[0-9a-f]{6}|\d{4}-\d\d-\d\d|xmlns", text)
    assert tree.all("text")
    ids = [str(node.attrs["id"]) for node in tree.walk() if "id" in node.attrs]
    assert all(one.startswith(text.split('id="', 1)[1].split("-")[0]) for one in ids)
    assert {str(node.attrs["href"])[1:] for node in tree.walk() if "href" in node.attrs} <= set(ids)


@every
def test_is_the_same_each_time(name: str) -> None:
    """Byte by byte."""
    assert FIGURES[name]() == FIGURES[name]()


def test_outcomes_are_told_apart_without_colour() -> None:
    """Failed and skipped have hatches of their own, and all three are named."""
    tree = parse(FIGURES["checks"]())

    assert len(tree.all("pattern")) == 2
    assert {"failed", "skipped", "passed", "Forget gate"} <= {node.text for node in tree.all("text")}


def test_many_values_are_not_many_marks() -> None:
    """Twelve hundred accuracies of three kinds: at most nine marks each."""
    assert FIGURES["accuracies"]().count("<use") < 60


def test_hostile_titles_are_text() -> None:
    """Mathematical text, markup and control characters in a title are characters."""
    tally = CheckTally(HOSTILE + "$x^{", "a", 1.0)
    tally.outcomes.update({CheckStatus.FAILED: 1})
    named = plots.accuracies({"$\\frac{1}$" + HOSTILE: Accuracies(0.5, [0.4])})

    assert parse(plots.checks([tally])).all("text")
    assert parse(named).all("text")
