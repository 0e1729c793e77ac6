"""Read what the notebooks say about an assignment: graded functions and points, written answers, given code.

The solution notebook is the master of points; the released notebook is the source of the given code, because it
may enter a student's process, which the solution may not.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import msgspec

from autograder.course.notebook import Notebook, read_file
from autograder.course.notebook_json import UnreadableError
from autograder.errors import UsageError
from autograder.record import Manual

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.course.notebook import NotebookCell
    from autograder.course.settings import Course
    from autograder.sandbox.protocol import Cell

_HEADING = re.compile(r"^#{1,3} +(.+?) *#*$", re.MULTILINE)


class Assignment(msgspec.Struct, frozen=True, kw_only=True):
    """One assignment of a course, read."""

    name: str
    suite: Path
    home: Path  # the lab's own folder beside the suite
    solution: Notebook
    released: Notebook
    given: tuple[Cell, ...]  # code cells of the released notebook
    points: dict[str, float]  # graded function -> points
    manual: tuple[Manual, ...]
    lessons: dict[str, str] = {}  # graded function -> where the notebook explains it
    locked: dict[str, str] = {}  # the released check cells by grade_id

    def changed(self, notebook: Notebook) -> list[str]:
        """The check cells that are not as they were handed out. It costs nothing: the hidden suite is ours."""
        found = {cell.grade_id: _bare(cell.source) for cell in notebook.cells if cell.grade_id in self.locked}
        return sorted(name for name, source in self.locked.items() if found.get(name) != _bare(source))

    def code(self, notebook: Notebook) -> list[Cell]:
        """The cells of a submission that are graded as code, also where they were turned into text."""
        return notebook.code_for(self.points, {cell.source for cell in self.given})

    @property
    def max_score(self) -> float:
        """The sum of the automatic points."""
        return sum(self.points.values())

    @property
    def manual_points(self) -> float:
        """The points that people can give for written answers, on top of `max_score`."""
        return sum(manual.max_points for manual in self.manual)


@functools.lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> Notebook:
    return read_file(path)


def read_assignment(course: Course, name: str) -> Assignment:
    """The assignment; raises `UsageError` naming the file that is missing or broken."""
    solution = _course_file(course.solution(name), "write the master notebook there")
    released = _course_file(course.released(name), f"run `nbgrader generate_assignment {name}`")
    suite = course.suite(name)
    if not suite.is_file():
        raise UsageError(f"no hidden suite at {suite}: write it, or take {name} out of course.yml")
    graded = [cell for cell in solution.cells if cell.nbgrader.get("grade") is True]
    return Assignment(
        name=name,
        suite=suite,
        home=course.home(name),
        solution=solution,
        released=released,
        given=tuple(released.code),
        points={c.grade_id: float(c.nbgrader["points"]) for c in graded if not c.nbgrader.get("solution")},
        manual=tuple(
            Manual(cell=c.grade_id, max_points=float(c.nbgrader["points"]))
            for c in graded
            if c.nbgrader.get("solution")
        ),
        lessons=_lessons(released),
        locked={c.grade_id: c.source for c in released.cells if _is_check(c)},
    )


def _is_check(cell: NotebookCell) -> bool:
    return bool(cell.grade_id) and cell.nbgrader.get("grade") is True and not cell.nbgrader.get("solution")


def _bare(source: str) -> list[str]:
    """The lines without what editors change on their own: spaces at the end, empty lines around."""
    return [line.rstrip() for line in source.strip().splitlines()]


def _lessons(released: Notebook) -> dict[str, str]:
    """Return for each graded function the section that its check is in, and the hints under the check."""
    lessons: dict[str, str] = {}
    section, latest = "", ""
    for cell in released.cells:
        if cell.kind == "markdown" and (heading := _HEADING.search(cell.source)):
            section, latest = heading[1].strip(), ""
        if _is_check(cell) and section:
            latest = cell.grade_id
            lessons[latest] = f"“{section}” in the notebook"
        elif latest and cell.kind == "markdown" and "<details" in cell.source:
            lessons[latest], latest = f"{lessons[latest]}, and the hints under its check", ""
    return lessons


def _course_file(path: Path, fix: str) -> Notebook:
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise UsageError(f"no notebook at {path}: {fix}") from error
    except UnreadableError as error:
        raise UsageError(f"{path} is broken ({error}): fix it or {fix}") from error
    except OSError as error:
        raise UsageError(f"can't read {path}: {error.strerror}; make it readable") from error
