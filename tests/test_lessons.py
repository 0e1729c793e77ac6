"""What the notebooks say to reports: where a function is explained, and whether a check cell was changed."""

from __future__ import annotations

import pytest
from sampled import ROOT

from autograder.course.assignment import read_assignment
from autograder.course.notebook import Notebook, NotebookCell, read_file
from autograder.course.settings import find_course

COURSE = find_course(ROOT)


@pytest.mark.parametrize("name", list(COURSE.settings.assignments))
def test_every_graded_function_has_a_section_and_hints(name: str) -> None:
    """In each lab: feedback can point somewhere for every check."""
    assignment = read_assignment(COURSE, name)

    assert set(assignment.lessons) == set(assignment.points)
    for function, lesson in assignment.lessons.items():
        assert f"{function}`”" in lesson or "Exercise" in lesson
        assert lesson.endswith("in the notebook, and the hints under its check")


def released() -> Notebook:
    """Lab 1 as it was handed out."""
    return read_file(COURSE.released("lab1_scalar_lstm"))


def changed(notebook: Notebook) -> list[str]:
    """The check cells that differ."""
    return read_assignment(COURSE, "lab1_scalar_lstm").changed(notebook)


def test_what_was_handed_out_is_not_changed() -> None:
    """Nor is what editors do: spaces at the ends of lines, empty lines around; nor answers, nor new cells."""
    notebook = released()
    for cell in notebook.cells:
        cell.source = "\n" + cell.source.replace("\n", "  \n") + "\n\n"
        if cell.grade_id == "sigmoid_answer":
            cell.source = "def sigmoid(x): return 1"
    notebook.cells.append(NotebookCell(99, "code", "x = 1"))

    assert changed(notebook) == []


def test_changed_and_deleted_check_cells_are_named() -> None:
    """By the function whose check it is."""
    notebook = released()
    notebook.cells = [cell for cell in notebook.cells if cell.grade_id != "lstm_step"]
    for cell in notebook.cells:
        if cell.grade_id == "sigmoid":
            cell.source = "print('all passed')"

    assert changed(notebook) == ["lstm_step", "sigmoid"]
