"""Due dates, extensions and late penalties of `course.yml` in nbgrader's gradebook.

Where `course.yml` gives an assignment a due date, its dates are the ones that hold; where it gives none, the
gradebook's are left alone. nbgrader takes a penalty off the points that there are when it autogrades; marks given by
hand come later, so `refresh` computes it again, in `generate_feedback` and in `autograder due`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import LateSubmissionPlugin
from traitlets.config.loader import PyFileConfigLoader

from autograder.course.lateness import due, extension, late
from autograder.course.moments import zone
from autograder.course.settings import Course, find_course
from autograder.course.submission import handed_in

if TYPE_CHECKING:
    from collections.abc import Iterator


class LatePolicy(LateSubmissionPlugin):  # type: ignore[misc]  # nbgrader ships no types
    """nbgrader's plug-in: what `course.yml` takes off for being late."""

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float:
        """The points to take off; `SaveScores` has put down when it was handed in, and the due date."""
        course = find_course()  # nbgrader works in the course's root
        assignment = self.parent.assignment_id  # the preprocessor knows which
        until = due(course, assignment, student_id)
        moment = until.astimezone(UTC) + timedelta(seconds=total_seconds_late) if until else None
        return late(course, assignment, student_id, moment, score).penalty


def sync(submission: Any, course: Course, moment: datetime | None) -> None:
    """Put the time of handing in, and the dates of `course.yml`, into a submission's rows; the caller commits."""
    submission.timestamp = None if moment is None else stored(moment)
    settings = course.settings.assignments[submission.assignment.name]
    if settings.due is None:
        return
    submission.assignment.duedate = stored(settings.due)
    own = extension(course, submission.assignment.name, submission.student.id)
    submission.extension = None if own is None else own.astimezone(UTC) - settings.due.astimezone(UTC)


def refresh(submission: Any, course: Course) -> bool:
    """Compute the penalty again from the present points; says whether it changed. The caller commits."""
    moment = submission.timestamp and submission.timestamp.replace(tzinfo=UTC)
    changed = False
    for notebook in submission.notebooks:
        points = late(course, submission.assignment.name, submission.student.id, moment, notebook.score).penalty or None
        changed |= points != notebook.late_submission_penalty
        notebook.late_submission_penalty = points
    return changed


class Dates(NamedTuple):
    """The dates that were put into the gradebook for an assignment."""

    assignment: str
    due: datetime
    extensions: dict[str, datetime]
    changed: list[str]  # students whose penalty is another one now


def put_dates(course: Course, db_url: str, course_id: str, submitted: Path) -> Iterator[Dates]:
    """Put all dates of `course.yml` and of `submitted` into a gradebook, and every penalty that depends on them."""
    with Gradebook(db_url, course_id) as gradebook:
        for name, settings in course.settings.assignments.items():
            if settings.due is None:
                continue
            gradebook.update_or_create_assignment(name, duedate=stored(settings.due))
            changed = []
            for submission in gradebook.assignment_submissions(name):
                folder = submitted / submission.student.id / name
                known = submission.timestamp and submission.timestamp.replace(tzinfo=UTC)
                sync(
                    submission, course, handed_in(folder, zone(course.settings.timezone)) if folder.is_dir() else known
                )
                gradebook.db.flush()
                if refresh(submission, course):
                    changed.append(submission.student.id)
            gradebook.db.commit()
            yield Dates(name, settings.due, settings.extensions, sorted(changed))


def gradebook_of(course: Course, given: str | None) -> tuple[str, str, Path]:
    """URL of the gradebook (`given`: URL or file, else what nbgrader_config.py says), the course's id, `submitted/`."""
    config = Path(course.root, "nbgrader_config.py")
    loaded = PyFileConfigLoader(config.name, path=str(course.root)).load_config() if config.is_file() else {}
    found = CourseDirectory(config=loaded, root=str(course.root))
    url = str(found.db_url) if given is None else given if "://" in given else f"sqlite:///{Path(given).resolve()}"
    return url, str(found.course_id), course.root / str(found.submitted_directory)


def stored(moment: datetime) -> datetime:
    """Return a time as the gradebook keeps it: UTC, without a zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)
