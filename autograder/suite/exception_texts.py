"""Put exceptions into a beginner's words: what Python, NumPy and torch say, what it means, and the next step.

Texts are a program's own, so they are read on the lab's own inputs only; on hidden ones a type and a line are told.
The entries are in `exception_texts.yml`.
"""

from __future__ import annotations

import ast
import functools
import re
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from autograder.course.bounded_parse import read_bounded
from autograder.suite.lost_names import about
from autograder.suite.missing import PACKAGES, absent_package, lost_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from autograder.sandbox.errors import ChildFailure
    from autograder.sandbox.protocol import Raised

LONGEST = 160
"""Characters of an exception's text that are shown where its meaning is told beside it."""
AFTER_ERROR = "Make the same call in a cell of your own, and read the error from its last line up."
ON_OTHER_INPUTS = (
    "Call it in a cell of your own with other numbers and sizes than the lab's, until you see the error yourself."
)
WITHOUT_PACKAGE = "Write that part with numpy or torch alone, and take the import out."
"""The next steps where a text is not known, not shown, or about a package."""


class Meaning(NamedTuple):
    """The meaning of an exception's text, and the next step."""

    means: str
    step: str


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text that is known; `{1}` in the words is what the first bracket of the pattern found."""

    text: str
    means: str
    next: str
    at: str = ""  # a pattern for the line that raised it

    @property
    def text_pattern(self) -> re.Pattern[str]:
        """The compiled pattern for the text; Python's own cache holds it."""
        return re.compile(self.text)


_BY_KIND = {
    "UnboundLocalError": Meaning(
        "It is used before it has a value: the line that gives it one comes later, or stands under an `if` or in a "
        "loop that did not run.",
        "Give it a value above that line, on every way through the function; or is another name meant there?",
    ),
    "KeyError": Meaning("The dict has no such name.", "Compare it, letter by letter, with the names in the docstring."),
}


@functools.cache
def entries() -> list[Entry]:
    """The texts that are known, those that say most first."""
    data = files("autograder.suite").joinpath("exception_texts.yml").read_bytes()
    return msgspec.yaml.decode(data, type=list[Entry])


def meaning(kind: str, text: str, line: str = "") -> Meaning | None:
    """Return what an exception means that says `text` and was raised in `line` of the student's code, if known."""
    if kind == "KeyError" and re.fullmatch(r"-?\d+", text):
        step = "Use one of its keys: in the dicts of the labs they are names, between quotation marks."
        return Meaning("The dict has no such key; it is asked by key, and not by position.", step)
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    for entry in entries():
        if (found := entry.text_pattern.search(text)) and re.search(entry.at, line):
            words = [found[0], *(group or "" for group in found.groups())]
            return Meaning(_filled(entry.means, words), _filled(entry.next, words))
    return None


def shortened(text: str) -> str:
    """Return an exception's text as a sentence; of a long one the first sentence, as its meaning stands beside it."""
    first = text.partition("\n")[0] if len(text) <= LONGEST else text.partition(". ")[0][:LONGEST].rstrip() + " …"
    return first if first.endswith((".", "…", "!", "?")) else f"{first}."


def _filled(text: str, words: list[str]) -> str:
    for number, word in enumerate(words):
        text = text.replace(f"{{{number}}}", word[:80])
    return text


def in_words(
    raised: Raised, sources: Mapping[int, str], abandoned: Mapping[int, Raised | ChildFailure], *, shown: bool
) -> tuple[str, str]:
    """Return what follows an exception's type in a message, and the next step; `shown` on the lab's own inputs.

    `sources` are the code cells by index, `abandoned` those that did not come to an end.
    """
    if raised.kind == "ModuleNotFoundError":
        text = f": {raised.text}" if shown and raised.text else ""
        return f"{text}; {PACKAGES} are there where this is graded", WITHOUT_PACKAGE
    if raised.kind == "NameError":
        if absent := absent_package(raised.text, sources, abandoned):
            return f": the package {absent} is not there where this is graded; {PACKAGES} are", WITHOUT_PACKAGE
        if lost := lost_name(raised.text, sources.values()):
            return about(lost, sources.values())
    if not (shown and raised.text):
        return "", ON_OTHER_INPUTS
    line = _line(raised, sources)
    found = _comma(raised, sources, line) or meaning(raised.kind, raised.text, line)
    if found is None:
        return f": {raised.text}", AFTER_ERROR
    return f": {shortened(raised.text)} {found.means}", found.step


def _line(raised: Raised, sources: Mapping[int, str]) -> str:
    """The line of the student's own code that an exception came from."""
    lines = sources.get(-1 if raised.cell is None else raised.cell, "").splitlines()
    return lines[raised.line - 1] if raised.line and 0 < raised.line <= len(lines) else ""


def _comma(raised: Raised, sources: Mapping[int, str], line: str) -> Meaning | None:
    """Say that a name in the line that raised is a tuple, where the comma that makes it one can be seen."""
    if raised.kind != "TypeError" or not re.search(r"\b(?:sequence|tuple)\b", raised.text):
        return None
    source = sources.get(-1 if raised.cell is None else raised.cell, "")
    tree = read_bounded(source)
    for node in ast.walk(tree) if tree else ():
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Tuple(elts=[_]) as value) if re.search(
                rf"\b{name}\b", line
            ):
                if (ast.get_source_segment(source, value) or "").endswith(","):
                    says = f"`{name}` is a tuple, as a comma stands at the end of the line that makes it."
                    return Meaning(says, f"Take the comma at the end of the line `{name} = …` out, and others like it.")
    return None
