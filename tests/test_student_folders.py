"""Who has a folder: one row for each, whatever the folder is called, and one name for each that a file can have."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_course import autograder, records, write_course

from autograder.course.student_folders import MOST_NAME, folders, misnamed, students, what_is_wrong
from autograder.report.student_page import page_name


def made(root: Path, *names: bytes) -> Path:
    """A folder of submissions with folders of these names."""
    for name in names:
        Path(os.fsdecode(os.path.join(os.fsencode(root), name))).mkdir(parents=True)  # bytes
    return root


def test_a_name_that_is_one_is_kept(tmp_path: Path) -> None:
    """In whatever language; files and hidden folders are nobody's."""
    (made(tmp_path, "zoë".encode(), b"a b", b".git", b"=1+1") / "notes.txt").touch()

    assert folders(tmp_path) == {name: name for name in ("=1+1", "a b", "zoë")}
    assert [misnamed(tmp_path, name) for name in ("a b", "nobody")] == ["", ""]


@pytest.mark.parametrize(
    ("name", "who", "wrong"),
    [
        (b"j\xf6rg", "j\\xf6rg", "is not UTF-8"),
        (b"a" * 255, "a" * 144 + "~", "is too long"),
        ("語".encode() * 84, "語" * 48 + "~", "is too long"),
        (b"\xff" * 100, "\\xff\\xff", "is not UTF-8"),
        (b"\xff" * 255, "\\xff\\xff", "is not UTF-8"),
    ],
)
def test_another_name_has_another_one_here(tmp_path: Path, name: bytes, who: str, wrong: str) -> None:
    """It begins as the folder's does, and there is room for the ending of each file that is called so."""
    (found,) = students(made(tmp_path, name))

    assert found.startswith(who)
    assert wrong in misnamed(tmp_path, found)
    (tmp_path / page_name(found)).touch()
    assert len(f"{found}_.html".encode()) <= 255


def test_two_folders_are_never_one(tmp_path: Path) -> None:
    """A byte beside a folder that is called as the byte is spelled, and beside whatever would come next."""
    spelled = made(tmp_path, b"\xff", rb"\xff")
    assert len(students(spelled)) == 2
    made(tmp_path, *(who.encode() for who in students(spelled) if who != r"\xff"))

    assert [os.fsencode(folder) for folder in folders(tmp_path).values()].count(b"\xff") == 1
    assert len(students(tmp_path)) == 3
    assert [bool(misnamed(tmp_path, who)) for who in students(tmp_path)].count(True) == 1


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.binary(min_size=1, max_size=255).map(os.fsdecode))
def test_what_is_not_wrong_can_be_written_down(name: str) -> None:
    """As text, and as the name of a page."""
    if not what_is_wrong(name):
        assert len(page_name(name).encode()) <= MOST_NAME + len("_.html")


def test_each_odd_name_costs_one_row(tmp_path: Path) -> None:
    """The run goes on, everybody else has their points, and each row says which folder to rename."""
    root = write_course(tmp_path)
    (file,) = (root / "submitted" / "ann" / "tiny").iterdir()
    odd = (b"a" * 255, b"\xff" * 100, b"\xff", rb"\xff")
    for name in odd:
        place = Path(os.fsdecode(os.fsencode(root / "submitted") + b"/" + name)) / "tiny"
        place.mkdir(parents=True)
        (place / file.name).write_bytes(file.read_bytes())
    done = autograder(root, "grade")
    rows = records(root)

    assert done.returncode == 1, done.stderr
    assert len(rows) == 6
    assert {name: rows[name]["status"] for name in ("ann", "bob", r"\xff")} == dict.fromkeys(
        ("ann", "bob", r"\xff"), "graded"
    )
    faults = [row["message"] for row in rows.values() if row["status"] == "grader_error"]
    assert sorted("too long" in fault for fault in faults) == [False, False, True]
    assert all("rename it and grade again" in fault for fault in faults)
    assert len((root / "results" / "tiny" / "scores.csv").read_text().splitlines()) == 7
