"""A course of one's own: from `autograder init` to marks, with the engine installed and no repository in sight."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from installed import ROOT, Installed

if TYPE_CHECKING:
    from pathlib import Path

LAB = "lab1_first"
READ_ONLY = str(ROOT / "tests" / "helpers" / "read_only.py")


def hand_in(course: Path, student: str, *, solved: bool) -> Path:
    """Put the released notebook, or the solution, where submissions are looked for."""
    file = course / "submitted" / student / LAB / f"{LAB}.ipynb"
    file.parent.mkdir(parents=True)
    shutil.copy(course / ("solutions" if solved else "assignments") / LAB / f"{LAB}.ipynb", file)
    return file


def scores(course: Path) -> dict[str, str]:
    """The scores of the first lab as its table has them."""
    with (course / "results" / LAB / "scores.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: f"{row['status']} {row['score']}" for row in csv.DictReader(file)}


@pytest.fixture
def course(here: Installed, tmp_path: Path) -> Path:
    """A new course, with a solved and an untouched submission."""
    folder = tmp_path / "Ein Kurs über Netze"
    here.do(tmp_path, "autograder", "init", str(folder))
    hand_in(folder, "ada", solved=True)
    hand_in(folder, "bob", solved=False)
    return folder


@pytest.mark.parametrize("who", ["ordinary", pytest.param("here", marks=pytest.mark.full)])
def test_from_init_to_marks(who: str, request: pytest.FixtureRequest) -> None:
    """Every command works in a folder that knows no repository, and nbgrader's marks are those of `grade`."""
    someone: Installed = request.getfixturevalue(who)
    home, do = someone.home, someone.do
    course = home / "Ein Kurs über Netze"

    do(home, "autograder", "init", course.name, "--title", 'Netze "eins"', "--timezone", "Europe/Berlin")
    do(course, "autograder", "new", "lab2_second", "--function", "second")
    assert "2 labs: nothing to fix" in do(course, "autograder", "verify")
    assert "the sandbox holds" in do(course, "autograder", "doctor")
    solved, untouched = hand_in(course, "ada", solved=True), hand_in(course, "bob", solved=False)
    for path in [course / "submitted", *(course / "submitted").rglob("*")]:
        path.chmod(0o777)
    do(course, "autograder", "check", str(solved))
    do(course, "autograder", "check", str(untouched), code=1)
    do(course, "autograder", "grade")
    assert scores(course) == {"ada": "graded 4.0", "bob": "graded 0.0"}
    assert "2 submissions: 2 graded." in do(course, "autograder", "report", "lab1")
    do(course, "autograder", "export", "csv", "--output", "marks.csv")

    released = course / "assignments" / LAB / f"{LAB}.ipynb"
    before = released.read_text(encoding="utf-8")
    do(course, "nbgrader", "generate_assignment", LAB, "--force")
    assert json.loads(released.read_text(encoding="utf-8"))["cells"] == json.loads(before)["cells"]
    do(course, "nbgrader", "autograde", LAB, "--create")
    do(course, "nbgrader", "export", "--to", "nbgrader.csv")
    with (course / "nbgrader.csv").open(encoding="utf-8", newline="") as file:
        marks = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file) if row["assignment"] == LAB}
    assert marks == {"ada": 4.0, "bob": 0.0}


def test_a_course_may_be_read_only(here: Installed, course: Path, tmp_path: Path) -> None:
    """Records go where one says; nothing is written into the course, and nothing complains."""
    before = sorted(course.rglob("*"))
    results = tmp_path / "results"
    results.mkdir()
    done = here.run(
        course, "python", READ_ONLY, str(course), "--", str(here.env / "bin" / "autograder"), "grade",
        "--results", str(results),
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in (results / LAB).glob("*.json")) == ["ada.json", "bob.json"]
    assert sorted(course.rglob("*")) == before


def test_two_versions_of_a_course_at_once(here: Installed, course: Path, tmp_path: Path) -> None:
    """Each is graded by its own suite, whatever the other's is, at the same time on the same machine."""
    later = tmp_path / "next year"
    shutil.copytree(course, later)
    suite = later / "autograder" / "suites" / f"test_{LAB}.py"
    text = suite.read_text(encoding="utf-8")
    suite.write_text(text + "\n\nraise RuntimeError('not written yet')\n", encoding="utf-8")
    command = [str(here.env / "bin" / "autograder"), "grade"]
    runs = [
        subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for folder in (course, later)
    ]

    assert [run.wait() for run in runs] == [0, 1]
    assert scores(course) == {"ada": "graded 4.0", "bob": "graded 0.0"}
    assert {status.split()[0] for status in scores(later).values()} <= {"grader_error"}
