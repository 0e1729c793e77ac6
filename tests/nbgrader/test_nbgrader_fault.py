"""A fault of the grader under nbgrader: no grade, no stopped batch, and nothing left of what stood there before."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import subprocess
import time
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, Any

import pytest
from nbcourse import BIN, LAB1, cell, solved

from autograder.course.assignment import read_assignment
from autograder.course.settings import load_course
from autograder.grading import local_workers
from autograder.nbgrader.course_lock import alone
from autograder.record import Check, CheckStatus, Record, Status, SubmissionFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbcourse import NbCourse

    from autograder.course.settings import Course
    from autograder.course.submission import Submission


class _Fake(Executor):
    """In the place of a grader: full marks for everybody but `failing`, for whom it fails."""

    failing = ""

    def __init__(self, course: Course, *, sandbox: bool, **_options: object) -> None:
        self.points = read_assignment(course, LAB1).points
        assert sandbox

    def submit(self, _fn: Callable[..., Any], /, *args: Any, **_kwargs: Any) -> Future[Any]:
        """Records, at once."""
        future: Future[list[Record]] = Future()
        future.set_result([self._record(handed_in) for handed_in in args[0]])
        return future

    def _record(self, unit: Submission) -> Record:
        checks = [
            Check(id=f"{name}.x", cell=name, title="x", status=CheckStatus.PASSED, points=most, max_points=most)
            for name, most in self.points.items()
        ]
        failed = unit.student == self.failing
        return Record(
            assignment=unit.assignment,
            student=unit.student,
            status=Status.GRADER_ERROR if failed else Status.GRADED,
            message="the disk is full" if failed else "",
            submission=SubmissionFile(path=unit.path),
            score=None if failed else sum(self.points.values()),
            max_score=sum(self.points.values()),
            checks=[] if failed else checks,
        )


@pytest.fixture
def graded_by_the_fake(course: NbCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the course's folder, where the fake executor grades."""
    monkeypatch.chdir(course.root)
    monkeypatch.setattr(local_workers, "InProcess", _Fake)


def _autograde(course: NbCourse, lab: str = LAB1) -> dict[str, Any]:
    from nbgrader.apps import NbGraderAPI
    from traitlets.config.loader import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", path=str(course.root)).load_config()
    found: dict[str, Any] = NbGraderAPI(config=config).autograde(lab, "*", force=False)
    return found


@pytest.mark.rotating("nbgrader faults")
@pytest.mark.filterwarnings("ignore")  # nbgrader's own, under newer libraries
@pytest.mark.usefixtures("graded_by_the_fake")
def test_a_fault_is_no_grade(course: NbCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    """The points of an earlier run go, a person is asked, the others are graded, the run fails, the next mends it."""
    monkeypatch.setattr(local_workers, "LocalPool", _Fake)
    course.hand_in("ada", solved())
    assert _autograde(course)["success"]
    assert course.points("ada") == 10
    course.set_grade("ada", "exercise1_written", 2)
    monkeypatch.setattr(_Fake, "failing", "ada")
    course.hand_in("ada", solved(exercise1_written="More."))
    course.hand_in("bob", solved())

    done = _autograde(course)

    assert not done["success"]
    assert "ada is not graded, by no fault of theirs: the disk is full" in done["log"]
    assert course.grades("ada")["sigmoid"] == {"auto": None, "manual": None, "needs": True}
    assert course.grades("ada")["exercise1_written"]["manual"] == 2.0
    assert course.points("bob") == 10
    monkeypatch.setattr(_Fake, "failing", "")
    assert _autograde(course)["success"]
    assert course.points("ada") == 10


@pytest.mark.filterwarnings("ignore")  # nbgrader's own, under newer libraries
@pytest.mark.usefixtures("graded_by_the_fake")
def test_tables_that_cannot_be_written_hold_nobody_up(course: NbCourse) -> None:
    """A folder stands where the class report should go: that is one line, and everybody has the points."""
    report = course.root / "results" / LAB1 / "report.html"
    report.unlink(missing_ok=True)
    report.mkdir(parents=True)
    course.hand_in("cleo", solved())

    done = _autograde(course)
    report.rmdir()

    assert done["success"]
    assert "can't write the tables to" in done["log"]
    assert course.points("cleo") == 10


@pytest.mark.rotating("nbgrader faults")
@pytest.mark.filterwarnings("ignore")  # nbgrader's own, under newer libraries
@pytest.mark.usefixtures("graded_by_the_fake")
def test_two_at_once_are_one_line(course: NbCourse) -> None:
    """The second one says so, and has changed nothing; when the first is over it runs, in the same process too."""
    course.hand_in("dora", solved())
    held = alone(course.root)
    second = _autograde(course)
    assert held is not None
    held.close()

    assert not second["success"]
    assert "another `nbgrader autograde` is at work in this course" in second["log"]
    assert "Traceback" not in second["log"]
    assert course.points("dora") == 0
    assert _autograde(course)["success"]
    assert _autograde(course)["success"]
    assert course.points("dora") == 10


@pytest.mark.rotating("nbgrader faults")
@pytest.mark.filterwarnings("ignore")  # nbgrader's own, under newer libraries
@pytest.mark.usefixtures("graded_by_the_fake")
def test_another_maximum_after_marking_is_said(course: NbCourse) -> None:
    """The mark stays, and a person looks at it again: once."""
    course.hand_in("finn", solved(exercise1_written="It fades."))
    assert _autograde(course)["success"]
    course.set_grade("finn", "exercise1_written", 4)
    _set_maximum(course, 3)
    lowered = _autograde(course)
    course.set_grade("finn", "exercise1_written", 3)
    _set_maximum(course, 6)
    raised = _autograde(course)
    shown = course.grades("finn")["exercise1_written"]
    course.set_grade("finn", "exercise1_written", 3)
    (course.root / "course.yml").touch()
    quiet = _autograde(course)

    assert "finn, lab1_scalar_lstm: `exercise1_written` was marked out of 4 points, the maximum is 3" in lowered["log"]
    assert "`exercise1_written` has 4 points, the maximum is 3" in lowered["log"]
    assert "`exercise1_written` was marked out of 3 points, the maximum is 6 now" in raised["log"]
    assert shown == {"auto": None, "manual": 3.0, "needs": True}
    assert "maximum" not in quiet["log"]
    _set_maximum(course, 4)


def _set_maximum(course: NbCourse, points: int) -> None:
    """What an author does: other points in the master, generated again; and everybody is graded anew."""
    for folder in ("solutions", "assignments"):
        path = course.root / folder / LAB1 / f"{LAB1}.ipynb"
        book = json.loads(path.read_text())
        cell(book, "exercise1_written")["metadata"]["nbgrader"]["points"] = points
        path.write_text(json.dumps(book))
    rows = "select id from base_cell where name = 'exercise1_written'"
    with sqlite3.connect(course.root / "gradebook.db") as database:
        database.execute(f"update grade_cells set max_score = ? where id in ({rows})", (points,))
    database.close()


@pytest.mark.filterwarnings("ignore")  # nbgrader's own, under newer libraries
def test_what_can_not_run_at_all_is_one_clear_line(course: NbCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    """An assignment that the gradebook does not know yet is named, with the command that helps."""
    monkeypatch.chdir(course.root)
    lab = "lab4_memory_task"
    if lab not in load_course(course.root).settings.assignments:
        pytest.skip("course.yml has no fourth lab")
    course.hand_in("ada", solved(), lab=lab)

    done = _autograde(course, lab=lab)

    assert not done["success"]
    assert f"run `nbgrader generate_assignment {lab}` first" in done["log"]


@pytest.mark.rotating("nbgrader faults")
@pytest.mark.parametrize("moment", ["from the start", pytest.param("in the middle", marks=pytest.mark.full)])
def test_a_locked_gradebook_is_called_that(course: NbCourse, moment: str) -> None:
    """Another program writes to it: a line says so, and not that nbgrader was upgraded; the next run does the rest."""
    students = [f"lock{number}" for number in range(6)]
    for student in students:
        course.hand_in(student, solved())
    command = [str(BIN / "nbgrader"), "autograde", LAB1, "--force", "--student=lock*", "--SubmissionExporter.jobs=1"]
    with contextlib.closing(sqlite3.connect(course.root / "gradebook.db", isolation_level=None)) as other:
        if moment == "from the start":
            other.execute("begin exclusive")
        run = subprocess.Popen(
            command,
            cwd=course.root,
            env=course.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        deadline = time.monotonic() + 240
        while moment == "in the middle" and run.poll() is None and time.monotonic() < deadline:
            if list(course.root.glob(f"autograded/lock0/{LAB1}/*.ipynb")):
                with contextlib.suppress(sqlite3.OperationalError):
                    other.execute("begin exclusive")
                    break
        told, _ = run.communicate(timeout=240)

    assert run.returncode != 0
    assert "the gradebook is locked: another nbgrader command, or formgrader, is writing to it" in told
    assert "recently upgraded" not in told
    assert "Traceback" not in told
    course.run(*command)
    assert [course.points(student) for student in students] == [10] * 6
