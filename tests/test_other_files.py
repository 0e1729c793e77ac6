"""Files as they come: other names, other folders, zips, and what is no notebook."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from autograder.course.submission import RejectedError, Submission, collect

if TYPE_CHECKING:
    from pathlib import Path

BOOK = json.dumps({"cells": [{"cell_type": "code", "source": "x = 1"}], "nbformat": 4}).encode()
MIB = 2**20


def handed_in(tmp_path: Path, files: dict[str, bytes]) -> Submission:
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


def tarred(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    """A tar of these files; where a name ends in `@`, a link of that name to /etc/passwd."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            entry = tarfile.TarInfo(name.rstrip("@"))
            entry.size = len(data)
            if name.endswith("@"):
                entry.type, entry.linkname, entry.size = tarfile.SYMTYPE, "/etc/passwd", 0
            archive.addfile(entry, io.BytesIO(data))
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
        ({"a.tar.gz": tarred({"./lab/lab.ipynb": BOOK, "lab/data.bin": b"x"})}, "ada/lab/a.tar.gz/lab/lab.ipynb"),
        ({"a.tgz": tarred({"lab.ipynb": BOOK, "lab/.old.ipynb": BOOK})}, "ada/lab/a.tgz/lab.ipynb"),
        ({"a.tar": tarred({"lab.ipynb": BOOK}, "w")}, "ada/lab/a.tar/lab.ipynb"),
        ({"lab.ipynb.gz": gzip.compress(BOOK)}, "ada/lab/lab.ipynb.gz/lab.ipynb"),
        ({"lab.ipynb ": BOOK}, "ada/lab/lab.ipynb "),
        ({"lab.ipynb.download": BOOK}, "ada/lab/lab.ipynb.download"),
        ({"lab.json": BOOK, "data.json": b"{}"}, "ada/lab/lab.json"),
        ({"lab.ipynb/lab.ipynb": BOOK}, "ada/lab/lab.ipynb/lab.ipynb"),
        ({"LAB.ipynb": BOOK, "scratch.ipynb": BOOK}, "ada/lab/LAB.ipynb"),
        ({"mine.ipynb": BOOK, "lab.ipynb.txt": BOOK}, "ada/lab/mine.ipynb"),
        ({"LAB.PY": b"x = 1", "helpers.py": b"y = 1"}, "ada/lab/LAB.PY"),
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
        ({"main.py": b"", "helpers.py": b""}, "among what was handed in: there is helpers.py, main.py. Hand in"),
        ({"lab.rar": b"Rar!"}, "there is lab.rar. Hand in the notebook that Jupyter saves."),
        ({f"{n}.ipynb": BOOK for n in range(9)}, "9 other notebooks (0.ipynb, 1.ipynb, 2.ipynb, 3.ipynb, 4.ipynb, …)"),
        ({"a.tar.gz": tarred({"lab.ipynb@": b""})}, "a.tar.gz holds no notebook"),
        ({"a.tar.gz": tarred({"b.tar": tarred({"lab.ipynb": BOOK}, "w")})}, "a.tar.gz holds no notebook"),
        ({"a.tar.gz": tarred({str(n): b"" for n in range(1001)})}, "as it holds more than 1000 files"),
        ({"a.tar.gz": tarred({"lab.ipynb": b" " * (3 * MIB)})}, "as what is in it is more than 1 MiB"),
        ({"lab.ipynb.gz": gzip.compress(b" " * (MIB + 1))}, "as what is in it is more than 1 MiB"),
        ({"a.tgz": b"\x1f\x8b\x08 and no more"}, "a.tgz was not taken, as it can't be unpacked"),
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


@pytest.mark.parametrize(
    ("files", "note"),
    [
        ({"lab.ipynb": BOOK, "lab.ipynb.txt": BOOK}, "left aside: lab.ipynb.txt"),
        ({"lab.ipynb": BOOK, "LAB.IPYNB": BOOK}, "left aside: LAB.IPYNB"),
        ({"mine.ipynb": BOOK, "lab.IPYNB.txt": BOOK}, "left aside: lab.IPYNB.txt"),
    ],
)
def test_what_stands_beside_is_noted(files: dict[str, bytes], note: str, tmp_path: Path) -> None:
    """The exact name is graded, and the class report can ask where the work is."""
    assert note in handed_in(tmp_path, files).notes


def test_letters_of_another_case_in_the_folder(tmp_path: Path) -> None:
    """The one folder that differs in that only is taken, with a note; of two, neither."""
    file = tmp_path / "ada" / "LAB" / "lab.ipynb"
    file.parent.mkdir(parents=True)
    file.write_bytes(BOOK)
    found = collect(tmp_path, "ada", "lab", most_bytes=MIB)
    (tmp_path / "ada" / "Lab").mkdir()

    assert (found.path, found.notes) == ("ada/LAB/lab.ipynb", ["the folder is called LAB, not lab"])
    assert collect(tmp_path, "ada", "lab", most_bytes=MIB).rejection == "Nothing was handed in for lab."


def test_a_rejected_file_has_no_note_that_it_was_graded(tmp_path: Path) -> None:
    """A zip without a notebook is named in the message alone."""
    assert handed_in(tmp_path, {"a.zip": zipped({"lab.py": b""})}).notes == []


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
        (gzip.compress(BOOK, mtime=0), r"it is packed \(gzip\)"),
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
