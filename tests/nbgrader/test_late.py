"""What lateness costs: the computation, nbgrader's time stamps, the dates in course.yml."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from autograder.course.lateness import late, penalty
from autograder.course.moments import read_moment, zone
from autograder.course.settings import AssignmentSettings, Course, LateSettings, Settings, find_course, load_course
from autograder.course.submission import collect
from autograder.errors import UsageError
from autograder.grading import fingerprint
from autograder.record import Late

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
    assert penalty(8, Late(seconds=seconds), POLICY) == pytest.approx(taken)


def test_never_more_than_there_is() -> None:
    """No points, nothing to take; a course without a policy takes nothing."""
    assert penalty(0, Late(seconds=DAY), POLICY) == penalty(-1, Late(seconds=DAY), POLICY) == 0
    assert penalty(8, Late(seconds=DAY), LateSettings()) == 0


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
        ("2026-10-09 23:59 CEST", DUE),
        ("2026-10-09 14:59:00 PDT", DUE),
        ("2026-10-09T23:59+02", DUE),
        ("2026-10-09", DUE.replace(hour=23, second=59)),
        ("2026-10-25 02:45:00 CET", datetime(2026, 10, 25, 1, 45, tzinfo=UTC)),
        ("2026-10-25 02:45:00 CEST", datetime(2026, 10, 25, 0, 45, tzinfo=UTC)),
    ],
)
def test_time_stamps_of_nbgrader_are_read(text: str, moment: datetime) -> None:
    """With a zone's long or short name, an offset or neither; without seconds; a day alone is its end."""
    assert read_moment(text, UTC).astimezone(UTC) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-10-09 21:59:00 Nowhere/At-all",
        "2026-10-09 21:59 CST",
        "2026-13-09",
        "0001-01-01 00:00 +14",
    ],
)
def test_another_time_stamp_is_said_to_be_none(text: str, tmp_path: Path) -> None:
    """A submission with it is not late, and a person is asked to look at it."""
    folder = tmp_path / "ada" / "lab"
    folder.mkdir(parents=True)
    (folder / "lab.ipynb").write_text("{}")
    (folder / "timestamp.txt").write_text(text)

    found = collect(tmp_path, "ada", "lab", most_bytes=100)

    assert found.handed_in is None
    assert "timestamp.txt can't be read" in found.look[0]


@pytest.mark.parametrize("data", ["2026-10-09 21:59".encode("utf-16"), b"\xef\xbb\xbf2026-10-09 21:59\r\n"])
def test_a_time_stamp_of_a_windows_editor_is_read(data: bytes, tmp_path: Path) -> None:
    """UTF-16 as PowerShell writes it, and UTF-8 with its mark."""
    (tmp_path / "ada" / "lab").mkdir(parents=True)
    (tmp_path / "ada" / "lab" / "timestamp.txt").write_bytes(data)

    assert collect(tmp_path, "ada", "lab", most_bytes=100).handed_in == DUE


def test_a_short_name_that_two_zones_have_is_the_course_s(tmp_path: Path) -> None:
    """CST is six hours behind in Chicago and eight ahead in Shanghai."""
    (tmp_path / "ada" / "lab").mkdir(parents=True)
    (tmp_path / "ada" / "lab" / "timestamp.txt").write_text("2026-11-09 12:00:00 CST")

    found = [
        collect(tmp_path, "ada", "lab", most_bytes=100, local=zone(name)).handed_in
        for name in ("America/Chicago", "Asia/Shanghai")
    ]
    assert found == [datetime(2026, 11, 9, hour, tzinfo=UTC) for hour in (18, 4)]


def _dated(tmp_path: Path, date: str, more: str = "") -> Course:
    lines = (
        "title: x",
        "secret: '12345678'",
        more,
        "late: {percent_per_day: 10}",
        "assignments: {lab: {title: x, due: DATE}}",
    )
    (tmp_path / "course.yml").write_text("\n".join(lines).replace("DATE", date))
    return load_course(tmp_path)


@pytest.mark.parametrize(
    ("date", "hour", "second"),
    [
        ("2026-10-09T23:59:00", 21, 0),
        ("2026-10-09 23:59", 21, 0),
        ("2026-10-09", 21, 59),
        ("2026-10-09 23:59 UTC", 23, 0),
        ("2026-10-09T23:59+03:00", 20, 0),
        ("'2026-10-09 23:59:00 Europe/Berlin'", 21, 0),
    ],
)
def test_a_date_is_on_the_course_s_clock_unless_it_says_otherwise(
    date: str, hour: int, second: int, tmp_path: Path
) -> None:
    """With and without seconds, a day alone is its end, a zone of its own counts."""
    due = _dated(tmp_path, date, "timezone: Europe/Berlin").settings.assignments["lab"].due

    assert due is not None
    assert due.astimezone(UTC) == datetime(2026, 10, 9, hour, 59, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "more", "match"),
    [
        ("tomorrow", "", r"'tomorrow' is no time at assignments\.lab\.due in .*course\.yml: write 2026-10-09 23:59"),
        ("2026-10-09 23:59 CST", "", r"no time zone 'CST' at assignments\.lab\.due"),
        ("2026-10-09", "timezone: Berlin", r"no time zone 'Berlin' at timezone in .*: write Europe/Berlin"),
        ("2026-10-09", "timezone: 3", r"timezone in .*course\.yml"),
    ],
)
def test_a_date_or_zone_that_is_none_is_named(date: str, more: str, match: str, tmp_path: Path) -> None:
    """One line: what is wrong, at which key, what to write."""
    with pytest.raises(UsageError, match=match):
        _dated(tmp_path, date, more)


@pytest.mark.parametrize(
    ("due", "handed_in", "days"),
    [
        ("2026-10-24 20:00", "2026-10-25 19:45 CET", 1),  # 24 h 45 min
        ("2026-10-24 20:00", "2026-10-25 20:00 CET", 1),
        ("2026-10-24 20:00", "2026-10-25 20:01 CET", 2),
        ("2026-03-28 20:00", "2026-03-29 20:01 CEST", 2),  # 23 h 1 min
        ("2026-10-25 02:30 CEST", "2026-10-25 02:10 CET", 1),  # the clock shows an earlier time
        ("2026-10-24 20:00", "2026-10-24 20:00 CEST", 0),
    ],
)
def test_days_are_counted_on_the_local_clock(due: str, handed_in: str, days: int, tmp_path: Path) -> None:
    """Across a clock change too; `seconds` stay those that went by."""
    course = _dated(tmp_path, due, "timezone: Europe/Berlin")
    moment, until = read_moment(handed_in, UTC), course.settings.assignments["lab"].due
    found = late(course, "lab", "ada", moment, 8)

    assert until is not None
    assert found.days == days
    assert found.penalty == pytest.approx(0.8 * days)
    assert found.seconds == moment.timestamp() - until.timestamp()


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
