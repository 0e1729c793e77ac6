"""Pictures attached in what is not for students: the release holds none of them, and `verify` sees one that is left."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nbformat import from_dict

from autograder.authoring.verify.labs import CourseView
from autograder.authoring.verify.linter import rules_to_run, run
from autograder.course.settings import find_course
from autograder.nbgrader.clear_solutions import NamedStubs
from autograder.nbgrader.release import release_of

if TYPE_CHECKING:
    from pathlib import Path

COURSE = find_course()
LAB = "lab1_scalar_lstm"
PICTURE = {"image/png": "iVBORw0KGgo="}


def cleared(source: str, *names: str) -> Any:
    """A written answer's cell after the release step."""
    marks = {"grade": True, "solution": True, "grade_id": "written", "points": 1, "schema_version": 3, "locked": False}
    cell = from_dict(
        {
            "cell_type": "markdown",
            "source": source,
            "metadata": {"nbgrader": marks},
            "attachments": dict.fromkeys(names, PICTURE),
        }
    )
    return NamedStubs().preprocess_cell(cell, {"language": "python"}, 0)[0]


def test_a_picture_in_a_mark_scheme_goes_with_it(tmp_path: Path) -> None:
    """A real master with one: its release has neither line nor bytes of it."""
    master = tmp_path / f"{LAB}.ipynb"
    book = json.loads(COURSE.solution(LAB).read_text())
    cell = next(cell for cell in book["cells"] if cell["id"] == "exercise1_written")
    cell["source"] = "".join(cell["source"]).replace(
        "=== END MARK SCHEME", "![k](attachment:key.png)\n=== END MARK SCHEME"
    )
    cell["attachments"] = {"key.png": PICTURE}
    master.write_text(json.dumps(book))

    assert "iVBORw0KGgo=" not in release_of(master)
    assert "key.png" not in release_of(master)


def test_only_what_students_see_keeps_its_picture() -> None:
    """A picture of the question stays, also under an escaped name; those of a solution or of nothing go."""
    text = "![q](attachment:my%20plot.png)\n### BEGIN SOLUTION\n![s](attachment:s.png)\n### END SOLUTION"

    assert list(cleared(text, "my plot.png", "s.png", "left over.png").attachments) == ["my plot.png"]
    assert "attachments" not in cleared("### BEGIN SOLUTION\n![s](attachment:s.png)\n### END SOLUTION", "s.png")


def test_verify_names_a_picture_that_nothing_shows(tmp_path: Path) -> None:
    """In a release that another tool made: `handout` asks the same rule."""
    (tmp_path / "assignments" / LAB).mkdir(parents=True)
    book = json.loads(COURSE.released(LAB).read_text())
    next(cell for cell in book["cells"] if cell["id"] == "exercise1_written")["attachments"] = {"key.png": PICTURE}
    (tmp_path / "assignments" / LAB / f"{LAB}.ipynb").write_text(json.dumps(book))
    for part in ("solutions", "autograder", "course.yml"):
        (tmp_path / part).symlink_to(COURSE.root / part)
    for other in set(COURSE.settings.assignments) - {LAB}:
        (tmp_path / "assignments" / other).symlink_to(COURSE.root / "assignments" / other)

    with CourseView(find_course(tmp_path)) as view:
        found = [
            finding.what
            for finding in run(view, rules_to_run(("no-marking-guide",), quick=True)).findings["no-marking-guide"]
        ]
    assert any("holds the attached picture key.png" in what for what in found)
