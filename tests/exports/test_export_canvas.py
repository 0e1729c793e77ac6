"""The Canvas file: what comes back when Canvas reads it, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from results_kit import LAB, TITLE, result
from validators import canvas, rows

from autograder.errors import UsageError
from autograder.export.canvas import canvas_csv
from autograder.export.gradebook_sheet import Column

if TYPE_CHECKING:
    from autograder.export.final_score import Final

EXPORT = (
    "Student,ID,SIS User ID,SIS Login ID,Section,A scalar LSTM step (4711),Essay (4712),Current Score\r\n"
    ",,,,,Manual Posting,,(read only)\r\n"
    "    Points Possible,,,,,14.00,100.00,(read only)\r\n"
    '"Lovelace, Ada",11,s-11,ada,"A and B",2.0,50,90\r\n'
    '"Babbage, Charles",12,s-12,cb,A,1.5,60,80\r\n'
    '"Student, Test",13,,x9,A,,,\r\n'
)
HEADER = "A scalar LSTM step (4711)"


def made(*results: Final, text: str = EXPORT) -> tuple[dict[str, dict[str, float | None]], list[str]]:
    """What Canvas takes from the file, and the notes."""
    data, notes, _ = canvas_csv(text.encode(), [Column(LAB, TITLE, results)])
    return canvas(data), notes


def test_round_trip() -> None:
    """Canvas finds each student by ID, with our score; the others keep what they had."""
    taken, notes = made(result("ada", 7.25), result("s-12", 0.0))

    assert taken == {"11": {HEADER: 7.25}, "12": {HEADER: 0.0}, "13": {HEADER: None}}
    assert notes[1:] == ["lab1_scalar_lstm: in the file without a result, left as they were: Student, Test (x9)"]


def test_only_identity_and_our_columns_are_handed_back() -> None:
    """Nothing else of the export goes back, so that no other grade can be overwritten."""
    data, *_ = canvas_csv(EXPORT.encode(), [Column(LAB, TITLE, [result("ada")])])

    assert rows(data)[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", HEADER]
    assert rows(data)[2][:5] == ["Lovelace, Ada", "11", "s-11", "ada", "A and B"]


def test_several_assignments_in_one_file() -> None:
    """Each has its own column."""
    text = EXPORT.replace("Essay (4712)", "lab2 (4712)").replace("100.00", "14")
    columns = [Column(LAB, TITLE, [result("ada", 3.0)]), Column("lab2", "GRU", [result("ada", 4.0)])]
    data, *_ = canvas_csv(text.encode(), columns)

    assert canvas(data)["11"] == {HEADER: 3.0, "lab2 (4712)": 4.0}


def test_semicolons_and_a_byte_order_mark_come_back_as_they_were() -> None:
    """Excel's way of CSV, which some Canvas accounts export, is kept."""
    text = (
        EXPORT.replace('"Lovelace, Ada"', "Ada")
        .replace('"Babbage, Charles"', "Charles")
        .replace('"Student, Test"', "Test")
    )
    data, *_ = canvas_csv(b"\xef\xbb\xbf" + text.replace(",", ";").encode(), [Column(LAB, TITLE, [result("ada", 2.5)])])

    assert data.startswith(b"\xef\xbb\xbfStudent;ID;")
    assert b"Ada;11;s-11;ada;A and B;2.5\r\n" in data


def test_a_fault_of_ours_is_no_grade() -> None:
    """The cell keeps what it had."""
    taken, _ = made(result("ada", None), result("cb", 5.0))

    assert taken["11"] == {HEADER: 2.0}


def test_a_name_that_is_a_formula_is_inert() -> None:
    """Students can write formulas into their names; Canvas goes by the ID, so the name may be defused."""
    taken, _ = made(result("ada"), text=EXPORT.replace('"Lovelace, Ada"', '"=HYPERLINK(""http://x"")"'))

    assert taken["11"] == {HEADER: 7.5}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Student,ID,", "Student,Ident,", "no column ID"),
        ("A scalar LSTM step (4711)", "Something else (4711)", "no column called 'A scalar LSTM step'"),
        ("Essay (4712)", "lab1_scalar_lstm (4712)", "2 columns called"),
        ("Points Possible", "Points", "no line 'Points Possible'"),
        ("14.00,100.00", "20.00,100.00", "Canvas says 20; here 14: make them the same in Canvas"),
        ("14.00,100.00", ",100.00", "set them in Canvas"),
        (",SIS Login ID,", ",SIS User ID,", "is there 2 times"),
        (",A,1.5", ",A,1.5,9,9,9,9", "row 5 of --into has 12 cells"),
        ('"A and B"', '"A and B', "not CSV"),
        (",cb,", ",ada,", "in several rows: ada"),
    ],
)
def test_what_does_not_fit_is_named(old: str, new: str, message: str) -> None:
    """A column or a student that is missing or doubled, other points, a broken file: refused, with the name."""
    assert EXPORT.count(old) == 1
    with pytest.raises(UsageError, match=message.replace("(", r"\(")):
        made(result("ada", marks=None, max_score=14.0, manual=[]), text=EXPORT.replace(old, new))


def test_two_folders_for_one_student_are_named() -> None:
    """One by login, one by SIS id: which of them counts is not guessed."""
    with pytest.raises(UsageError, match="two folders for one row: ada, s-11"):
        made(result("ada"), result("s-11"))


def test_student_who_is_not_in_the_file_is_left_out() -> None:
    """The rest is written, whatever the case or the Unicode form of an id; those who are missing are named."""
    text = EXPORT.replace(",cb,", ",mu\u0308ller,")
    filled = canvas_csv(
        text.encode(), [Column(LAB, TITLE, [result("ADA", 3.0), result("m\u00fcller", 4.0), result("kim")])]
    )

    assert canvas(filled.data) == {"11": {HEADER: 3.0}, "12": {HEADER: 4.0}, "13": {HEADER: None}}
    assert filled.left_out == ["kim"]


def test_excused_student_stays_excused() -> None:
    """EX is no grade, and no grade of ours takes its place."""
    text = EXPORT.replace("A,1.5,60", "A,EX,60")
    filled = canvas_csv(text.encode(), [Column(LAB, TITLE, [result("cb", 0.0)])])

    assert [row[5] for row in rows(filled.data)[2:]] == ["2.0", "EX", ""]
    assert "excused there, left as they are: cb" in filled.notes


@pytest.mark.parametrize(("keep", "grade"), [(False, "7"), (True, "1.5")])
def test_another_grade_there_is_named(keep: bool, grade: str) -> None:  # both ways
    """Old and new; it is replaced unless it is to be kept. The same grade is no news."""
    filled = canvas_csv(EXPORT.encode(), [Column(LAB, TITLE, [result("cb", 7.0), result("ada", 2.0)])], keep=keep)

    assert rows(filled.data)[3][5] == grade
    said = "left as it is: cb (1.5 there, 7 here)" if keep else "replaced: cb (1.5 → 7)"
    assert [note for note in filled.notes if "another grade" in note] == [f"another grade there, {said}"]


def test_canvas_other_header_is_taken() -> None:
    """With first and last names apart."""
    text = EXPORT.replace("Student,ID", "LastName,FirstName,ID").replace('"Lovelace, Ada"', "Lovelace,=Ada")
    text = text.replace('"Babbage, Charles"', "Babbage,Charles").replace('"Student, Test"', "Student,Test")
    text = text.replace(",,,,,Manual", ",,,,,,Manual").replace("Possible,,,,,14", "Possible,,,,,,14")
    data, *_ = canvas_csv(text.encode(), [Column(LAB, TITLE, [result("ada", 2.5)])])

    assert rows(data)[0][:3] == ["LastName", "FirstName", "ID"]
    assert rows(data)[2] == ["Lovelace", "'=Ada", "11", "s-11", "ada", "A and B", "2.5"]
