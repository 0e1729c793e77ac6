"""Runs after a first one: killed and started again, files that changed, marks given by hand in between."""

from __future__ import annotations

import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from nbcourse import BIN, LAB1, copy_of, solved

from autograder.record import from_json, stamp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nbcourse import NbCourse

pytestmark = pytest.mark.rotating("nbgrader", by="file")
WRONG = "def sigmoid(x):\n    return 0.5\n"
WHOLE = {f"s{number}" for number in range(5)}


def _kill_when(course: NbCourse, moment: Callable[[], bool]) -> None:
    """Start `nbgrader autograde` and kill it with SIGKILL at a moment; it must not have ended before."""
    command = [str(BIN / "nbgrader"), "autograde", LAB1, "--SubmissionExporter.jobs=1"]
    with subprocess.Popen(
        command, cwd=course.root, env=course.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while not moment():
            assert process.poll() is None, "it ended before the moment came"
            time.sleep(0.002)
        process.kill()


@pytest.fixture(scope="module")
def marked(generated: NbCourse, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> NbCourse:
    """One submission graded and marked; then four more came in, and a run was killed (two with --full)."""
    course = copy_of(generated, tmp_path_factory.mktemp("killed"))
    course.hand_in("s0", solved(exercise1_written="First."))
    course.nbgrader("autograde", LAB1)
    course.set_grade("s0", "exercise1_written", 3)
    for number in range(1, 5):
        course.hand_in(f"s{number}", solved(exercise1_written=f"Answer {number}."))
    course.hand_in("s4", solved(sigmoid_answer=WRONG))
    results, autograded = course.root / "results" / LAB1, course.root / "autograded"
    if request.config.getoption("--full"):
        _kill_when(course, lambda: len(list(results.glob("*.json"))) >= 3)
    _kill_when(course, lambda: len(list(autograded.glob("*/*/*.ipynb"))) >= 3)
    return course


def _finished(course: NbCourse) -> set[str]:
    rows = course.ask("select student, fingerprint from autograder_ledger where fingerprint != ''")
    path = course.root / "results" / LAB1
    return {
        student for student, written in rows if stamp(from_json((path / f"{student}.json").read_bytes())) == written
    }


def test_a_killed_run_is_taken_up(marked: NbCourse) -> None:
    """Started again, every submission is graded once and written down whole, and the mark given before is there."""
    assert _finished(marked) != WHOLE
    started = {path.stem: path.stat().st_mtime_ns for path in (marked.root / "results" / LAB1).glob("*.json")}

    marked.nbgrader("autograde", LAB1)

    assert _finished(marked) == WHOLE
    for student in WHOLE:
        assert marked.points(student) == marked.record(student)["score"]
        assert marked.autograded(student)["cells"]
        file = marked.root / "autograded" / student / LAB1 / f"{LAB1}.ipynb"
        assert file.stat().st_mode & 0o777 == 0o444
        if student in started:
            assert (marked.root / "results" / LAB1 / f"{student}.json").stat().st_mtime_ns == started[student]
    assert marked.grades("s0")["exercise1_written"] == {"auto": None, "manual": 3.0, "needs": False}
    assert (marked.points("s1"), marked.points("s4") < 10) == (10, True)


@pytest.fixture(scope="module")
def second(marked: NbCourse) -> str:
    """Marks by hand for all, then four files that changed, and what the next run prints."""
    marked.nbgrader("autograde", LAB1)
    for student in ("s1", "s2"):
        marked.set_grade(student, "exercise1_written", 2)
    marked.set_grade("s4", "sigmoid", 2)
    marked.set_grade("s3", "sigmoid", 1)
    marked.hand_in("s1", solved(exercise1_written="Another answer."))
    marked.hand_in("s2", solved(sigmoid_answer=WRONG, exercise1_written="Answer 2."))
    marked.hand_in("s3", solved(exercise1_written="Answer 3."), name="another name.ipynb")
    (marked.root / "submitted" / "s3" / LAB1 / f"{LAB1}.ipynb").unlink()
    marked.hand_in("s4", solved())
    return marked.nbgrader("autograde", LAB1)


def test_marks_stay_and_changed_answers_are_flagged(marked: NbCourse, second: str) -> None:
    """An answer that changed since it was marked is to be looked at again; one that did not is not."""
    assert marked.grades("s1")["exercise1_written"] == {"auto": None, "manual": 2.0, "needs": True}
    assert marked.grades("s2")["exercise1_written"] == {"auto": None, "manual": 2.0, "needs": False}
    assert marked.grades("s0")["exercise1_written"]["needs"] is False
    assert "s1, lab1_scalar_lstm: the answer `exercise1_written` has changed since it was marked" in second


def test_a_run_says_whose_points_changed(marked: NbCourse, second: str) -> None:
    """What a TA asks after a regrade: who is better or worse off."""
    assert marked.points("s2") < 10
    assert "Points changed for s2" in second
    assert "Points changed for s1" not in second
    assert "4 submissions to grade, 1 unchanged" in second


@pytest.mark.usefixtures("second")
def test_a_point_given_by_hand_is_looked_at_again_when_the_checks_say_otherwise(marked: NbCourse) -> None:
    """A TA's points for a checked cell stay; a regrade with another outcome asks for a look, one with the same not."""
    assert marked.grades("s4")["sigmoid"] == {"auto": 2.0, "manual": 2.0, "needs": True}
    assert marked.grades("s3")["sigmoid"] == {"auto": 2.0, "manual": 1.0, "needs": False}


def test_who_is_gone_is_named_and_left_out(generated: NbCourse, tmp_path: Path) -> None:
    """Also where nothing is to be graded; a folder that differs in the case of letters is named, with what to do."""
    course = copy_of(generated, tmp_path / "gone")
    for student in ("ada", "zoe", "eve"):
        course.hand_in(student, solved())
    course.nbgrader("autograde", LAB1)
    shutil.rmtree(course.root / "submitted" / "zoe")
    (course.root / "submitted" / "eve" / LAB1).rename(course.root / "submitted" / "eve" / LAB1.upper())
    said = course.nbgrader("autograde", LAB1)

    assert "Left out of tables and exports, as there is no folder in submitted: zoe" in said
    assert f"Not graded, as nbgrader looks for {LAB1}: rename eve/{LAB1.upper()}" in said
    assert "zoe" not in (course.root / "results" / LAB1 / "scores.csv").read_text()
