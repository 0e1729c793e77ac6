"""Two gradings compared."""

from __future__ import annotations

from builders import check, perfect, record

from autograder.record import Late, Record, SubmissionFile
from autograder.report.changes import Changes


def causes(before: Record, after: Record) -> list[str]:
    """Why a score changed; the one change."""
    changes = Changes("old")
    changes.add(before, after)
    ((_, _, _, found),) = changes.changed
    return found


def test_the_same_score_is_no_change() -> None:
    """Another message or another second is none."""
    changes = Changes("old")
    changes.add(record(check("a.b"), seconds=1.0), record(check("a.b", message="x"), seconds=2.0))

    assert (changes.compared, changes.changed) == (1, [])


def test_each_check_that_differs_is_named() -> None:
    """From what to what; a check that is new or gone, too."""
    before = record(check("a.b"), check("a.c", "skipped"), check("a.gone"))
    after = record(check("a.b", "timeout"), check("a.c"), check("a.new"), check("a.more"))

    assert causes(before, after) == [
        "Title of a.b: passed (2), now took too long (0)",
        "Title of a.c: skipped (0), now passed (2)",
        "Title of a.gone: passed (2), now no such check",
        "Title of a.new: no such check, now passed (2)",
        "Title of a.more: no such check, now passed (2)",
        "points to reach: 6, now 8",
    ]


def test_lateness_and_another_file_are_named() -> None:
    """A score can change without a check."""
    after = record(check("a.b"), late=Late(seconds=9, penalty=1.0), submission=SubmissionFile(path="x", sha256="cd"))

    assert causes(record(check("a.b")), after) == ["another file was handed in", "late penalty 0, now 1"]


def test_what_became_of_the_submission_is_a_change() -> None:
    """Rejected, not graded: each is a result of its own, not a zero."""
    changes = Changes("old")
    changes.add(record(status="grader_error"), record(status="rejected", score=0.0))
    changes.add(record(score=0.0), record(status="rejected", score=0.0))

    assert [(change.before, change.after) for change in changes.changed] == [
        ("not graded", "rejected"),
        ("0 / 10", "rejected"),
    ]


def test_new_students_are_listed_apart() -> None:
    """They have nothing to be compared with."""
    changes = Changes("old")
    changes.add(None, perfect())

    assert (changes.compared, changes.new) == (0, ["ada"])
