"""A page file in the session's browser; leaving fails if the browser had anything to complain about."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]


@contextmanager
def opened(browser: Browser, file: Path, *, width: int, scheme: Scheme = "light") -> Iterator[Page]:
    """The file, shown: nothing is logged, raised or asked, and nothing else is loaded."""
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 740}, color_scheme=scheme)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("request", lambda request: complaints.extend({request.url} - {file.as_uri()}))
    try:
        page.goto(file.as_uri())
        yield page
    finally:
        page.close()
    assert not complaints
