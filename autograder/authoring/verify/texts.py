"""Rules about what students read in a notebook: boxes, hints, expected outputs, pictures."""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from autograder.authoring.verify.notebooks import EXPECTED_OUTPUT, fences
from autograder.authoring.verify.rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.authoring.verify.labs import CourseView, Lab
    from autograder.authoring.verify.notebooks import BookCell

_BOX = ("Difficulty", "Importance", "Time", "Points")
_DETAILS = re.compile(r"<details>(.*?)</details>", re.DOTALL)
_SUMMARY = re.compile(r"<summary>(.*?)</summary>", re.DOTALL)
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<target>[^)\s]*)[^)]*\)")
_DATA = re.compile(r"data:image/(?:png|jpeg|svg\+xml);base64,(?P<bytes>[A-Za-z0-9+/=]+)")
_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"<svg", b"<?xml")
LEAST_ALTERNATIVE = 20
"""Characters: below that, a text does not stand for a picture."""


def _tasks(view: CourseView) -> Iterator[tuple[Lab, BookCell, list[BookCell]]]:
    for lab in view.labs:
        for cell in lab.master.of("check"):
            yield lab, cell, [part for part in lab.master.section(cell) if part.kind == "markdown"]


@rule("task-box")
def task_box(view: CourseView) -> Iterator[Finding]:
    """Each autograded task begins with a box: difficulty, importance, time, points."""
    for lab, cell, texts in _tasks(view):
        boxes = [line for part in texts for line in part.prose.splitlines() if line.startswith("> **")]
        lacking = [word for word in _BOX if not any(f"**{word}**" in line for line in boxes)]
        if lacking:
            what = f"no box above it with {', '.join(lacking)}"
            mend = "write `> **Difficulty** … · **Importance** … · **Time** … · **Points** …` under the heading"
            yield Finding(view.where(lab.master.path, cell.name), what, mend)


@rule("task-hints")
def task_hints(view: CourseView) -> Iterator[Finding]:
    """Under each autograded cell stand hints, each with a summary and a text below it."""
    for lab, cell, texts in _tasks(view):
        hints = [hint for part in texts for hint in _DETAILS.findall(part.prose)]
        place = view.where(lab.master.path, cell.name)
        if not hints:
            yield Finding(
                place, "no hints under it", "write <details><summary>Hint 1 · where to begin</summary>…</details>"
            )
        for hint in hints:
            summary = (_SUMMARY.findall(hint) or [""])[0].strip()
            if not summary or not _SUMMARY.sub("", hint).strip():
                what = f"a hint without {'its text' if summary else 'a summary'}: {summary or hint.strip()[:40]!r}"
                yield Finding(place, what, "fill in both, or remove the hint")


@rule("task-output")
def task_output(view: CourseView) -> Iterator[Finding]:
    """Each autograded task shows its expected output in a fenced block."""
    for lab, cell, texts in _tasks(view):
        if not any(EXPECTED_OUTPUT in part.source and any(fences(part.source)) for part in texts):
            mend = f"write {EXPECTED_OUTPUT} and the printed lines between ``` and ```"
            yield Finding(view.where(lab.master.path, cell.name), "no expected output under it", mend)


@rule("pictures")
def pictures(view: CourseView) -> Iterator[Finding]:
    """Each picture lies in the notebook itself, whole, with an alternative text that says what it shows."""
    for lab in view.labs:
        for book in (lab.master, lab.released):
            for cell in book.cells:
                place = view.where(book.path, cell.id)
                images = list(_IMAGE.finditer(cell.source)) if cell.kind == "markdown" else []
                for image in images:
                    if (wrong := _wrong_picture(image)) is not None:
                        yield Finding(place, *wrong)
                if cell.id.startswith("picture_") and not images:
                    yield Finding(place, "is named a picture and shows none", "run `make pictures`, or rename the cell")
                if cell.raw.get("attachments") or "<img" in cell.source:
                    mend = "write it as ![what it shows](data:image/png;base64,…)"
                    yield Finding(place, "shows a picture that Colab does not, or that has no text", mend)


def _wrong_picture(image: re.Match[str]) -> tuple[str, str] | None:
    if len(image["alt"].strip()) < LEAST_ALTERNATIVE:
        return f"a picture whose alternative text is {image['alt']!r}", "say in a sentence what the picture shows"
    data = _DATA.fullmatch(image["target"])
    if data is None:
        return "a picture that lies elsewhere", "write it into the text: ![what it shows](data:image/png;base64,…)"
    try:
        content = base64.b64decode(data["bytes"], validate=True)
    except binascii.Error:
        return "a picture whose bytes are damaged", "put it in again: `make pictures` does"
    whole = content.startswith(_STARTS) and (not content.startswith(_STARTS[0]) or b"IEND" in content[-12:])
    return None if whole else ("a picture that is cut off or no picture", "put it in again: `make pictures` does")
