"""Students in an instructor's file: by any id, in any form, and never by guess."""

from __future__ import annotations

import pytest

from autograder.errors import UsageError
from autograder.export.spreadsheet import find_students, read_sheet, write_sheet


def found(rows: list[list[str]], *students: str, **more: str) -> dict[str, int]:
    """The row of each student; `more` are second ids."""
    ids = {student: [student] for student in students} | {student: [student, other] for student, other in more.items()}
    placed = find_students(ids, rows, range(len(rows[0])))
    return placed.rows | dict.fromkeys(placed.missing, -1)


def test_leading_zeros_that_a_spreadsheet_took_away() -> None:
    """Found without them, in either direction."""
    assert found([["12345"], ["0067"]], "0012345", "67") == {"0012345": 0, "67": 1}


def test_the_exact_id_comes_first() -> None:
    """A row that is somebody's is nobody else's: the student with the zeros isn't there."""
    assert found([["12345"]], "0012345", "12345") == {"12345": 0, "0012345": -1}


def test_two_without_their_zeros_are_refused() -> None:
    """Which of two rows is meant, or which of two folders, is not guessed."""
    with pytest.raises(UsageError, match="in several rows: 5"):
        found([["05"], ["005"]], "5")
    with pytest.raises(UsageError, match="two folders for one row: 05, 005"):
        found([["5"]], "05", "005")


def test_letters_keep_their_zeros() -> None:
    """Only numbers lose them in a spreadsheet."""
    assert found([["a5"]], "0a5") == {"0a5": -1}


def test_any_id_of_the_roster_will_do() -> None:
    """One that is nowhere is no harm."""
    assert found([["s-1"], ["s-2"]], ada="s-2") == {"ada": 1}


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", ['"a"\t"b"\r\n"1"\t"ü"\r\n', "a,b\r\n1,ü\r\n", "a;b\r\n1;ü\r\n"])
def test_a_file_goes_out_as_it_came(codec: str, text: str) -> None:
    """Encoding, what stands between cells, and quotation marks."""
    data = text.encode(codec)

    assert write_sheet(read_sheet(data)) == data
