"""Formulas as pictures: every one of the labs, and what students type."""

from __future__ import annotations

import base64
import json
import re

import pytest
from nbcourse import REPO

from autograder.nbgrader import formulas
from autograder.nbgrader.markup import from_markdown

_MATH = re.compile(r"\$\$(.+?)\$\$|(?<!\$)\$([^$\n]+)\$(?!\$)", re.DOTALL)


def pictures(text: str) -> list[str]:
    """The pictures in a page, decoded."""
    return [base64.b64decode(data).decode() for data in re.findall(r"src=\"data:image/svg\+xml;base64,([^\"]+)", text)]


def test_every_formula_of_a_lab_can_be_set() -> None:
    """No one is shown as it was typed; `lab1` has the widest choice."""
    book = json.loads((REPO / "solutions" / "lab1_scalar_lstm" / "lab1_scalar_lstm.ipynb").read_text())
    found = [match.groups() for cell in book["cells"] for match in _MATH.finditer("".join(cell["source"]))]

    assert len(found) > 30
    for alone, within in set(found):
        assert pictures(formulas.block(alone) if alone else formulas.inline(within)), alone or within


@pytest.mark.parametrize("name", ["aligned", "align", "gathered"])
def test_several_lines_are_a_picture_each(name: str) -> None:
    """TeX's environments are not known to what sets them; their lines are."""
    assert len(pictures(formulas.block(f"\\begin{{{name}}} a &= b \\\\ c &= d \\\\[2pt] e &= f \\end{{{name}}}"))) == 3


@pytest.mark.parametrize("typed", ["\\nosuch{x}", "{" * 400, "\\frac{1}", "x" * 5000, "\\hspace{1e999}", "a</code><b>"])
def test_what_can_not_be_set_is_shown_as_it_was_typed(typed: str) -> None:
    """Nobody is kept from marking, and nothing typed becomes markup."""
    for shown in (formulas.inline(typed), formulas.block(typed)):
        assert "<b>" not in shown
        assert pictures(shown) or "<code>" in shown or "<pre>" in shown


def test_markdown_has_them_and_says_what_they_are() -> None:
    """The picture stays through the cleaning, with its source for who can't see it."""
    page = from_markdown("The state $c_t$ and\n\n$$h_t = o_t \\cdot \\tanh(c_t)$$", {})

    assert len(pictures(page)) == 2
    assert 'alt="c_t"' in page
    assert "$" not in page
    assert "script" not in "".join(pictures(page))
