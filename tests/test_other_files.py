"""Files as they come: other names, other folders, zips, and what is no notebook."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from autograder.submission import HandedIn, RejectedError, collect

if TYPE_CHECKING:
    from pathlib import Path

BOOK = json.dumps({"cells": [{"cell_type": "code", "source": "x = 1"}], "nbformat": 4}).encode()
MIB = 2**20


def handed_in(tmp_path: Path, files: dict[str, bytes]) -> HandedIn:
    """What is collected of these files."""
    for name, data in files.items():
        file = tmp_path / "ada" / "lab" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return collect(tmp_path, "ada", "lab", most_bytes=MIB)


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("files", "path"),
    [
        ({"lab.ipynb.txt": BOOK}, "ada/lab/lab.ipynb.txt"),
        ({"lab.ipynb.json": BOOK}, "ada/lab/lab.ipynb.json"),
        ({"lab.IPYNB": BOOK}, "ada/lab/lab.IPYNB"),
        ({"lab/lab.ipynb": BOOK, "lab/.ipynb_checkpoints/lab-checkpoint.ipynb": BOOK}, "ada/lab/lab/lab.ipynb"),
        (
            {"lab.zip": zipped({"lab/lab.ipynb": BOOK, "__MACOSX/lab/._lab.ipynb": b"x"})},
            "ada/lab/lab.zip/lab/lab.ipynb",
        ),
        ({"a.ZIP": zipped({"mine (1).ipynb": BOOK, "notes.txt": b"x"})}, "ada/lab/a.ZIP/mine (1).ipynb"),
        ({"a.zip": zipped({"lab.ipynb": BOOK, "old.ipynb": BOOK})}, "ada/lab/a.zip/lab.ipynb"),
        ({"._lab.ipynb": b"x", "desktop.ini": b"x", "Copy of lab.ipynb": BOOK}, "ada/lab/Copy of lab.ipynb"),
    ],
)
def test_the_one_notebook_is_graded_with_a_note(files: dict[str, bytes], path: str, tmp_path: Path) -> None:
    """Whatever the browser, the editor or the system made of its name and place."""
    found = handed_in(tmp_path, files)

    assert (found.path, found.rejection) == (path, "")
    assert found.parse().code[0].source == "x = 1"
    assert found.notes[0].startswith("graded ")


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"lab.html": b"<html>"}, "There is no lab.ipynb among what was handed in: there is lab.html"),
        ({"a/lab.ipynb": BOOK, "b/lab.ipynb": BOOK}, "There is no lab.ipynb, but a/lab.ipynb, b/lab.ipynb"),
        ({"a.zip": zipped({"1.ipynb": BOOK, "2.ipynb": BOOK})}, "a.zip holds 2 notebooks (1.ipynb, 2.ipynb)"),
        ({"a.zip": zipped({"b.zip": zipped({"lab.ipynb": BOOK})})}, "a.zip holds no notebook"),
        ({"a.zip": b"PK\x03\x04 and no more"}, "a.zip was not taken, as it can't be unpacked"),
        ({"a.zip": zipped({"lab.ipynb": b" " * (MIB + 1)})}, "as its notebooks are more than 1 MiB"),
        ({"a.zip": zipped({str(n): b"" for n in range(1001)})}, "as it holds more than 1000 files"),
    ],
)
def test_what_is_there_is_said(files: dict[str, bytes], says: str, tmp_path: Path) -> None:
    """Where there is not exactly one notebook, the message names what was found."""
    assert says in handed_in(tmp_path, files).rejection


def test_no_list_is_made_of_ten_thousand_files_in_a_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip of 20 MiB has room for the names of 400,000, each of which would become an object."""
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_args: pytest.fail("it was opened"))

    assert "more than 1000 files" in handed_in(tmp_path, {"a.zip": b"PK\x01\x02" * 10_001}).rejection


def test_a_link_in_a_zip_is_left_aside(tmp_path: Path) -> None:
    """It is not a notebook of theirs."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("lab.ipynb")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")

    assert "holds no notebook" in handed_in(tmp_path, {"a.zip": made.getvalue()}).rejection


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (zipped({"lab.ipynb": BOOK}), "it is a zip"),
        (b"\n<!DOCTYPE html><p>Sign in", "it is a web page"),
        (b"%PDF-1.7 x", "it is a PDF"),
        (b'{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> theirs\n]}', "it holds marks of a merge conflict"),
        (BOOK.replace(b"x = 1", b"# caf\xe9"), "it is not UTF-8 text"),
        (b"  \n", "it is empty"),
        (BOOK[:-5], "it is not valid JSON"),
    ],
)
def test_each_sort_of_unreadable_file_has_its_sentence(data: bytes, says: str, tmp_path: Path) -> None:
    """What it is, and what to hand in."""
    with pytest.raises(RejectedError, match=says):
        handed_in(tmp_path, {"lab.ipynb": data}).parse()
