"""The class report in a real browser: phone width, policy, dark mode, contrast, print."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from in_browser import Scheme, opened
from test_class_page import mixed, summed
from test_page_in_browser import _CONTRAST

from autograder.report.class_page import class_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@contextmanager
def shown(browser: Browser, folder: Path, *, width: int = 1000, scheme: Scheme = "light") -> Iterator[Page]:
    """The report of a mixed class; leaving fails if the browser had anything to complain about."""
    file = folder / "report.html"
    file.write_bytes(class_page(summed(*mixed())).encode())
    with opened(browser, file, width=width, scheme=scheme) as page:
        yield page


def test_fits_a_phone_and_breaks_no_policy(browser: Browser, tmp_path: Path) -> None:
    """At 320 pixels only figures scroll sideways, in their frames; nothing is loaded, blocked or logged."""
    with shown(browser, tmp_path, width=320) as page:
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        frames = page.evaluate("[...document.querySelectorAll('.drawn')].map(one => one.getBoundingClientRect().right)")

        assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
        assert len(frames) == 4
        assert max(frames) <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(browser: Browser, tmp_path: Path, scheme: Scheme) -> None:
    """All text has at least 4.5 to 1 against what is behind it."""
    with shown(browser, tmp_path, scheme=scheme) as page:
        assert page.evaluate(_CONTRAST) >= 4.5


@pytest.mark.parametrize(
    ("scheme", "ink", "bar"),
    [("light", "rgb(28, 33, 39)", "rgb(0, 114, 178)"), ("dark", "rgb(231, 234, 238)", "rgb(86, 180, 233)")],
)
def test_figures_have_the_page_s_colours(browser: Browser, tmp_path: Path, scheme: Scheme, ink: str, bar: str) -> None:
    """Words in the page's ink, bars in a blue for light and one for dark."""
    with shown(browser, tmp_path, scheme=scheme) as page:
        fill = "getComputedStyle(document.querySelector('{}')).fill"

        assert page.evaluate(fill.format(".plot text")) == ink
        assert page.evaluate(fill.format(".plot .fill-c-good")) == bar


def test_paper_shows_what_the_screen_folds(browser: Browser, tmp_path: Path) -> None:
    """Printed, the table of scores is unfolded, in dark ink."""
    height = "document.querySelector('#scores ~ details').clientHeight"
    with shown(browser, tmp_path, scheme="dark") as page:
        folded = page.evaluate(height)
        page.emulate_media(media="print")

        assert page.evaluate(height) > 2 * folded
        assert page.evaluate("getComputedStyle(document.querySelector('.plot text')).fill") == "rgb(0, 0, 0)"
