"""What lateness costs: pure functions of `course.yml`, a student and the time of handing in.

Every day begun after the due date takes `percent_per_day` off the points earned, at most `most_percent`; within
`grace_minutes` nothing is taken off. A student with an extension has that date for a due date.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from autograder.record import Late

if TYPE_CHECKING:
    from autograder.course import Course, LateSettings

_DAY = 24 * 60 * 60
_OFFSET = re.compile(r"[+-]\d{2}:?\d{2}")


def due(course: Course, assignment: str, student: str) -> datetime | None:
    """Until when `student` may hand in; None where `course.yml` gives no date."""
    settings = course.settings.assignments[assignment]
    return settings.extensions.get(student, settings.due)


def seconds_late(handed_in: datetime | None, due: datetime | None) -> float:
    """How late; 0 where either time is not known."""
    if handed_in is None or due is None:
        return 0.0
    return max(0.0, (handed_in - due).total_seconds())


def penalty(points: float, seconds: float, policy: LateSettings) -> float:
    """The points to take off `points` for being `seconds` late: never more than there are, never below 0."""
    if seconds <= policy.grace_minutes * 60:
        return 0.0
    percent = min(math.ceil(seconds / _DAY) * policy.percent_per_day, policy.most_percent)
    return round(max(points, 0.0) * percent / 100, 6)


def late(course: Course, assignment: str, student: str, handed_in: datetime | None, score: float | None) -> Late:
    """What goes into the record of a submission with `score` automatic points."""
    seconds = seconds_late(handed_in, due(course, assignment, student))
    return Late(seconds=seconds, penalty=penalty(score or 0.0, seconds, course.settings.late))


def read_timestamp(text: str) -> datetime:
    """The time in nbgrader's `timestamp.txt`, `2026-10-05 23:59:00.123 UTC`; without a zone it is UTC.

    Raises `ValueError`.
    """
    stamp, _, zone = text.strip().rpartition(" ")
    if not re.fullmatch(r"[A-Za-z].*|[+-]\d{2}:?\d{2}", zone):
        stamp, zone = text.strip(), ""
    moment = datetime.fromisoformat(stamp + zone if _OFFSET.fullmatch(zone) else stamp)
    if moment.tzinfo is not None:
        return moment
    try:
        return moment.replace(tzinfo=ZoneInfo(zone) if zone not in {"", "UTC", "Z"} else UTC)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"no time zone {zone!r}") from error
