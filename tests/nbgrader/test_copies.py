"""Copies that nbgrader makes of what was handed in: ordinary files of the student's own folder, within bounds."""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

import pytest
from nbcourse import LAB1, NbCourse, solved

from autograder.nbgrader import collect, ordinary_files
from autograder.nbgrader.ordinary_files import look

if TYPE_CHECKING:
    from pathlib import Path

IGNORED = [".ipynb_checkpoints", "*.pyc"]
SECRET_WORD = "a file that is not the student's"


def names(folder: Path, **more: int) -> tuple[set[str], set[str]]:
    """What is taken and what is left aside, as paths from the folder on."""
    found = look(str(folder), IGNORED, **more)
    return {os.path.relpath(path, folder) for path in found.taken}, set(found.left)


def test_links_pipes_and_devices_are_left_aside_at_any_depth(tmp_path: Path) -> None:
    """In the folder and below it; what they lead to is not even looked at."""
    folder, outside = tmp_path / "mine", tmp_path / "theirs"
    (folder / "a" / "b").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret").write_text(SECRET_WORD)
    odd: dict[str, str | Path] = {
        "link": outside / "secret",
        "a/folder": outside,
        "a/b/zero": "/dev/zero",
        "a/b/nowhere": "/nowhere",
        "me": ".",
    }
    for name, target in odd.items():
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "a" / "pipe")
    (folder / "a" / "b" / "own.csv").write_text("1")

    assert names(folder) == ({"a/b/own.csv"}, {*odd, "a/pipe"})
    (tmp_path / "linked").symlink_to(folder)
    assert names(tmp_path / "linked")[0] == set()


def test_number_size_and_depth_have_an_end(tmp_path: Path) -> None:
    """What the graders need comes first; a sparse file is as large as it says."""
    for number in range(500):
        (tmp_path / f"a{number:03}").touch()
    (tmp_path / "submission_secret.txt").write_text("x")
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(400 * 2**20)
    deep = tmp_path.joinpath(*"abcdefghij")
    deep.mkdir(parents=True)
    (deep / "file").touch()
    taken, left = names(tmp_path)

    assert len(taken) == ordinary_files.MOST_FILES
    assert "submission_secret.txt" in taken
    assert {"huge", "a/b/c/d/e/f/g/h/i"} <= left


def test_a_flood_of_files_is_not_read_to_its_end(tmp_path: Path) -> None:
    """Nbgrader's own search takes minutes for 8,000 files: it lists the folder anew for each of them."""
    for number in range(8000):
        (tmp_path / f"{number}").touch()
    before = time.process_time()

    taken, left = names(tmp_path)
    assert time.process_time() - before < 1
    assert len(taken) == ordinary_files.MOST_FILES
    assert "more than 2000 names" in left


def test_names_that_stop_others_are_left_aside(tmp_path: Path) -> None:
    """`release_feedback` stops for all at a page whose name does not encode; folders may not stand where we write."""
    for name in ("\udcff.html", "a\nb.html", "own.html", "x.pyc"):
        (tmp_path / name).touch()
    for name in ("timestamp.txt", "submission_secret.txt", f"{LAB1}.html", ".ipynb_checkpoints", "data"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").touch()

    assert names(tmp_path) == (
        {"own.html", "data/x"},
        {"\udcff.html", "a\nb.html", "timestamp.txt", "submission_secret.txt", f"{LAB1}.html"},
    )


# ---------------------------------------------------------------- by nbgrader's own commands


def _links(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "own.txt").write_text("own")
    (folder / "sub" / "gradebook.html").symlink_to(folder.parents[2] / "gradebook.db")
    (folder / "page.html").symlink_to("/etc/hostname")
    (folder / "sub" / "neighbour").symlink_to(folder.parents[1] / "bob")


def _pipes(folder: Path) -> None:
    (folder / "sub").mkdir()
    os.mkfifo(folder / "sub" / "pipe")
    (folder / "sub" / "nowhere").symlink_to("/nowhere")
    (folder / "sub" / "zero").symlink_to("/dev/zero")


def _floods(folder: Path) -> None:
    (folder / "many").mkdir()
    for number in range(8000):
        (folder / "many" / f"{number}").touch()
    with (folder / "huge").open("wb") as file:
        file.truncate(400 * 2**20)


def _shadows(folder: Path) -> None:
    for name in ("timestamp.txt", "submission_secret.txt", f"{LAB1}.html"):
        (folder / name).mkdir()
        (folder / name / "x").touch()
    (folder / "\udcff.html").touch()


def _secrets(folder: Path) -> None:
    (folder / "submission_secret.txt").write_bytes(b"")


def _no_text(folder: Path) -> None:
    (folder / "submission_secret.txt").write_bytes(b"\xff\xfe")


ODD = {
    "links": _links, "pipes": _pipes, "floods": _floods, "shadows": _shadows, "secrets": _secrets, "no_text": _no_text
}  # fmt: skip


@pytest.fixture(scope="module")
def printed(course: NbCourse) -> str:
    """What `autograde` prints over all of them; the pages are made and released after it, all without a fault."""
    for student in ("bob", *ODD):
        folder = course.hand_in(student, solved()).parent
        ODD.get(student, lambda _folder: None)(folder)
    text = course.nbgrader("autograde", LAB1)
    text += course.nbgrader("generate_feedback", LAB1)
    return text + course.nbgrader("release_feedback", LAB1, "--course", "lstm_gru")


@pytest.mark.parametrize("student", ["bob", *ODD])
def test_each_is_graded_and_has_a_page(course: NbCourse, printed: str, student: str) -> None:
    """No row is lost by what stands beside the notebook."""
    assert course.points(student) == 10, printed[-3000:]
    assert (course.root / "feedback" / student / LAB1 / f"{LAB1}.html").is_file()


@pytest.mark.parametrize("step", ["autograded", "feedback"])
@pytest.mark.usefixtures("printed")
def test_copies_hold_what_is_the_student_s(course: NbCourse, step: str) -> None:
    """Few files, no bytes of another, and nothing in a folder for pages but pages and what came along."""
    for student in ODD:
        files = [path for path in (course.root / step / student).rglob("*") if not path.is_dir()]
        assert len(files) <= ordinary_files.MOST_FILES + 3
        assert all(path.is_file() and path.stat().st_size < 10**7 for path in files)
        assert not {"gradebook.html", "page.html", "x", "pipe", "zero", "nowhere"} & {path.name for path in files}
    assert (course.root / step / "links" / LAB1 / "sub" / "own.txt").read_text() == "own"


def test_each_has_one_line(printed: str) -> None:
    """What is left aside is named once, whoever else is in the class."""
    lines = [line for line in printed.splitlines() if "Left aside of " in line]

    assert [re.findall(r"Left aside of (\w+),", line)[0] for line in lines] == ["floods", "links", "pipes", "shadows"]
    assert "page.html, sub/gradebook.html, sub/neighbour" in lines[1]


def test_collect_takes_no_link_out_of_the_exchange(course: NbCourse) -> None:
    """Whoever can write there could have staff's files handed out; odd folders and pipes stop nobody else."""
    inbound = course.root.parent / "exchange" / "lstm_gru" / "inbound"
    stamp = f"{LAB1}+2026-10-01 10:00:00 UTC+x"
    for student in ("amy", "mallory"):
        folder = inbound / f"{student}+{stamp}"
        folder.mkdir(parents=True)
        (folder / f"{LAB1}.ipynb").write_text("{}")
        (folder / "timestamp.txt").write_text("2026-10-01 10:00:00 UTC")
    (folder / "page.html").symlink_to(course.root / "gradebook.db")
    (folder / "zero").symlink_to("/dev/zero")
    (folder / "timestamp.txt").write_bytes(b"\xff")
    os.mkfifo(folder / "pipe")
    with (folder / "huge").open("wb") as file:
        file.truncate(400 * 2**20)
    (inbound / f"mallory+{LAB1}+yesterday+x").mkdir()
    (inbound / f"..+{stamp}").mkdir()
    (inbound / f"eve+{stamp}").symlink_to(course.root)

    printed = course.nbgrader("collect", LAB1, "--course", "lstm_gru")
    printed += course.nbgrader("collect", LAB1, "--course", "lstm_gru", "--update")
    submitted = course.root / "submitted"
    files = {
        str(path.relative_to(submitted))
        for name in ("amy", "mallory", "eve")
        for path in (submitted / name).rglob("*.*")
    }
    assert files == {
        f"{name}/{LAB1}/{file}" for name in ("amy", "mallory") for file in (f"{LAB1}.ipynb", "timestamp.txt")
    }
    assert printed.count("Not taken, as `nbgrader submit` makes no such name") >= 2
    assert "huge, page.html, pipe, zero" in printed


def test_what_is_swapped_while_it_is_copied_is_not_taken(tmp_path: Path) -> None:
    """The file, or a folder above it, becomes a link or a pipe between the look and the copy."""
    place, out = tmp_path / "in" / "sub" / "file", tmp_path / "out"
    place.parent.mkdir(parents=True)
    place.write_text("own")
    collect._copy(str(place), str(place), out)
    assert out.read_text() == "own"

    other = tmp_path / "other"
    other.mkdir()
    (other / "file").write_text(SECRET_WORD)
    place.unlink()
    place.symlink_to(other / "file")
    with pytest.raises(OSError, match="symbolic"):
        collect._copy(str(place), str(place), out)
    place.unlink()
    os.mkfifo(place)
    with pytest.raises(OSError, match="meanwhile"):
        collect._copy(str(place), str(place), out)
    place.unlink()
    place.parent.rmdir()
    place.parent.symlink_to(other)
    with pytest.raises(OSError, match="meanwhile"):
        collect._copy(str(place), str(place), out)
    assert out.read_text() == "own"
