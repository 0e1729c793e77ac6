"""`scores.csv`, read back as a spreadsheet or a script would."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from builders import HOSTILE, half, hostile, perfect, record

from autograder.record import Late, Record
from autograder.report.score_table import inert, scores_csv

WHO = ("name", "section")


def rows(*records: Record) -> list[dict[str, str]]:
    """The table read back."""
    return list(csv.DictReader(StringIO(scores_csv(records), newline=""), strict=True))


def test_columns_and_values() -> None:
    """The fixed columns stand first, and `score` is before the late penalty, as in the record."""
    (row,) = rows(half())

    assert list(row) == ["student", "assignment", "status", "score", "max_score", "late_penalty", "message", *WHO]
    assert (row["student"], row["status"]) == ("ada", "graded")
    assert (row["score"], row["max_score"], row["late_penalty"]) == ("4.0", "12.0", "0.5")
    assert row["message"] == "Forget gate at -1: forget gate and input gate swapped"


def test_rows_are_sorted_whatever_the_order_given() -> None:
    """The same records give the same file."""
    given = [record(student=name, assignment=lab) for name in "bca" for lab in ("lab2", "lab1")]

    assert [(row["student"], row["assignment"]) for row in rows(*given)] == [
        (n, f"lab{i}") for n in "abc" for i in (1, 2)
    ]


def test_a_fault_of_ours_has_no_score() -> None:
    """A grader error is an empty cell, which no average takes for a zero, and its reason is there for staff."""
    (row,) = rows(record(status="grader_error", message="disk full"))

    assert (row["score"], row["message"]) == ("", "disk full")


def test_lines_end_as_rfc_4180_says() -> None:
    """CR LF ends each line, the last included, and no text brings a line end of its own."""
    text = scores_csv([hostile(), perfect(), record(status="rejected", message="two\nlines\rand\u2028more")])

    assert text.count("\r\n") == text.count("\n") == text.count("\r") == 4
    assert text.endswith("\r\n")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "a;=1", "a; @x", "\uff1d1+1", "-bob"],
)
def test_formulas_are_inert(text: str) -> None:
    """No cell, and no cell of a spreadsheet that splits at semicolons, begins with what starts a formula."""
    (row,) = rows(record(student=text, status="rejected", message=text))

    for cell in (row["student"], row["message"]):
        assert not [part for part in cell.split(";") if part.strip()[0] in "=+-@\uff1d\uff0b\uff0d\uff20"]
        assert "'" in cell


@pytest.mark.parametrize("text", ["-5", "+3.5", "-0.25", "ada", "a-b", "a=b", "x; -1", "1e-3", ""])
def test_numbers_and_plain_names_stay(text: str) -> None:
    """What computes nothing is not touched: an id that is a negative number still matches its student."""
    assert inert(text) == text


def test_numbers_keep_all_their_digits() -> None:
    """Scores are written as the record has them, negative ones and thirds too, without an apostrophe."""
    (row,) = rows(record(score=-1.5, max_score=20 / 3, late=Late(seconds=1, penalty=0.1)))

    assert (row["score"], float(row["max_score"]), row["late_penalty"]) == ("-1.5", 20 / 3, "0.1")


def test_long_texts_are_cut() -> None:
    """A message of 1 MB is a cell of a few hundred characters."""
    (row,) = rows(record(status="rejected", message="x" * 1_000_000))

    assert len(row["message"]) == 500


def test_hostile_texts_come_back_in_their_cells() -> None:
    """Quotes, markup and control characters neither break a row nor fail to encode."""
    (row,) = rows(hostile())

    assert scores_csv([hostile()]).encode()
    assert row["student"].startswith(HOSTILE[:40])
    assert "\x00" not in row["student"]
    assert row["status"] == "graded"
