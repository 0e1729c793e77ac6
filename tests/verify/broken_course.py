"""A scratch copy of the course to break, and short ways to break one thing of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat

from autograder.authoring.verify.labs import CourseView, Grades
from autograder.authoring.verify.linter import rules_to_run, run
from autograder.course.settings import load_course

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.authoring.verify.rule import Finding

ROOT = Path(__file__).parents[2]
LAB = "lab1_scalar_lstm"  # its suite needs no torch
PARTS = ("solutions", "assignments", "docs", "autograder/suites")


class Broken:
    """The copy at `root`; each method changes a file of one lab as an author might by mistake."""

    def __init__(self, root: Path, lab: str = LAB) -> None:
        self.root, self.lab = root, lab
        for part in PARTS:
            shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__", ".ipynb*"))
        for file in ("course.yml", "README.md", "SECURITY.md", "CHANGELOG.md"):
            shutil.copy(ROOT / file, root / file)

    @property
    def master(self) -> Path:
        """The solution notebook."""
        return self.root / "solutions" / self.lab / f"{self.lab}.ipynb"

    @property
    def released(self) -> Path:
        """The students' notebook."""
        return self.root / "assignments" / self.lab / f"{self.lab}.ipynb"

    @property
    def suite(self) -> Path:
        """The hidden suite."""
        return self.root / "autograder" / "suites" / f"test_{self.lab}.py"

    def swap(self, file: Path, old: str, new: str) -> None:
        """Write `new` for the first `old` of a text file."""
        text = file.read_text(encoding="utf-8")
        assert old in text, "the course has changed: fix the table of mutations"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def cell(self, book: Path, cell_id: str, change: Callable[[Any], object]) -> None:
        """Change one cell of a notebook and write it as Jupyter does."""
        notebook = nbformat.read(book, as_version=4)
        change(next(cell for cell in notebook.cells if cell.id == cell_id))
        nbformat.write(nbformat.from_dict(notebook), book)

    def text(self, book: Path, cell_id: str, old: str, new: str) -> None:
        """Write `new` for `old` in one cell."""

        def swap(cell: Any) -> None:
            assert old in cell.source, "the course has changed: fix the table of mutations"
            cell.source = cell.source.replace(old, new, 1)

        self.cell(book, cell_id, swap)

    def tag(self, book: Path, cell_id: str, **tags: object) -> None:
        """Change what nbgrader knows of a cell."""
        self.cell(book, cell_id, lambda cell: cell.metadata["nbgrader"].update(tags))

    def json(self, book: Path, **layout: Any) -> None:
        """Write a notebook's JSON in another layout."""
        book.write_text(json.dumps(json.loads(book.read_text(encoding="utf-8")), **layout), encoding="utf-8")

    def findings(self, rule: str, grader: Grades | None = None) -> list[Finding]:
        """What one rule finds in this lab."""
        with CourseView(load_course(self.root), [self.lab], grader) as view:
            return run(view, rules_to_run([rule], quick=False)).findings[rule]
