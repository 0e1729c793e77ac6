"""The maker of pages for `nbgrader generate_feedback`, in the place of nbconvert's: `GenerateFeedback.exporter_class`.

The pages are nbconvert's. What is its own is that nbgrader, which makes one per run before its loop begins, copies
nothing beside them but ordinary files.
"""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import HTMLExporter

from autograder.nbgrader.ordinary_files import MOST_BYTES, MOST_FILES, only_ordinary


class FeedbackPages(HTMLExporter):  # type: ignore[misc]  # nbconvert ships no types
    """See the module."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._converter, self._copy = self.parent, self.parent.init_assignment
        self.parent.init_assignment = self._copy_ordinary

    def _copy_ordinary(self, assignment: str, student: str) -> None:
        folder = self._converter._format_source(assignment, student)  # where it copies from
        most = {"most_files": 10 * MOST_FILES, "most_bytes": 10 * MOST_BYTES}  # the course's own are among them
        with only_ordinary(self._converter, student, folder, **most):
            self._copy(assignment, student)
