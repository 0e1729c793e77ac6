"""The Moodle worksheet: what Moodle takes from it, what stays as it was, what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from results_kit import hostile, rejected, result
from validators import moodle, rows, tame

from autograder.errors import UsageError
from autograder.export.moodle import feedback_html, moodle_csv

if TYPE_CHECKING:
    from autograder.export.final_score import Final

SHEET = (
    'Identifier,"Full name","ID number","Email address",Status,Grade,"Maximum Grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"\r\n'
    'Participant 101,"Ada Lovelace",ada,ada@example.org,"Submitted",,14.00,Yes,"Monday, 5 October 2026",-,\r\n'
    'Participant 102,=1+1,cb,cb@example.org,"Submitted",3.00,14.00,Yes,-,"Tuesday, 6 October 2026","<p>old</p>"\r\n'
    'Participant 103,Kim,kim,kim@example.org,"No submission",,14.00,No,-,-,\r\n'
)


def made(*results: Final, text: str = SHEET) -> tuple[dict[str, tuple[float, str]], list[str]]:
    """What Moodle takes from the file, and the notes."""
    data, notes, _ = moodle_csv(text.encode(), results)
    return moodle(data, text.encode()), notes


def test_round_trip() -> None:
    """Moodle takes our score and feedback for those who have a result, and every other cell is as downloaded."""
    taken, notes = made(result("ada", 7.25))

    assert list(taken) == ["101"]
    assert taken["101"][0] == 7.25
    assert taken["101"][1].startswith("<p>7.25 of 10 points.</p><p>1 of 2 checks passed.</p><p>Look at")
    assert notes == ["in the file without a result, left as they were: cb, kim"]


@pytest.mark.parametrize("name", ["Participant 102", "102", "cb", "cb@example.org"])
def test_a_student_is_found_by_any_identity(name: str) -> None:
    """Folders may be named after the participant, the ID number or the e-mail address."""
    assert list(made(result(name, 1.0))[0]) == ["102"]


def test_what_is_locked_is_said_and_left() -> None:
    """Moodle would skip the row and say nothing; so the row stays, and the name is told."""
    taken, notes = made(result("kim"), result("ada"))

    assert list(taken) == ["101"]
    assert "locked in Moodle, left as they are: kim" in notes


def test_feedback_is_paragraphs_and_text() -> None:
    """Script in a message, a formula in a title: what is left is text in paragraphs."""
    text = feedback_html(hostile())
    bare = text.replace("<p>", "").replace("</p>", "").replace("<br>", "")

    assert "<" not in bare
    assert tame(bare)
    assert "alert(1)" in text


def test_a_rejected_submission_says_why() -> None:
    """Zero, with the reason."""
    taken, _ = made(rejected("ada"))

    assert taken["101"] == (
        0.0,
        "<p>0 of 10 points.</p><p>It could not be graded as it is: There is no lab1.ipynb.</p>",
    )


def test_without_a_feedback_column_the_grade_goes_alone() -> None:
    """And that is said."""
    text = SHEET.replace(',"Feedback comments"', "").replace(",-,\r", ",-\r").replace(',"<p>old</p>"', "")
    data, notes, _ = moodle_csv(text.encode(), [result("ada")])

    assert rows(data)[1][5] == "7.5"
    assert any("no column `Feedback comments`" in note for note in notes)


def test_a_fault_of_ours_is_no_grade() -> None:
    """The row stays as it is."""
    assert made(result("ada", None))[0] == {}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Identifier,", "Kennung,", "no column Identifier"),
        (",Grade,", ",Bewertung,", "no column Grade"),
        ('"Last modified (grade)"', '"Last modified"', "no column Last modified"),
        ("Participant 101,", "Teilnehmer 101,", "identifiers that are not"),
        ("ada@example.org,", "cb@example.org,", "in several rows: cb@example.org"),
        (",14.00,Yes,-", ",100.00,Yes,-", "Moodle says 100; here 10 automatic . 4 by hand"),
        (",14.00,Yes,-", ",Satisfactory,Yes,-", "not a number"),
        ("Participant 102,", "Participant 101,", "in several rows: Participant 101"),
    ],
)
def test_what_does_not_fit_is_named(old: str, new: str, message: str) -> None:
    """What Moodle would skip silently, or read as something else, is refused."""
    assert SHEET.count(old) == 1
    students = ["cb@example.org"] if "cb@" in new else ["Participant 101", "cb"]
    with pytest.raises(UsageError, match=message.replace("(", r"\(")):
        made(*(result(student, 5.0) for student in students), text=SHEET.replace(old, new))


def test_more_points_than_moodle_takes_are_left_out() -> None:
    """Moodle would skip what is out of range; the others are written."""
    filled = moodle_csv(SHEET.encode(), [result("ada", 15.0, max_score=14.0, manual=[]), result("cb", 4.0)])

    assert list(moodle(filled.data, SHEET.encode())) == ["102"]
    assert filled.left_out == ["ada"]


def test_student_who_is_not_in_the_worksheet_is_left_out() -> None:
    """The rest is written; empty lines at the end of the file are nobody."""
    text = SHEET + ",,,,,,,,,,\r\n\r\n"
    filled = moodle_csv(text.encode(), [result("dropped"), result("ADA@example.org", 7.0)])

    assert list(moodle(filled.data, SHEET.encode())) == ["101"]
    assert filled.left_out == ["dropped"]


def test_comment_of_somebody_stays() -> None:
    """Only an empty one, or one that an export of ours wrote, is written over."""
    first = moodle_csv(SHEET.encode(), [result("ada", 7.0), result("cb", 3.0)])
    again = moodle_csv(first.data, [result("ada", 6.0), result("cb", 3.0)])

    assert "somebody's comment stands there, left as it is: cb" in first.notes
    assert rows(again.data)[2][-1] == "<p>old</p>"
    assert rows(again.data)[1][-1].startswith("<p>6 of 10 points.")


@pytest.mark.parametrize(("keep", "grade"), [(False, "5"), (True, "3.00")])
def test_another_grade_there_is_named(keep: bool, grade: str) -> None:  # both ways
    """Old and new, and it is replaced unless it is to be kept."""
    filled = moodle_csv(SHEET.encode(), [result("cb", 5.0)], keep=keep)

    assert rows(filled.data)[2][5] == grade
    assert any(("cb (3.00 there, 5 here)" if keep else "cb (3.00 → 5)") in note for note in filled.notes)
