"""The student's page in a real browser: phone width, policy, dark mode, contrast, print."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from builders import half, kinds
from in_browser import Scheme, opened

from autograder.report.student_page import student_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from autograder.record import Record

pytestmark = pytest.mark.browser

PAGES = kinds()

# The least contrast between any visible text and what is painted behind it, by WCAG 2's formula.
_CONTRAST = """() => {
  const rgb = css => css.match(/[\\d.]+/g).map(Number);
  const part = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const behind = element => {
    for (; element; element = element.parentElement) {
      const colour = rgb(getComputedStyle(element).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  let least = 21;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility()) continue;
    const a = light(rgb(getComputedStyle(element).color)), b = light(behind(element));
    least = Math.min(least, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
  }
  return least;
}"""


@contextmanager
def shown(
    browser: Browser, folder: Path, graded: Record, *, width: int = 360, scheme: Scheme = "light"
) -> Iterator[Page]:
    """The page of a record, opened from its file; leaving fails if the browser had anything to complain about."""
    file = folder / "page.html"
    file.write_bytes(student_page(graded).encode())
    with opened(browser, file, width=width, scheme=scheme) as page:
        yield page


@pytest.mark.parametrize("kind", PAGES)
def test_fits_a_phone_and_breaks_no_policy(browser: Browser, tmp_path: Path, kind: str) -> None:
    """At 320 pixels nothing is wider than the screen, the style sheet applies, nothing is loaded or logged."""
    with shown(browser, tmp_path, PAGES[kind], width=320) as page:
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        widest = page.evaluate(
            "Math.max(...[...document.querySelectorAll('*')].map(e => e.getBoundingClientRect().right))"
        )
        padding = page.evaluate("getComputedStyle(document.body).paddingLeft")

        assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
        assert widest <= 320
        assert padding == "16px"


def test_dark_mode_has_colours_of_its_own(browser: Browser, tmp_path: Path) -> None:
    """Paper and ink change places when the reader's system is dark."""
    seen = {}
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        with shown(browser, tmp_path, half(), scheme=scheme) as page:
            seen[scheme] = page.evaluate(
                "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
            )

    assert seen["light"] == ["rgb(255, 255, 255)", "rgb(28, 33, 39)"]
    assert seen["dark"] == ["rgb(20, 23, 27)", "rgb(231, 234, 238)"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["half", "perfect", "grader_error"])
def test_contrast(browser: Browser, tmp_path: Path, scheme: Scheme, kind: str) -> None:
    """All text has at least 4.5 to 1 against what is behind it, which is level AA of WCAG 2 for small text."""
    with shown(browser, tmp_path, PAGES[kind], scheme=scheme) as page:
        assert page.evaluate(_CONTRAST) >= 4.5


def test_paper_shows_what_the_screen_folds(browser: Browser, tmp_path: Path) -> None:
    """Printed, from a dark screen too, the skipped checks are unfolded and the paper is white."""
    unfolded = "document.querySelector('details').clientHeight > 2 * document.querySelector('summary').clientHeight"
    with shown(browser, tmp_path, half(), scheme="dark") as page:
        on_screen = page.evaluate(unfolded)
        page.emulate_media(media="print")
        on_paper = page.evaluate(unfolded)
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert (on_screen, on_paper) == (False, True)
    assert paper == "rgb(255, 255, 255)"


def test_folds_open_from_the_keyboard(browser: Browser, tmp_path: Path) -> None:
    """With Tab and Enter alone a reader gets to the skipped checks, and sees where the focus is."""
    with shown(browser, tmp_path, half()) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
        assert outline == "solid"
        assert page.evaluate("document.querySelector('details').open")


@pytest.mark.usefixtures("_chromium")
def test_a_browser_in_the_session_leaves_asyncio_alone() -> None:
    """With the browser running, a test that is not about it can still run an event loop of its own."""
    assert asyncio.run(asyncio.sleep(0, "done")) == "done"
