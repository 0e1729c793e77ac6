"""What a student's folder may hold, and which file of it is graded."""

from __future__ import annotations

import errno
import json
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import msgspec
import pytest

from autograder.course import submission
from autograder.course.student_folders import students
from autograder.course.submission import RejectedError, Submission, chosen, collect, collect_file
from autograder.errors import GraderError

if TYPE_CHECKING:
    from collections.abc import Callable

LAB = "lab1"
MOST = 10_000


def notebook(text: str = "x = 1") -> bytes:
    """A notebook of one cell."""
    return json.dumps({"cells": [{"cell_type": "code", "source": text}], "nbformat": 4}).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of ada's lab1, empty."""
    made = tmp_path / "submitted" / "ada" / LAB
    made.mkdir(parents=True)
    return made


def collected(folder: Path) -> Submission:
    """What is found there, as it is sent to whoever grades it: it must survive being written down."""
    found = collect(folder.parents[1], "ada", LAB, most_bytes=MOST)
    return msgspec.json.decode(msgspec.json.encode(found), type=Submission)


def rejection(folder: Path) -> str:
    """Why there is nothing to grade; fails if there is something, or if the fault is ours."""
    found = collected(folder)
    assert not found.fault
    with pytest.raises(RejectedError) as caught:
        found.parse()
    return str(caught.value)


def test_the_exact_name_is_graded_and_others_are_noted(folder: Path) -> None:
    """The note names what was left aside, hidden files apart."""
    (folder / f"{LAB}.ipynb").write_bytes(notebook("exact = 1"))
    (folder / "copy.ipynb").write_bytes(notebook())
    (folder / ".hidden.ipynb").write_bytes(notebook())
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / f"{LAB}.py").write_bytes(b"y = 2")
    found = collected(folder)

    assert found.path == f"ada/{LAB}/{LAB}.ipynb"
    assert found.notes == ["left aside: copy.ipynb"]
    assert found.parse().code[0].source == "exact = 1"
    assert found.sha256 is not None
    assert len(found.sha256) == 64


def test_a_lone_notebook_is_graded_and_noted(folder: Path) -> None:
    """Also beside a Python file of the exact name."""
    (folder / "my lab (1).ipynb").write_bytes(notebook())
    (folder / f"{LAB}.py").write_bytes(b"y = 2")
    found = collected(folder)

    assert found.path == f"ada/{LAB}/my lab (1).ipynb"
    assert found.notes == [f"graded my lab (1).ipynb, as there is no {LAB}.ipynb"]


def test_a_name_from_another_system_is_graded(folder: Path) -> None:
    """The bytes of one that is no UTF-8 are shown as escapes, like a folder's, and everything can be written down."""
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.ipynb")).write_bytes(notebook("from_zip = 1"))
    found = collected(folder)

    assert found.parse().code[0].source == "from_zip = 1"
    assert found.path == f"ada/{LAB}/caf\\xe9.ipynb"
    assert "caf\\xe9.ipynb" in found.notes[0]


def test_two_notebooks_without_the_exact_name_are_rejected(folder: Path) -> None:
    """Both are named, and the name that is due."""
    (folder / "a.ipynb").write_bytes(notebook())
    (folder / "b.ipynb").write_bytes(notebook())

    for word in ("a.ipynb, b.ipynb", f"name it {LAB}.ipynb"):
        assert word in rejection(folder)


def test_a_python_file_is_graded_where_there_is_no_notebook(folder: Path) -> None:
    """And noted; another Python file is not taken."""
    (folder / "other.py").write_bytes(b"y = 1")
    assert "no lab1.ipynb" in rejection(folder)
    (folder / f"{LAB}.py").write_bytes(b"y = 2")

    assert collected(folder).parse().code[0].source == "y = 2"
    assert collected(folder).notes == [f"graded {LAB}.py, as there is no notebook"]


def test_nothing_handed_in_is_rejected(folder: Path) -> None:
    """No file, no folder, a file in the folder's place, and no student's folder."""
    assert "no lab1.ipynb" in rejection(folder)
    folder.rmdir()
    assert "Nothing was handed in" in rejection(folder)
    folder.write_text("not a folder")
    assert "Nothing was handed in" in rejection(folder)
    folder.unlink()
    folder.parent.rmdir()
    assert "Nothing was handed in" in rejection(folder)


def test_links_are_not_followed(folder: Path, tmp_path: Path) -> None:
    """Neither to a file nor to a folder, nor to nowhere, nor in the middle of a loop."""
    target = tmp_path / "elsewhere" / f"{LAB}.ipynb"
    target.parent.mkdir()
    target.write_bytes(notebook("secret = 1"))
    link = folder / f"{LAB}.ipynb"
    for goal in (target, tmp_path / "nowhere", link):
        link.symlink_to(goal)
        assert "is a link" in rejection(folder)
        link.unlink()
    folder.rmdir()
    folder.symlink_to(target.parent)

    assert "is a link" in rejection(folder)


def test_what_is_no_ordinary_file_is_not_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A FIFO (nobody writes to it), a folder and a socket of the notebook's name."""
    place = folder / f"{LAB}.ipynb"
    os.mkfifo(place)
    assert "ordinary file" in rejection(folder)
    place.unlink()
    place.mkdir()
    assert "ordinary file" in rejection(folder)
    place.rmdir()
    monkeypatch.chdir(folder)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(place.name)
        assert "not a file" in rejection(folder)


def test_nothing_is_left_open(folder: Path) -> None:
    """No descriptor stays behind a file of any kind."""
    before = len(list(Path("/proc/self/fd").iterdir()))
    place = folder / f"{LAB}.ipynb"
    makes: list[Callable[[Path], object]] = [Path.mkdir, os.mkfifo, lambda at: at.write_bytes(bytes(2 * MOST))]
    for kind, make in enumerate(makes):
        make(place)
        rejection(folder)
        place.rename(folder.parent / f"done{kind}")

    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_an_oversized_file_is_rejected_with_both_sizes(folder: Path) -> None:
    """And what to do about it; one byte less is taken."""
    place = folder / f"{LAB}.ipynb"
    place.write_bytes(notebook().ljust(MOST + 1))
    assert "Clear the outputs" in rejection(folder)
    place.write_bytes(notebook().ljust(MOST))

    assert collected(folder).parse().code[0].source == "x = 1"


def test_an_unreadable_notebook_is_rejected_by_its_name(folder: Path) -> None:
    """The file's name is in the message, and its hash in the record."""
    (folder / f"{LAB}.ipynb").write_bytes(b"{")

    assert rejection(folder).startswith(f"{LAB}.ipynb: the notebook can't be read")
    assert collected(folder).sha256 is not None


@pytest.mark.parametrize(("call", "code"), [("open", errno.EACCES), ("open", errno.EIO), ("listdir", errno.EACCES)])
def test_a_fault_of_the_disk_is_ours(folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int) -> None:
    """No permission and a read error are no zero for the student; the message has the path and the cause."""
    (folder / f"{LAB}.ipynb").write_bytes(notebook())

    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        found = collect(folder.parents[1], "ada", LAB, most_bytes=MOST)

    assert not found.rejection
    assert found.sha256 is None
    with pytest.raises(GraderError, match=rf"can't read ada/lab1.*: {os.strerror(code)}"):
        found.parse()


def test_one_file_by_its_path(folder: Path) -> None:
    """As `autograder check` takes it, wherever it stands: a link is refused, a missing one is ours to mend."""
    place = folder / "any name.py"
    place.write_text("y = 3")
    (folder / "link.py").symlink_to(place)

    assert collect_file(place, "ada", LAB, most_bytes=MOST).parse().code[0].source == "y = 3"
    assert "is a link" in collect_file(folder / "link.py", "ada", LAB, most_bytes=MOST).rejection
    assert "No such file" in collect_file(folder / "gone.py", "ada", LAB, most_bytes=MOST).fault


def test_students_are_the_folders(tmp_path: Path) -> None:
    """Sorted; no files, no hidden folders, no links to folders elsewhere."""
    for name in ("zoe", "ada", ".git", "bob smith", "<b>"):
        (tmp_path / name).mkdir()
    (tmp_path / "notes.txt").touch()
    (tmp_path / "link").symlink_to(tmp_path / "ada")

    assert students(tmp_path) == ["<b>", "ada", "bob smith", "zoe"]
    with pytest.raises(OSError, match="No such file"):
        students(tmp_path / "nowhere")


@pytest.mark.parametrize("error", [MemoryError(), KeyError("x"), RecursionError("deep")])
def test_what_nobody_thought_of_is_one_submissions_fault(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Whatever is raised while it is collected: no score, no end of the run, and it says what it was."""

    def fail(*_args: object) -> NoReturn:
        raise error

    (folder / f"{LAB}.zip").write_bytes(b"PK")
    monkeypatch.setattr(submission, "unpacked", fail)
    found = collected(folder)

    assert (found.rejection, found.data, found.notes) == ("", b"", [])
    assert type(error).__name__ in found.fault
    assert chosen(folder.parents[1], "ada", LAB) == f"{LAB}/{LAB}.zip"
    monkeypatch.setattr(submission, "_choose", fail)
    assert type(error).__name__ in collected(folder).fault
    assert chosen(folder.parents[1], "ada", LAB) == ""
