"""Submissions that nbgrader's own steps stumble over: each has a defined outcome, in one run over all of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from nbcourse import LAB1, cell, released, solved

if TYPE_CHECKING:
    from nbcourse import NbCourse

pytestmark = pytest.mark.rotating("nbgrader", by="file")
WRITTEN = "The forget gate multiplies the old memory, so it fades by that factor at every step."


def _answered() -> dict[str, Any]:
    return solved(exercise1_written=WRITTEN)


def _without(name: str) -> dict[str, Any]:
    notebook = _answered()
    notebook["cells"].remove(cell(notebook, name))
    return notebook


def _with_copies() -> dict[str, Any]:
    notebook = _answered()
    for name in ("lstm_step_answer", "lstm_step"):
        twin = json.loads(json.dumps(cell(released(LAB1), name)))
        twin["id"] += "_twin"
        notebook["cells"].insert(0, twin)
    return notebook


def _as_text(name: str) -> dict[str, Any]:
    notebook = _answered()
    found = cell(notebook, name)
    found["cell_type"] = "markdown"
    del found["outputs"], found["execution_count"]
    return notebook


def _without_metadata() -> dict[str, Any]:
    notebook = _answered()
    for each in notebook["cells"]:
        each["metadata"] = {}
        del each["id"]
    return {"cells": notebook["cells"], "metadata": {}, "nbformat": 4, "nbformat_minor": 2}


def _of_another_version() -> dict[str, Any]:
    notebook = _answered()
    for each in notebook["cells"]:
        if marks := each["metadata"].get("nbgrader"):
            marks |= {"grade_id": f"old_{marks['grade_id']}", "schema_version": 1}
            del marks["task"]
    return notebook


def _with_points() -> dict[str, Any]:
    notebook = solved(sigmoid_answer="def sigmoid(x):\n    return 0.5\n")
    cell(notebook, "sigmoid")["metadata"]["nbgrader"]["points"] = 100
    cell(notebook, "lstm_step")["metadata"]["nbgrader"] |= {"points": 100, "grade": True, "schema_version": 99}
    return notebook


def _in_format_3() -> dict[str, Any]:
    cells = [
        {"cell_type": "code", "input": each["source"], "outputs": [], "language": "python", "metadata": {}}
        for each in _answered()["cells"]
        if each["cell_type"] == "code"
    ]
    return {"worksheets": [{"cells": cells}], "metadata": {}, "nbformat": 3, "nbformat_minor": 0}


CASES: dict[str, tuple[dict[str, Any] | bytes, str, float]] = {  # student -> what, under which name, points
    "deleted": (_without("lstm_step"), "", 10),
    "doubled": (_with_copies(), "", 10),
    "check_as_text": (_as_text("lstm_step"), "", 10),
    "without_ids": (_without_metadata(), "", 10),
    "renamed": (_answered(), "My Lab (1).ipynb", 10),
    "other_version": (_of_another_version(), "", 10),
    "format_3": (_in_format_3(), "", 10),
    "format_9": ({**_answered(), "nbformat": 9}, "", 10),
    "script": (
        "\n\n".join("".join(c["source"]) for c in _answered()["cells"] if c["cell_type"] == "code").encode(),
        f"{LAB1}.py",
        10,
    ),
    "broken_json": (b'{"cells": [', "", 0),
    "empty": (b"", "", 0),
    "no_notebook": (b"hello", "notes.txt", 0),
    "unwritten": (_without("exercise1_written"), "", 10),
}


@pytest.fixture(scope="module")
def graded(course: NbCourse) -> str:
    """What `nbgrader autograde` prints over all of them; it must end well."""
    for student, (content, name, _) in CASES.items():
        course.hand_in(student, content, name=name)
    (course.hand_in("with_points", _with_points()).parent / "notes.txt").write_text("kept")
    course.hand_in("stub_as_text", _as_text("sigmoid_answer"))
    course.hand_in("several", _answered(), name="a.ipynb")
    course.hand_in("several", _answered(), name="b.ipynb")
    link = course.hand_in("linked", _answered())
    secret = course.root / "gradebook.db"
    link.unlink()
    link.symlink_to(secret)
    (link.parent / "notes.txt").symlink_to(secret)
    return course.nbgrader("autograde", LAB1)


@pytest.mark.parametrize("student", CASES)
def test_each_is_graded_by_the_names_of_its_functions(course: NbCourse, graded: str, student: str) -> None:
    """Whatever became of cells and metadata, code that is there counts, and what can't be read is 0."""
    assert course.points(student) == CASES[student][2], graded[-3000:]
    assert course.points(student) == course.record(student)["score"]


@pytest.mark.usefixtures("graded")
def test_a_link_leaves_out_no_other_student_s_file(course: NbCourse) -> None:
    """One student's notes.txt is a link and stays out; another's file of that name is copied."""
    assert (course.root / "autograded" / "with_points" / LAB1 / "notes.txt").read_text() == "kept"
    assert not (course.root / "autograded" / "linked" / LAB1 / "notes.txt").exists()


@pytest.mark.usefixtures("graded")
def test_points_are_those_of_the_course(course: NbCourse) -> None:
    """A student who writes 100 points into the metadata gets what the check is worth, and no more."""
    grades = course.grades("with_points")

    assert grades["sigmoid"]["auto"] < 2
    assert grades["lstm_step"]["auto"] <= 6
    assert course.points("with_points") == course.record("with_points")["score"] < 10


@pytest.mark.usefixtures("graded")
def test_code_that_was_turned_into_text_is_code(course: NbCourse) -> None:
    """An answer of type markdown is read as the code that it was released as, by both routes."""
    assert course.points("stub_as_text") == course.record("stub_as_text")["score"] == 10
    assert course.grades("stub_as_text")["sigmoid"]["auto"] == 2


@pytest.mark.usefixtures("graded")
@pytest.mark.parametrize("student", ["several", "linked", "broken_json", "empty", "no_notebook"])
def test_what_can_not_be_graded_is_0_with_a_reason(course: NbCourse, student: str) -> None:
    """Rejected: 0 at every cell, the reason in the feedback's cells, nobody asked to mark anything."""
    assert course.record(student)["status"] == "rejected"
    assert {(grade["auto"], grade["needs"]) for grade in course.grades(student).values()} == {(0.0, False)}
    shown = cell_outputs(course.autograded(student), "lstm_step")
    assert course.record(student)["message"][:20] in shown


@pytest.mark.usefixtures("graded")
def test_links_are_not_followed_into_the_feedback(course: NbCourse) -> None:
    """A link to the gradebook in a submission is not copied: nbgrader would hand it out with the feedback."""
    names = {path.name for path in (course.root / "autograded" / "linked" / LAB1).iterdir()}

    assert names == {f"{LAB1}.ipynb", "timestamp.txt", "submission_secret.txt"}


@pytest.mark.usefixtures("graded")
@pytest.mark.parametrize("student", ["without_ids", "other_version", "deleted", "doubled", "renamed"])
def test_written_answers_are_found_again(course: NbCourse, student: str) -> None:
    """The answer's cell is in its place with the student's text, and waits for a person."""
    notebook = course.autograded(student)
    answers = [
        "".join(each["source"])
        for each in notebook["cells"]
        if each["metadata"].get("nbgrader", {}).get("grade_id") == "exercise1_written"
    ]

    assert answers == [WRITTEN]
    assert course.grades(student)["exercise1_written"] == {"auto": None, "manual": None, "needs": True}


@pytest.mark.usefixtures("graded")
@pytest.mark.parametrize("student", ["unwritten", "script", "format_3"])
def test_an_answer_that_is_not_found_is_looked_for_by_a_person(course: NbCourse, student: str) -> None:
    """A deleted answer may stand somewhere else: neither 0 nor full marks, and the notebook says so at its top."""
    assert course.grades(student)["exercise1_written"] == {"auto": None, "manual": None, "needs": True}
    assert "exercise1_written" in "".join(course.autograded(student)["cells"][0]["source"])


def test_a_run_over_all_of_them_leaves_no_one_out(course: NbCourse, graded: str) -> None:
    """Every folder has a row and a page; the same run again grades nothing and writes nothing."""
    everyone = {path.name for path in (course.root / "submitted").iterdir()}
    rows = course.ask("select student_id from submitted_assignment")

    assert {row[0] for row in rows} == everyone
    assert {path.name for path in (course.root / "autograded").iterdir()} == everyone
    assert f"{len(everyone)} submissions to grade" in graded


def cell_outputs(notebook: dict[str, Any], name: str) -> str:
    """What stands under a graded cell."""
    found = next(each for each in notebook["cells"] if each["metadata"].get("nbgrader", {}).get("grade_id") == name)
    return json.dumps(found["outputs"])
