"""The release step's stubs: each one says its own task's name when it is run unfinished.

nbgrader's `ClearSolutions` puts the same `raise NotImplementedError()` everywhere, so a check further down
could not tell a student which task is still open. `nbgrader_config.py` puts this subclass in its place;
nothing of nbgrader is changed. Staff-side code: it runs under `nbgrader generate_assignment` only.
"""

import re
from typing import Any
from urllib.parse import unquote

from nbgrader.preprocessors import ClearSolutions

ANSWER_SUFFIX = "_answer"  # a stub's cell is `<name>_answer`, the graded cell under it `<name>`


class NamedStubs(ClearSolutions):  # type: ignore[misc]  # nbgrader ships no types
    """The stubs of `ClearSolutions`, with the task's name in each stub's message."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Clear one cell's solution; a code stub raises NotImplementedError with its task's name."""
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        task = grade_id.removesuffix(ANSWER_SUFFIX)
        stub = f'raise NotImplementedError("{task}: replace this line with your code")'
        self.code_stub = {"python": stub}
        self.text_stub = "*Write your answer here.*"
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        for name in _unshown(cell):
            del cell.attachments[name]
        if "attachments" in cell and not cell.attachments:
            del cell["attachments"]
        return cell, resources


def _unshown(cell: Any) -> list[str]:
    """Find attached pictures that no line for students shows: they were part of the solution or of its mark scheme."""
    shown, inside = [], False
    for line in cell.source.splitlines():
        begins, ends = "BEGIN MARK SCHEME" in line, "END MARK SCHEME" in line
        inside = (inside or begins) and not ends
        if not inside and not ends:
            shown.append(line)
    names = re.findall(r"attachment:([^)\s\"'>]+)", "\n".join(shown))
    seen = {form for name in names for form in (name, unquote(name))}
    return [name for name in cell.get("attachments", {}) if name not in seen]
