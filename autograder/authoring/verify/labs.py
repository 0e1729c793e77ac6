"""The course as the rules see it: labs with both notebooks and the suite, read once, and a way to grade a file."""

from __future__ import annotations

import contextlib
import functools
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

from autograder.authoring.verify.notebooks import Book, read_book
from autograder.authoring.verify.suite import Suite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from autograder.authoring.trials import Trials
    from autograder.course.settings import Course
    from autograder.record import Record
    from autograder.sandbox.server_client import WarmServer


class Grades(Protocol):
    """The part of a grader that a rule needs."""

    def grade_file(self, file: Path, student: str, assignment: str) -> Record:
        """Grade one file and return its record."""
        ...


@dataclass(frozen=True)
class Lab:
    """One assignment whose three parts are all there."""

    name: str
    master: Book
    released: Book
    suite: Suite


class CourseView(AbstractContextManager["CourseView"]):
    """A course, read lazily. A grader is started only when a rule asks for one, and closed at the end."""

    def __init__(
        self, course: Course, names: list[str] | None = None, grader: Grades | None = None, *, full: bool = False
    ) -> None:
        """Look at the assignments `names`, or all; `full`: whatever is tried of a suite is tried whole."""
        self.course = course
        self.full = full
        self.root = course.root
        self.names = names or list(course.settings.assignments)
        self._grader = grader
        self._trials: dict[str, Trials] = {}
        self._close = contextlib.ExitStack()

    def where(self, path: Path, cell: str = "") -> str:
        """A place in the words of a finding: the path from the course's root, and a cell."""
        place = str(path.relative_to(self.root)) if path.is_relative_to(self.root) else path.name
        return f"{place}, cell `{cell}`" if cell else place

    @functools.cached_property
    def _read(self) -> tuple[list[Lab], list[tuple[Path, str]]]:
        labs, broken = [], []
        for name in self.names:
            books: list[Book] = []
            for path in (self.course.solution(name), self.course.released(name)):
                try:
                    books.append(read_book(path))
                except OSError as error:
                    broken.append((path, (error.strerror or "it can't be read").lower()))
                except ValueError as error:
                    broken.append((path, f"it is no notebook: {error}"))
            suite = Suite(self.course.suite(name), self.course.lab_files(name))
            if not suite.path.is_file():
                broken.append((suite.path, "no such file"))
            elif suite.problem:
                broken.append((suite.path, f"it can't be imported: {suite.problem}"))
            elif len(books) == 2:
                master, released = books
                labs.append(Lab(name, master, released, suite))
        return labs, broken

    @property
    def labs(self) -> list[Lab]:
        """The assignments of which every part can be read."""
        return self._read[0]

    @property
    def broken(self) -> list[tuple[Path, str]]:
        """The files that are missing or can't be read, and why."""
        return self._read[1]

    def handed_out(self) -> Iterator[Path]:
        """Every file below `assignments/`, and every link."""
        folder = self.root / "assignments"
        yield from (path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir())

    @functools.cached_property
    def _server(self) -> WarmServer:
        from autograder.grading.warm_server import warm_server

        return self._close.enter_context(warm_server(self.course, self.names))

    @property
    def grader(self) -> Grades:
        """A warm grader, started at first use."""
        if self._grader is None:
            from autograder.grading.grader import Grader

            self._grader = self._close.enter_context(Grader(self.course, server=self._server))
        return self._grader

    def trials(self, lab: str) -> Trials:
        """A lab's solution, to be tried with other answers; raises `GraderError`, `UsageError` where it stops."""
        if lab not in self._trials:
            from autograder.authoring.trials import Trials

            self._trials[lab] = self._close.enter_context(Trials(self.course, lab, self._server))
        return self._trials[lab]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._close.close()
