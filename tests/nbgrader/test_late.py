"""What lateness costs: the computation, nbgrader's time stamps, the dates in course.yml."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from autograder import fingerprint
from autograder.course import AssignmentSettings, Course, LateSettings, Settings, find_course, load_course
from autograder.errors import UsageError
from autograder.late import late, penalty, read_timestamp
from autograder.submission import collect

if TYPE_CHECKING:
    from pathlib import Path

DUE = datetime(2026, 10, 9, 21, 59, tzinfo=UTC)
POLICY = LateSettings(percent_per_day=10, grace_minutes=15, most_percent=50)
DAY = 24 * 3600


@pytest.mark.parametrize(
    ("seconds", "taken"),
    [(0, 0), (15 * 60, 0), (15 * 60 + 1, 0.8), (DAY, 0.8), (DAY + 1, 1.6), (4.5 * DAY, 4), (90 * DAY, 4)],
)
def test_each_day_begun_costs_up_to_the_most(seconds: float, taken: float) -> None:
    """Of 8 points 0.8 a day, nothing within the grace time, 4 at most."""
    assert penalty(8, seconds, POLICY) == pytest.approx(taken)


def test_never_more_than_there_is() -> None:
    """No points, nothing to take; a course without a policy takes nothing."""
    assert penalty(0, DAY, POLICY) == penalty(-1, DAY, POLICY) == 0
    assert penalty(8, DAY, LateSettings()) == 0


def _course(**dates: datetime) -> Course:
    lab = AssignmentSettings(title="x", due=DUE, extensions=dates)
    settings = Settings(title="x", secret="12345678", assignments={"lab": lab}, late=POLICY)
    return Course(root=find_course().root, settings=settings)


def test_an_extension_is_another_due_date_for_one() -> None:
    """Handed in two days after the due date: late for bob, in time for ada, who has three."""
    handed_in = DUE + timedelta(days=2)
    course = _course(ada=DUE + timedelta(days=3))

    assert late(course, "lab", "ada", handed_in, 8).seconds == 0
    assert (late(course, "lab", "bob", handed_in, 8).seconds, late(course, "lab", "bob", handed_in, 8).penalty) == (
        2 * DAY,
        1.6,
    )
    assert late(course, "lab", "bob", None, 8).seconds == 0


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-10-09 21:59:00.000000 UTC\n", DUE),
        ("2026-10-09 21:59:00", DUE),
        ("2026-10-09 23:59:00 +0200", DUE.astimezone(timezone(timedelta(hours=2)))),
        ("2026-10-09 23:59:00 Europe/Berlin", DUE),
    ],
)
def test_time_stamps_of_nbgrader_are_read(text: str, moment: datetime) -> None:
    """With a zone's name, an offset or neither, as nbgrader reads them."""
    assert read_timestamp(text) == moment


@pytest.mark.parametrize("text", ["", "yesterday", "2026-10-09 21:59:00 Nowhere/At-all"])
def test_another_time_stamp_is_said_to_be_none(text: str, tmp_path: Path) -> None:
    """It raises; a submission with it is not late, and its record says that this is not known."""
    with pytest.raises(ValueError, match=r"\S"):
        read_timestamp(text)
    folder = tmp_path / "ada" / "lab"
    folder.mkdir(parents=True)
    (folder / "lab.ipynb").write_text("{}")
    (folder / "timestamp.txt").write_text(text)

    found = collect(tmp_path, "ada", "lab", most_bytes=100)

    assert found.handed_in is None
    assert "timestamp.txt can't be read" in found.notes[0]


def test_a_date_needs_its_offset(tmp_path: Path) -> None:
    """A date that two machines would read as two moments is refused, with its place."""
    text = "title: x\nsecret: '12345678'\nassignments: {lab: {title: x, due: 2026-10-09T23:59:00}}\n"
    (tmp_path / "course.yml").write_text(text)

    with pytest.raises(UsageError, match=r"timezone.*due"):
        load_course(tmp_path)


def test_dates_do_not_make_anybody_graded_again() -> None:
    """The fingerprint is the same with and without them; a penalty is computed anew without grading."""
    course = find_course()
    lab = next(iter(course.settings.assignments))
    assignments = dict(course.settings.assignments)
    assignments[lab] = AssignmentSettings(title=assignments[lab].title, due=DUE, extensions={"ada": DUE})
    settings = Settings(
        **{name: getattr(course.settings, name) for name in Settings.__struct_fields__}
        | {"assignments": assignments, "late": POLICY}
    )
    other = Course(root=course.root, settings=settings)

    same = [fingerprint.for_assignment(each, lab, sandbox=True) for each in (course, other)]
    assert same[0] == same[1]
