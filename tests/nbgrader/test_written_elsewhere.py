"""A written answer beside its cell: both routes ask a person, and say where it stands."""

from __future__ import annotations

import copy

from nbcourse import LAB1, NbCourse, solved

TEXT = "The gate falls, so the memory fades."


def test_both_routes_ask_a_person(course: NbCourse) -> None:
    """A new cell and the question's cell; who wrote nothing gets 0 and nobody is asked."""
    blank = solved()
    below, inside = copy.deepcopy(blank), copy.deepcopy(blank)
    below["cells"].append({"cell_type": "markdown", "id": "mine", "metadata": {}, "source": TEXT})
    question = next(cell for cell in inside["cells"] if cell["id"] == "exercise1_question")
    question["source"] = "".join(question["source"]) + "\n\n" + TEXT
    for student, book in {"below": below, "inside": inside}.items():
        course.hand_in(student, book)
    nothing = copy.deepcopy(blank)
    for cell in nothing["cells"]:  # the solution's own comments are text, too
        if cell["id"].endswith("_answer"):
            cell["source"] = "\n".join(line for line in "".join(cell["source"]).split("\n") if "# " not in line)
    course.hand_in("nothing", nothing)
    course.autograder("grade", LAB1)
    course.nbgrader("autograde", LAB1)

    needs = {"auto": None, "manual": None, "needs": True}
    for student in ("below", "inside"):
        note = course.record(student)["manual"][0]["note"]
        assert "nothing is in its cell, but text stands elsewhere: cell " in note
        assert TEXT in note
        assert course.grades(student)["exercise1_written"] == needs
        assert TEXT in "".join(course.autograded(student)["cells"][0]["source"])
        assert TEXT in (course.root / "results" / LAB1 / f"{student}.html").read_text()
    assert course.record("nothing")["manual"][0]["note"] == ""
    assert course.grades("nothing")["exercise1_written"] == {"auto": 0.0, "manual": None, "needs": False}
