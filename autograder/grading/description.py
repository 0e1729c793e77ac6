"""Describe a graded file to staff, beside its points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.course import written_answers
from autograder.course.code_hash import code_hash
from autograder.course.submission import LEFT_ASIDE

if TYPE_CHECKING:
    from autograder.course.assignment import Assignment
    from autograder.course.notebook import Notebook
    from autograder.record import Record
    from autograder.sandbox.protocol import Cell


def describe(record: Record, assignment: Assignment, notebook: Notebook, code: list[Cell]) -> None:
    """Note facts about the file for staff: changed check cells, and a hash to find the same code again."""
    if not record.submission.path.lower().endswith(".py"):
        record.submission.changed = assignment.changed(notebook)
    record.manual = written_answers.look(
        assignment.manual, assignment.released, notebook, {cell.index for cell in code}
    )
    released = tuple(cell.source for cell in assignment.given)
    record.code_hash, record.code_tokens = code_hash((cell.source for cell in code), released)
    ids = {cell.grade_id for cell in notebook.cells} - {""}
    answers = {f"{name}_answer" for name in assignment.points} | {manual.cell for manual in assignment.manual}
    if ids and not ids & answers:  # tools and given functions are the same in several labs
        record.submission.look.append(f"none of its cells is one of {assignment.name}: is it another lab's notebook?")


def look_beside(record: Record) -> None:
    """Ask a person where nothing in the notebook is work, and others stand beside it."""
    if any(note.startswith(LEFT_ASIDE) for note in record.submission.notes):
        what = "" if record.score else "nothing in it earns points" if record.code_hash else "it is as handed out"
        if what:
            record.submission.look.append(f"{what}, and other notebooks beside it may hold the work")
