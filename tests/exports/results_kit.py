"""Results for the export tests: each test says only what it varies."""

from __future__ import annotations

from typing import Any

from autograder.course.settings import LateSettings
from autograder.export.final_score import Final, Marks, final
from autograder.record import Check, CheckStatus, Late, Manual, Record, Status, SubmissionFile

LAB, TITLE = "lab1_scalar_lstm", "A scalar LSTM step"
# Formulas of every kind that a spreadsheet starts, script, terminal and direction controls, half a character.
HOSTILE = "=cmd|' /C calc'!A0<script>alert(1)</script><img src=x onerror=alert(2)>\"'\x1b[31m\u202e\ud800,;\t\r\n@x"
ON_TIME = LateSettings()
TEN_A_DAY = LateSettings(percent_per_day=10)


def made(student: str = "ada", score: float | None = 7.5, **varied: Any) -> Record:
    """A record of two checks worth ten points and a written answer worth four; a score of None is our fault."""
    status = Status.GRADER_ERROR if score is None else Status.GRADED
    checks = [
        Check(id="a.one", cell="a", title="First `a`", status=CheckStatus.PASSED, points=score or 0.0, max_points=8.0),
        Check(
            id="a.two",
            cell="a",
            title="Second",
            status=CheckStatus.FAILED,
            points=0.0,
            max_points=2.0,
            message="The value is that of a swapped mix.",
            mistake="swapped mix",
            hint="Compare the line.",
            lesson="“Task 1” in the notebook",
            staff="STAFF ONLY",
        ),
    ]
    given: dict[str, Any] = {
        "assignment": LAB,
        "student": student,
        "status": status,
        "message": "" if score is not None else "/srv/secret: disk full",
        "submission": SubmissionFile(path=f"{student}/x.ipynb", sha256="ab" * 32),
        "score": score,
        "max_score": 10.0,
        "checks": checks if score is not None else [],
        "manual": [Manual(cell="exercise1_written", max_points=4.0)],
        "seconds": 0.4,
    }
    return Record(**given | varied)


def result(*args: Any, marks: Marks | None = None, policy: LateSettings = ON_TIME, **varied: Any) -> Final:
    """The result of such a record."""
    return final(made(*args, **varied), marks, policy)


def hostile() -> Final:
    """Every text that a student can reach is an attack."""
    record = made(HOSTILE, 3.0)
    for check in record.checks:
        check.title = check.message = check.hint = check.mistake = check.got = check.where = HOSTILE
    return final(record, None, ON_TIME)


def rejected(student: str = "kim", message: str = "There is no lab1.ipynb.") -> Final:
    """A submission that could not be graded as it is."""
    return final(made(student, 0.0, status=Status.REJECTED, message=message, checks=[]), None, ON_TIME)


def one_day_late() -> Late:
    """Twenty hours, and the penalty of a policy of ten percent a day on 7.5 points."""
    return Late(seconds=72_000, penalty=0.75)
