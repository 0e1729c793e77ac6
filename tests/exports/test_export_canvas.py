"""The Canvas file: what comes back when Canvas reads it, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from results_kit import HOSTILE, LAB, TITLE, result
from validators import canvas, rows

from autograder.errors import UsageError
from autograder.report.export_canvas import Column, canvas_csv

if TYPE_CHECKING:
    from autograder.report.final import Final

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
    data, notes = canvas_csv(text.encode(), [Column(LAB, TITLE, results)])
    return canvas(data), notes


def test_round_trip() -> None:
    """Canvas finds each student by ID, with our score; the others keep what they had."""
    taken, notes = made(result("ada", 7.25), result("s-12", 0.0))

    assert taken == {"11": {HEADER: 7.25}, "12": {HEADER: 0.0}, "13": {HEADER: None}}
    assert notes == ["lab1_scalar_lstm: 1 student in the file without a result, left as they were"]


def test_only_identity_and_our_columns_are_handed_back() -> None:
    """Nothing else of the export goes back, so that no other grade can be overwritten."""
    data, _ = canvas_csv(EXPORT.encode(), [Column(LAB, TITLE, [result("ada")])])

    assert rows(data)[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", HEADER]
    assert rows(data)[2][:5] == ["Lovelace, Ada", "11", "s-11", "ada", "A and B"]


def test_several_assignments_in_one_file() -> None:
    """Each has its own column."""
    text = EXPORT.replace("Essay (4712)", "lab2 (4712)").replace("100.00", "14")
    columns = [Column(LAB, TITLE, [result("ada", 3.0)]), Column("lab2", "GRU", [result("ada", 4.0)])]
    data, _ = canvas_csv(text.encode(), columns)

    assert canvas(data)["11"] == {HEADER: 3.0, "lab2 (4712)": 4.0}


def test_semicolons_and_a_byte_order_mark_come_back_as_they_were() -> None:
    """Excel's way of CSV, which some Canvas accounts export, is kept."""
    text = (
        EXPORT.replace('"Lovelace, Ada"', "Ada")
        .replace('"Babbage, Charles"', "Charles")
        .replace('"Student, Test"', "Test")
    )
    data, _ = canvas_csv(b"\xef\xbb\xbf" + text.replace(",", ";").encode(), [Column(LAB, TITLE, [result("ada", 2.5)])])

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
        ("14.00,100.00", "20.00,100.00", "20 points in Canvas and 14 here"),
        ("14.00,100.00", ",100.00", "set them in Canvas"),
        (",SIS Login ID,", ",SIS User ID,", "is there 2 times"),
        (",A,1.5", ",A,1.5,9,9,9,9", "row 5 of --into has 12 cells"),
        ('"A and B"', '"A and B', "not CSV"),
        (",cb,", ",ada,", "in several rows: ada"),
        (",ada,", ",lovelace,", "in no row: ada"),
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


def test_everybody_who_is_missing_is_named_at_once() -> None:
    """All of them, hostile names made visible, and cut after twenty."""
    with pytest.raises(UsageError) as caught:
        made(*(result(name) for name in [HOSTILE, *(f"n{number}" for number in range(24))]))

    assert "n18 and 5 more" in str(caught.value)
    assert "\x1b" not in str(caught.value)
