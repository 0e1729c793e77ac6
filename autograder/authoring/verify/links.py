"""Rules about links: what a notebook or a page points to is there. Nothing is asked of the network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from autograder.authoring.verify.rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from autograder.authoring.verify.labs import CourseView
    from autograder.authoring.verify.notebooks import Book

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]*)[^)]*\)")
_FENCE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
_WEB = re.compile(r"https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(/\S*)?")


@rule("links")
def links(view: CourseView) -> Iterator[Finding]:
    """Links in notebooks lead within the notebook or to a whole web address; those in pages to files and headings."""
    for lab in view.labs:
        for book in (lab.master, lab.released):
            yield from _in_book(view, book)
    for page in [view.root / "README.md", *sorted((view.root / "docs").glob("*.md"))]:
        if page.is_file():
            yield from _in_page(view, page)


def _in_book(view: CourseView, book: Book) -> Iterator[Finding]:
    headings = {
        heading.replace(" ", "-")
        for cell in book.cells
        if cell.kind == "markdown"
        for heading in _HEADING.findall(cell.prose)
    }
    for cell in book.cells:
        for target in _targets(cell.prose) if cell.kind == "markdown" else []:
            if not (target[:1] == "#" and target[1:] in headings) and not _WEB.fullmatch(target):
                mend = "link to a heading (#With-dashes) or write the whole https:// address"
                yield Finding(
                    view.where(book.path, cell.id), f"a link to {target!r}: students have no such place", mend
                )


def _in_page(view: CourseView, page: Path) -> Iterator[Finding]:
    for target in _targets(page.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if _WEB.fullmatch(target):
            continue
        if not file.exists():
            yield Finding(view.where(page), f"a link to {target!r}, which is not there", "correct the path")
        elif anchor and file.suffix == ".md" and anchor not in _anchors(file):
            yield Finding(view.where(page), f"a link to {target!r}: no such heading", "correct the part after #")


def _targets(text: str) -> list[str]:
    return [match["target"] for match in _LINK.finditer(_FENCE.sub("", text))]


def _anchors(page: Path) -> set[str]:
    """The anchors that a page's headings get."""
    text = _FENCE.sub(lambda match: "" if match[0].startswith("```") else match[0], page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(text)}
