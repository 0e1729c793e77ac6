"""`autograder handout`: the zip holds `assignments/` and nothing else, and nothing is packed that would leak."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from autograder.authoring.handout import hand_out
from autograder.authoring.new_lab.lab import make_lab
from autograder.course.settings import Course, load_course

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course of one fresh lab."""
    root = tmp_path / "course"
    root.mkdir()
    (root / "course.yml").write_text("title: T\nsecret: only-for-tests\nassignments: {}\n")
    make_lab(load_course(root), "lab", "answer", "T")
    return load_course(root)


def test_zip_holds_assignments_alone(course: Course, tmp_path: Path) -> None:
    """The released notebook byte for byte, and the same zip the next time."""
    first, again = tmp_path / "1.zip", tmp_path / "2.zip"

    assert hand_out(course, first, Console(quiet=True))
    assert hand_out(course, again, Console(quiet=True))
    assert first.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.namelist() == ["assignments/lab/lab.ipynb"]
        assert archive.read("assignments/lab/lab.ipynb") == course.released("lab").read_bytes()


@pytest.mark.parametrize("what", ["solution", "suite", "stale"])
def test_nothing_is_packed_that_would_leak(course: Course, tmp_path: Path, what: str) -> None:
    """The findings are printed and no zip is left: a solution's line, the suite itself, a stale release."""
    released = course.released("lab")
    if what == "solution":
        released.with_name("hint.txt").write_text("return  2*x + 0.25")
    elif what == "suite":
        (released.parent / "tests.py").write_bytes(course.suite("lab").read_bytes())
    else:
        released.write_text(released.read_text().replace("Double a number", "Triple a number"))
    console = Console(record=True, quiet=False, width=200)

    assert not hand_out(course, tmp_path / "out.zip", console)
    assert not (tmp_path / "out.zip").exists()
    assert {"solution": "no-solution", "suite": "no-suite", "stale": "fresh"}[what] in console.export_text()


def test_command_says_what_it_packed(course: Course, tmp_path: Path) -> None:
    """Exit code 0 and one line; 2 without a file to write, or with one that can't be written."""

    def handout(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "autograder", "handout", *arguments]
        return subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False)

    done = handout(str(tmp_path / "out.zip"))
    nowhere = handout(str(tmp_path / "no folder" / "out.zip"))

    assert (done.returncode, done.stdout) == (0, f"{tmp_path / 'out.zip'}: 1 files, nothing of solutions or suites\n")
    assert handout().returncode == 2
    assert nowhere.returncode == 2
    assert "out.zip: No such file or directory; name another file" in nowhere.stderr
