"""The whole life of assignments with real commands: two students, one late; three labs with --full, else one."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from nbcourse import LAB1, LABS, make_course, solved

if TYPE_CHECKING:
    from pathlib import Path

    from nbcourse import NbCourse

WRITTEN = "It fades by the forget gate's factor."
WRONG = "def sigmoid(x):\n    return 0.5\n"


def _dates(course: NbCourse, days: float) -> None:
    """Make all labs due `days` from now."""
    due = (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S+00:00")
    path = course.root / "course.yml"
    text = "".join(line for line in path.read_text().splitlines(keepends=True) if "    due:" not in line)
    for lab in LABS:
        text = text.replace(f"  {lab}:\n", f"  {lab}:\n    due: {due}\n", 1)
    path.write_text(text)


def _home(course: NbCourse, student: str) -> Path:
    """A student's own folder, with what tells nbgrader where the exchange is."""
    home = course.root.parent / student
    home.mkdir()
    exchange = str(course.root.parent / "exchange")
    (home / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.Exchange.root = {exchange!r}\nc.Exchange.timezone = 'UTC'\n"
        f"c.CourseDirectory.course_id = 'lstm_gru'\nc.CourseDirectory.student_id = {student!r}\n"
    )
    return home


def _work(home: Path, lab: str, **answers: str) -> None:
    (home / lab / f"{lab}.ipynb").write_text(json.dumps(solved(lab, **answers)))


@pytest.fixture(scope="module")
def labs(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Five labs with --full, else the first."""
    return LABS if request.config.getoption("--full") else LABS[:1]


@pytest.fixture(scope="module")
def life(labs: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> NbCourse:
    """From generate to released feedback; every command in a process of its own with --full."""
    course = make_course(tmp_path_factory.mktemp("life") / "course")
    homes = {student: _home(course, student) for student in ("ada", "bob")}

    def do(*commands: str, who: str = "") -> None:
        lines = [f"{command} {lab}" for lab in labs for command in commands]
        course.nbgrader_all(*lines, folder=homes.get(who), separately=request.config.getoption("--full"))

    do("generate_assignment --force", "release_assignment")
    for student, home in homes.items():
        do("fetch_assignment", who=student)
        wrong = {"sigmoid_answer": WRONG} if student == "bob" else {}
        for lab in labs:
            _work(home, lab, exercise1_written=WRITTEN, exercise5_written=WRITTEN, **wrong)
        do("submit", who=student)
    do("collect")
    stamp = course.root / "submitted" / "bob" / LAB1 / "timestamp.txt"
    stamp.write_text(f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d %H:%M:%S.%f} UTC")
    _dates(course, days=0.5)
    course.autograder("due")
    do("autograde")
    course.set_grade("ada", "exercise1_written", 3)
    course.set_grade("bob", "exercise1_written", 2)
    do("generate_feedback", "release_feedback")
    do("fetch_feedback", who="ada")
    course.nbgrader("export", "--to", "grades.csv")
    return course


def test_scores_are_those_of_autograder_grade(life: NbCourse, labs: tuple[str, ...]) -> None:
    """The gradebook's automatic points equal the records of `autograder grade` over the same files, graded anew."""
    life.autograder("grade", *labs, "--results", "again", "--jobs", "1")

    for student in ("ada", "bob"):
        for lab in labs:
            again = life.record(student, lab, "again")
            assert life.points(student, lab) == again["score"], (student, lab)
            assert life.record(student, lab)["late"] == again["late"]
            assert life.record(student, lab)["fingerprint"] == again["fingerprint"]
    assert life.points("ada") == 10 > life.points("bob")


def test_late_is_taken_off_all_points(life: NbCourse) -> None:
    """1.5 days late is two days begun, 20 %: of the automatic points in the record, of all points in the gradebook."""
    with (life.root / "grades.csv").open() as file:
        rows = {(row["student_id"], row["assignment"]): row for row in csv.DictReader(file)}
    bob, ada = rows["bob", LAB1], rows["ada", LAB1]
    record = life.record("bob")

    assert record["late"]["penalty"] == pytest.approx(0.2 * record["score"])
    assert float(bob["raw_score"]) == record["score"] + 2
    assert float(bob["late_submission_penalty"]) == pytest.approx(0.2 * (record["score"] + 2))
    assert (float(ada["score"]), float(ada["late_submission_penalty"])) == (13.0, 0.0)
    assert len(rows) == 2 * len(LABS)  # a row for whatever the gradebook knows, handed in or not


def test_feedback_reaches_the_student(life: NbCourse) -> None:
    """The page that ada fetched says what passed, and shows nothing of staff or of the hidden suite."""
    pages = list((life.root.parent / "ada" / LAB1 / "feedback").rglob("*.html"))
    text = pages[0].read_text()

    assert len(pages) == 1
    assert "points." in text
    assert "passed." in text
    assert "def test_" not in text


def test_feedback_names_the_mistake(life: NbCourse) -> None:
    """Under the graded cell stands the record's message, for readers."""
    page = (life.root / "feedback" / "bob" / LAB1 / f"{LAB1}.html").read_text()
    failed = next(check for check in life.record("bob")["checks"] if check["status"] == "failed")

    assert failed["title"].split("`")[0].strip()[:20] in page
    assert "alert-danger" in page or "alert-warning" in page


def test_a_second_run_grades_nothing(life: NbCourse) -> None:
    """With unchanged files nothing is graded, written or marked anew."""
    before = life.ask("select * from grade")

    printed = life.nbgrader("autograde", LAB1)

    assert "0 submissions to grade, 2 unchanged" in printed
    assert printed.count("Skipping existing assignment") == 2
    assert life.ask("select * from grade") == before
