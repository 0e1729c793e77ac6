"""The pages of formgrader: the marking guide beside each answer, and nothing that has to come from another site.

`HTMLExporter` makes formgrader's pages and the students' feedback alike. The guide goes where formgrader's own facts
are (`submission_id`) and nbgrader's facts of a run are not, so it is in no page that is made for students.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from jinja2 import ChoiceLoader, DictLoader
from nbconvert.preprocessors import Preprocessor

from autograder.course.settings import find_course
from autograder.errors import UsageError
from autograder.nbgrader.restore import grade_id, is_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

_BEGIN, _END = "BEGIN MARK SCHEME", "END MARK SCHEME"
# nbgrader's own style sheet takes the triangle from hints that can be opened, and the room between the cells of tables.
_STYLE = """
summary { display: list-item; cursor: pointer }
.rendered_html th, .rendered_html td { padding: 0 .5em }
.rendered_html table { margin-bottom: 1em }
"""
_NO_MATHJAX = DictLoader(
    {"mathjax.html.j2": f"{{%- macro mathjax(url='') -%}}<style>{_STYLE}</style>{{%- endmacro %}}"}
)


class StaffPages(Preprocessor):  # type: ignore[misc]  # nbconvert ships no types
    """A preprocessor for `c.HTMLExporter.preprocessors`."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Put each answer's guide below it, on formgrader's pages alone."""
        _without_mathjax(self.parent)
        if "submission_id" in resources and "nbgrader" not in resources:
            try:
                root = self.config.get("CourseDirectory", {}).get("root") or "."
                found = guides(find_course(Path(root)).solution(resources["assignment_id"]))
            except UsageError:  # jupyter was started elsewhere: the page is there all the same
                found = {}
            nb.cells = [shown for cell in nb.cells for shown in (cell, *_guide(cell, found))]
        return nb, resources


def guides(master: Path) -> Mapping[str, Any]:
    """The marking guide of each answer, as a cell, from the master notebook; none where that can't be read."""
    try:
        return _guides(str(master), master.stat().st_mtime_ns)
    except (OSError, ValueError):
        return {}


@functools.lru_cache(maxsize=8)
def _guides(master: str, changed: int) -> dict[str, Any]:  # another time is another file
    book = nbformat.read(Path(master), as_version=4)
    found = {}
    for cell in book.cells:
        text = cell.source.partition(_BEGIN)[2].partition(_END)[0] if is_answer(cell) else ""
        if text.strip():
            _, _, text = text.partition("\n")
            text = text.rpartition("\n")[0]
            title = f"**Marking guide for `{grade_id(cell)}`, for staff only**"
            source = f'<div class="alert alert-warning">\n\n{title}\n\n{text}\n\n</div>'
            found[grade_id(cell)] = nbformat.v4.new_markdown_cell(source, attachments=cell.get("attachments", {}))
    return found


def _guide(cell: Any, found: Mapping[str, Any]) -> list[Any]:
    name = grade_id(cell)
    return [found[name]] if name in found else []


def _without_mathjax(exporter: Any) -> None:
    """Let the page load no script from another site: formulas are pictures already, see `formulas`."""
    environment = exporter.environment
    if not (isinstance(environment.loader, ChoiceLoader) and _NO_MATHJAX in environment.loader.loaders):
        environment.loader = ChoiceLoader([_NO_MATHJAX, environment.loader])
