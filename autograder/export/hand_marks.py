"""Marks that people gave in nbgrader's formgrader, read from its gradebook through nbgrader's own interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.errors import UsageError
from autograder.export.final_score import Marks
from autograder.record import Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from autograder.record import Record


def open_gradebook(path: Path) -> AbstractContextManager[Any]:
    """The gradebook, open; raises `UsageError` where there is none, since nbgrader would make an empty one."""
    if not path.is_file():
        raise UsageError(f"no gradebook at {path}: give nbgrader's gradebook.db, or --automatic-only")
    from nbgrader.api import Gradebook

    try:
        return Gradebook(f"sqlite:///{path.resolve()}")  # type: ignore[no-any-return]  # nbgrader ships no types
    except Exception as error:  # nbgrader and sqlalchemy raise what they like on what is no gradebook
        raise UsageError(f"{path} can't be opened as nbgrader's gradebook ({type(error).__name__}): {error}") from error


def marks(gradebook: Any, record: Record) -> Marks:
    """Return the marks given by hand to a submission. Nothing is due if nothing could be read or was handed in."""
    from nbgrader.api import MissingEntry

    written = {manual.cell: 0.0 for manual in record.manual}
    try:
        found = gradebook.find_submission(record.assignment, record.student)
    except MissingEntry:
        return Marks(written, due=() if record.status is Status.REJECTED else tuple(written))
    grades = {str(grade.name): grade for notebook in found.notebooks for grade in notebook.grades}
    due: list[str] = []
    for cell in written:
        grade = grades.get(cell)
        if grade is None or grade.needs_manual_grade or (grade.manual_score is None and grade.auto_score is None):
            due.append(cell)
        else:
            written[cell] = float(grade.score)
    changes = sum(_changes(record, {name: grade for name, grade in grades.items() if name not in written}))
    return Marks(written, round(changes, 6), () if record.status is Status.REJECTED else tuple(due))


def _changes(record: Record, grades: dict[str, Any]) -> Iterator[float]:
    """Yield what a person added to the automatic points of each cell, or took away."""
    for name, grade in grades.items():
        automatic = sum(check.points for check in record.checks if check.cell == name)
        if grade.manual_score is not None:
            yield float(grade.manual_score) - automatic
        yield float(grade.extra_credit or 0.0)
