"""Writes the cells of tools of the course's masters: `python -m autograder.authoring.lab_tools`."""

from __future__ import annotations

import nbformat

from autograder.authoring.lab_tools import CELL, made_for
from autograder.course.settings import find_course
from autograder.text import say


def main() -> None:
    """Write what differs; the release is made from it as ever, with `nbgrader generate_assignment`."""
    course = find_course()
    for lab in course.settings.assignments:
        source, path = made_for(course, lab), course.solution(lab)
        if source is None:
            continue
        book = nbformat.read(path, as_version=4)
        cell = next(cell for cell in book.cells if cell.id == CELL)
        if cell.source != source:
            cell.source = source
            nbformat.write(book, path)
            say(f"{path.relative_to(course.root)}: its tools are written")


if __name__ == "__main__":
    main()
