"""Rules about leaks: nothing of a solution, a marking guide, a suite or the course's secret is handed out.

They search by content, with blanks and quotes taken out of both sides, in every file below `assignments/` and in
every part of a notebook (sources, outputs, metadata), so that no marker has to be in the right place. What they
can't see: a solution in other words.
"""

from __future__ import annotations

import functools
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from autograder.authoring.verify.notebooks import SECRET_REGIONS, read_book, secret_lines
from autograder.authoring.verify.rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from autograder.authoring.verify.labs import CourseView
    from autograder.authoring.verify.suite import Suite

LEAST_LINE = 12
"""Characters without blanks. A shorter line (`return x`) says nothing; nor does the head of a block."""
WORDS = 10
"""Words of prose: as many in a row are no chance."""
LEAST_STATEMENT = 40
"""Characters of a suite's statement: a shorter one may stand in a notebook by chance."""
_BLANKS = re.compile(r"[\s\"'`\\]+")
_MARKER = re.compile(r"(?:BEGIN|END) (?:SOLUTION|MARK SCHEME|HIDDEN TESTS)")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w]|\.\d)")
_PICTURE = re.compile(r"data:image/\w+;base64,[A-Za-z0-9+/=]+")


def squash(text: str) -> str:
    """The text without blanks and quotes."""
    return _BLANKS.sub("", text)


def contents(path: Path) -> str:
    """Everything that can be read in a file: of a notebook each text of its JSON, pictures taken out."""
    if path.suffix == ".ipynb":
        try:
            return _PICTURE.sub("", "\n".join(_texts([cell.raw for cell in read_book(path).cells])))
        except ValueError:
            pass
    return _PICTURE.sub("", path.read_bytes().decode("utf-8", "replace"))


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for item in value.values():
                yield from _texts(item)
        case list() if all(isinstance(item, str) for item in value):
            yield "".join(value)
        case list():
            for item in value:
                yield from _texts(item)


def secrets(view: CourseView) -> Iterator[tuple[str, str, str]]:
    """Each secret piece of a master, a line of code or some words of prose: where it stands, its sort, the piece."""
    for lab in view.labs:
        for cell in lab.master.cells:
            for region in SECRET_REGIONS:
                for _, line in secret_lines(cell.source)[region]:
                    for piece in [line.strip()] if cell.kind == "code" else _pieces(line):
                        if len(squash(piece)) >= LEAST_LINE and not piece.endswith(":"):
                            yield view.where(lab.master.path, cell.name or cell.id), region.lower(), piece


def _pieces(prose: str) -> Iterator[str]:
    """Runs of words: a sentence may be handed out without the rest of its line."""
    words = prose.split()
    for start in range(0, max(1, len(words) - WORDS + 1), WORDS // 2):
        yield " ".join(words[start : start + WORDS])


def _handed_out(view: CourseView) -> list[tuple[Path, str]]:
    """Every file that is handed out, with its squashed content."""
    return [(path, squash(contents(path))) for path in view.handed_out() if path.is_file()]


def _found(view: CourseView, sorts: set[str]) -> Iterator[Finding]:
    texts = _handed_out(view)
    for source, sort, line in secrets(view):
        for path, text in texts:
            if sort in sorts and squash(line) in text:
                what = f"holds a line of the {sort} in {source}: {_short(line)}"
                yield Finding(
                    view.where(path), what, "take it out of the visible part of the master, and release again"
                )


def _short(line: str) -> str:
    return line if len(line) <= 60 else line[:57] + "…"


@rule("no-solution")
def no_solution(view: CourseView) -> Iterator[Finding]:
    """No line of a solution or a model answer stands in anything that is handed out."""
    yield from _found(view, {"solution", "hidden tests"})


@rule("no-marking-guide")
def no_marking_guide(view: CourseView) -> Iterator[Finding]:
    """No line of a marking guide stands in anything that is handed out."""
    yield from _found(view, {"mark scheme"})
    for lab in view.labs:
        for cell in lab.released.cells:
            for name in cell.raw.get("attachments", {}):
                if f"attachment:{name}" not in unquote(cell.source):
                    what = f"holds the attached picture {name}, which nothing in its cell shows"
                    yield Finding(view.where(lab.released.path, cell.name or cell.id), what, "release the lab again")


@rule("no-markers")
def no_markers(view: CourseView) -> Iterator[Finding]:
    """No marker of a region for staff is left in anything that is handed out."""
    for path in view.handed_out():
        if path.is_file() and (mark := _MARKER.search(contents(path))):
            mend = "each BEGIN needs its END on a line of its own; then release again"
            yield Finding(view.where(path), f"holds the marker {mark[0]!r}", mend)


@rule("no-suite")
def no_suite(view: CourseView) -> Iterator[Finding]:
    """No statement of a hidden suite, and no number that only the suite holds, stands in what is handed out."""
    texts = _handed_out(view)
    numbers = {path: set(_NUMBER.findall(contents(path))) for path, _ in texts}
    for lab in view.labs:
        statements = {squash(text): text for text in lab.suite.statements()}
        for path, text in texts:
            for squashed, statement in statements.items():
                if len(squashed) >= LEAST_STATEMENT and squashed in text:
                    what = f"holds a statement of {view.where(lab.suite.path)}: {_short(statement)}"
                    yield Finding(view.where(path), what, "take it out of the notebook: tests stay hidden")
            for number in sorted(_hidden_numbers(lab.suite) & numbers[path]):
                what = f"holds the number {number} of {view.where(lab.suite.path)}"
                yield Finding(view.where(path), what, "take it out, or say it in a check's hint if it may be known")


def _hidden_numbers(suite: Suite) -> set[str]:
    """Numbers of four digits and more that no title, hint or printed table of the suite shows anyway."""
    shown = {word for text in suite.texts for word in _NUMBER.findall(text)}
    exact = {_digits(value) for value in suite.numbers if len(_digits(value).replace(".", "").strip("0")) >= 4}
    return exact - shown


@functools.cache
def _digits(value: float) -> str:
    return f"{Decimal(repr(abs(value))).normalize():f}"


@rule("no-secret")
def no_secret(view: CourseView) -> Iterator[Finding]:
    """The course's secret stands in nothing that is handed out."""
    secret = view.course.settings.secret
    for path in view.handed_out():
        if path.is_file() and secret in contents(path):
            yield Finding(view.where(path), "holds the secret of course.yml", "take it out, and change the secret")


@rule("only-labs")
def only_labs(view: CourseView) -> Iterator[Finding]:
    """Below `assignments/` lie released notebooks, files that the master's folder has too, and no links."""
    for path in view.handed_out():
        lab, *rest = path.relative_to(view.root / "assignments").parts
        twin = view.root.joinpath("solutions", lab, *rest)
        if path.is_symlink():
            yield Finding(view.where(path), "is a link", "put the file itself there, or remove it")
        elif not rest or not twin.is_file():
            yield Finding(view.where(path), "does not come from the master's folder", "remove it")
        elif path.suffix != ".ipynb" and path.read_bytes() != twin.read_bytes():
            yield Finding(view.where(path), "is not the file in the master's folder", "release the lab again")
