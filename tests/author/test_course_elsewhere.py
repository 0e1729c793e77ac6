"""A course elsewhere, whose labs have helpers and data of their own: each route finds them, and gives one score."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from small_course import COMMAND

from autograder.course.settings import load_course
from autograder.grading.fingerprint import for_assignment

if TYPE_CHECKING:
    from collections.abc import Iterator

COURSE = Path(__file__).parent / "course"
LAB = "lab5_plain_rnn"
DATA = f"autograder/suites/{LAB}/sequences.json"
SCORE = 4.0  # of 8: the state is not kept


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy outside of this repository, with one submission."""
    root = tmp_path_factory.mktemp("elsewhere") / "my course"
    shutil.copytree(COURSE, root, ignore=shutil.ignore_patterns("__pycache__"))
    text = (root / "solutions" / LAB / f"{LAB}.ipynb").read_text(encoding="utf-8")
    folder = root / "submitted" / "ann" / LAB
    folder.mkdir(parents=True)
    (folder / f"{LAB}.ipynb").write_text(text.replace("rnn_step(h, x", "rnn_step(0.0, x"), encoding="utf-8")
    return root


def command(course: Path, *arguments: str, program: tuple[str, ...] = (COMMAND,)) -> subprocess.CompletedProcess[str]:
    """Run a command in the course."""
    return subprocess.run(
        [*program, *arguments],
        cwd=course,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(course), "COLUMNS": "200"},
    )


def record(course: Path) -> dict[str, Any]:
    """What was graded."""
    found: dict[str, Any] = json.loads((course / "results" / LAB / "ann.json").read_text(encoding="utf-8"))
    return found


def test_grade_and_a_changed_data_file(course: Path) -> None:
    """The helper reads its data; the same again is not graded anew, and with other data it is."""
    first = command(course, "grade", "--jobs", "1")
    again = command(course, "grade", "--jobs", "1")
    data = course / DATA
    whole = data.read_text(encoding="utf-8")
    data.write_text(whole.replace("0.75", "0.70"), encoding="utf-8")
    anew = command(course, "grade", "--jobs", "1")
    data.write_text(whole, encoding="utf-8")

    assert (first.returncode, record(course)["score"]) == (0, SCORE), first.stderr
    assert {check["mistake"] for check in record(course)["checks"]} == {None, "state not kept"}
    assert "not graded again: 1" in again.stdout
    assert "not graded again" not in anew.stdout


@pytest.mark.parametrize("name", ["sequences.json", "sequences.py", "mistakes.yml"])
def test_each_file_of_the_folder_counts(name: str, course: Path) -> None:
    """The fingerprint changes with any of them, and comes back."""
    root = load_course(course)
    before, file = for_assignment(root, LAB, sandbox=True), root.home(LAB) / name
    whole = file.read_bytes()
    file.write_bytes(whole + b"\n")
    changed = for_assignment(root, LAB, sandbox=True)
    file.write_bytes(whole)

    assert changed != before
    assert for_assignment(root, LAB, sandbox=True) == before


@pytest.mark.full
def test_check_and_pytest_at_the_prompt(course: Path) -> None:
    """An author sees the same score, and which tests fail."""
    file = f"submitted/ann/{LAB}/{LAB}.ipynb"
    checked = command(course, "check", file)
    suite = f"autograder/suites/test_{LAB}.py"
    tried = command(course, suite, "--submission", file, "-q", program=(sys.executable, "-m", "pytest"))

    assert checked.returncode == 1
    assert f"{SCORE:g} / 8 points" in checked.stdout
    assert tried.returncode == 1
    assert "1 passed" in tried.stdout.splitlines()[-1]


@pytest.mark.full
def test_verify_finds_nothing(course: Path) -> None:
    """Every rule, those that run the catalogue and odd answers included."""
    done = command(course, "verify", LAB)

    assert done.stdout.endswith("rules, 1 lab: nothing to fix\n"), done.stdout


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a Dask scheduler with one worker, neither of which knows the course."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, local_directory=str(tmp_path)) as made:
        yield made.scheduler_address


@pytest.mark.full
def test_cluster_gets_helper_and_data(course: Path, scheduler: str) -> None:
    """The worker grades with them, and gives the same."""
    done = command(course, "grade", "--force", "--cluster", scheduler)

    assert (done.returncode, record(course)["score"]) == (0, SCORE), done.stderr


@pytest.mark.full
def test_gradescope_zip_runs_unpacked(course: Path, tmp_path: Path) -> None:
    """Both files are in it, and its own process gives the same score."""
    done = command(course, "export", "gradescope", LAB, "--output", str(tmp_path / "lab.zip"))
    root = tmp_path / "autograder"
    for folder in ("source", "submission", "results"):
        (root / folder).mkdir(parents=True)
    with zipfile.ZipFile(tmp_path / "lab.zip") as archive:
        names = archive.namelist()
        archive.extractall(root / "source")
    shutil.copy(course / "submitted" / "ann" / LAB / f"{LAB}.ipynb", root / "submission")
    user = {"email": "ann@example.org", "id": 7, "name": "A"}
    now = "2026-10-05T10:00:00.000000-07:00"
    facts = {"id": 1, "created_at": now, "users": [user], "previous_submissions": []}
    facts["assignment"] = {"due_date": now, "total_points": "8.0"}
    (root / "submission_metadata.json").write_text(json.dumps(facts))
    graded = subprocess.run(
        [sys.executable, "-m", "autograder.export.gradescope.run", str(root)],
        cwd=root / "source",
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(root / "source")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert {DATA, DATA.replace(".json", ".py")} <= set(names), done.stderr
    assert graded.returncode == 0, graded.stderr
    assert json.loads((root / "results" / "results.json").read_text())["score"] == SCORE
