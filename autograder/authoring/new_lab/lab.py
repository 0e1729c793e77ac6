"""Writes the parts of a new lab and its entry in `course.yml`; where some part is there already, nothing."""

from __future__ import annotations

import keyword
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.authoring.lab_tools import FILE as TOOLS_FILE
from autograder.authoring.lab_tools import lab_tools
from autograder.authoring.lab_tools.hints import of_catalogue
from autograder.course.settings import FILE, Course, load_course
from autograder.errors import UsageError
from autograder.suite.catalogue import FILE as MISTAKES
from autograder.suite.catalogue import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE = Path(__file__).parent
_TOOLS = "numbers\n"
_CELL = re.compile(r"^%% (\S+) (markdown|code)(?: (given|answer|check))?(?: (\d+))?\n", re.MULTILINE)
_BLOCK = re.compile(r"^assignments:[^\n]*\n(?:(?:[ \t]+[^\n]*|[ \t]*)\n)*", re.MULTILINE)
_TAGS = {  # grade, solution, locked
    "given": (False, False, True),
    "answer": (False, True, False),
    "check": (True, False, True),
}


def make_lab(course: Course, name: str, function: str, title: str) -> list[Path]:
    """Write the files of a new lab and its entry in `course.yml`, and return their paths.

    Raises `UsageError` if a name won't do or something is there already.
    """
    _check_names(course, name, function)
    words = {"@@lab@@": name, "@@function@@": function, "@@title@@": title}
    mistakes = _filled("mistakes.txt", words)
    words["@@lab_tools@@"] = lab_tools(_TOOLS, of_catalogue(parsed(mistakes)))
    parts = {
        course.solution(name): notebook(_filled("notebook.txt", words)),
        course.suite(name): _filled("suite.txt", words),
        course.home(name) / MISTAKES: mistakes,
        course.home(name) / TOOLS_FILE: _TOOLS,
        course.root / FILE: with_assignment((course.root / FILE).read_text(encoding="utf-8"), name, title),
    }
    released = course.released(name)
    for path in (*parts, released):
        if path.name != FILE and path.exists():
            raise UsageError(f"{path} is there already: choose another name, or remove it")
    for path, text in parts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    load_course(course.root)  # the entry has to be one
    released.parent.mkdir(parents=True, exist_ok=True)
    from autograder.nbgrader.release import release_of

    released.write_text(release_of(course.solution(name)), encoding="utf-8")
    return [*parts, released]


def _check_names(course: Course, name: str, function: str) -> None:
    if not name.isidentifier():
        raise UsageError(f"no lab can be called {name!r}: take letters, digits and _, as in lab5_plain_rnn")
    if not function.isidentifier() or keyword.iskeyword(function):
        raise UsageError(f"no function can be called {function!r}: take a Python name for --function")
    if name in course.settings.assignments:
        raise UsageError(f"{name} is in {course.root / FILE} already: choose another name")


def _filled(template: str, words: dict[str, str]) -> str:
    text = (_HERE / template).read_text(encoding="utf-8")
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text


def notebook(text: str) -> str:
    """A notebook of cells in the template's form: `%% id kind role points`, then the source."""
    import nbformat

    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    book = nbformat.from_dict(
        {"cells": list(_cells(text)), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5},
    )
    written: str = nbformat.writes(book)
    return written.rstrip("\n") + "\n"


def _cells(text: str) -> Iterator[dict[str, Any]]:
    parts = _CELL.split(text)[1:]
    for cell_id, kind, role, points, source in zip(*(parts[n::5] for n in range(5)), strict=True):
        cell: dict[str, Any] = {"id": cell_id, "cell_type": kind, "metadata": {}, "source": source.strip("\n")}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        if role:
            grade, solution, locked = _TAGS[role]
            tags: dict[str, Any] = {"grade": grade, "solution": solution, "locked": locked, "task": False}
            tags |= {"grade_id": cell_id, "schema_version": 3}
            cell["metadata"] = {"nbgrader": tags | ({"cell_type": "code", "points": int(points)} if points else {})}
        yield cell


def with_assignment(settings: str, name: str, title: str) -> str:
    """The text of `course.yml` with one more assignment at the end of its block; its comments stay."""
    found = _BLOCK.search(settings if settings.endswith("\n") else settings + "\n")
    if found is None:
        raise UsageError(f"no `assignments:` in {FILE} at the left margin: write the entry for {name} yourself")
    head, *entries = found[0].rstrip("\n").split("\n")
    head = head.replace("{}", "").rstrip()
    written = title.replace("\\", "\\\\").replace('"', '\\"')
    block = "\n".join([head, *entries, f"  {name}:", f'    title: "{written}"'])
    return settings[: found.start()] + block + "\n" + settings[found.start() + len(found[0].rstrip("\n")) + 1 :]
