"""Compute what lateness costs: pure functions of `course.yml`, a student and the time of handing in.

Every day begun after the due date takes `percent_per_day` off the points earned, at most `most_percent`; within
`grace_minutes` nothing is taken off. A student with an extension has that date for a due date. A day is one of the
clock on the course's wall (`timezone`): from 20:00 to 20:00, also where a clock change makes it 23 or 25 hours.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from autograder.course.moments import zone
from autograder.record import Late

if TYPE_CHECKING:
    from autograder.course.settings import Course, LateSettings

_DAY = timedelta(days=1)


def due(course: Course, assignment: str, student: str) -> datetime | None:
    """Return until when `student` may hand in; None where `course.yml` gives no date."""
    return extension(course, assignment, student) or course.settings.assignments[assignment].due


def extension(course: Course, assignment: str, student: str) -> datetime | None:
    """The date that holds for `student` alone, written under any of their ids."""
    own = course.settings.assignments[assignment].extensions
    if student in own or not own:
        return own.get(student)
    return next((own[name] for name in course.people.ids(student) if name in own), None)


def penalty(points: float, late: Late, policy: LateSettings) -> float:
    """The points to take off `points` for being so late: never more than there are, never below 0."""
    if late.seconds <= policy.grace_minutes * 60:
        return 0.0
    days = math.ceil(late.seconds / _DAY.total_seconds()) if late.days is None else late.days
    percent = min(days * policy.percent_per_day, policy.most_percent)
    return round(max(points, 0.0) * percent / 100, 6)


def late(course: Course, assignment: str, student: str, handed_in: datetime | None, score: float | None) -> Late:
    """Return the lateness for the record of a submission with `score` automatic points."""
    until = due(course, assignment, student)
    if handed_in is None or until is None:
        return Late(handed_in=handed_in)
    found = Late(handed_in=handed_in, seconds=max(0.0, (handed_in.astimezone(UTC) - until.astimezone(UTC)) / _SECOND))
    found.days = _days(until, handed_in, zone(course.settings.timezone)) if found.seconds else 0
    found.penalty = penalty(score or 0.0, found, course.settings.late)
    return found


_SECOND = timedelta(seconds=1)


def _days(due: datetime, handed_in: datetime, local: tzinfo) -> int:
    """Count the days that have begun on the local clock from `due` to a later `handed_in`: at least one."""
    told = handed_in.astimezone(local).replace(tzinfo=None) - due.astimezone(local).replace(tzinfo=None)
    return max(1, math.ceil(told / _DAY))
