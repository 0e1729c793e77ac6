"""Grades the one submission in Gradescope's folders.

    python -m autograder.export.gradescope.run [--check] [/autograder]

`results.json` is written once, atomically, when the score is there. For a fault of ours there is none and the exit code
is 1. `--check` grades nothing: it starts what grading needs, so that a broken image is seen when it is built.
"""

from __future__ import annotations

import sys
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from autograder.course import lateness
from autograder.course.settings import load_course
from autograder.course.submission import collect_folder
from autograder.errors import GraderError
from autograder.export.final_score import final
from autograder.export.services import gradescope
from autograder.files import write_atomic
from autograder.grading.grader import Grader
from autograder.record import Status
from autograder.sandbox.errors import SandboxUnavailable

if TYPE_CHECKING:
    from autograder.course.settings import Course
    from autograder.record import Record

DEFAULT_ROOT = Path("/autograder")
MANIFEST = "gradescope.json"
_SWITCH = "make the zip with `autograder export gradescope --no-sandbox`"


class Manifest(msgspec.Struct):
    """The choices made when the zip was built."""

    assignment: str
    sandbox: bool


class User(msgspec.Struct):
    """One of those who handed in."""

    email: str = ""
    id: int | str = ""


class Metadata(msgspec.Struct):
    """The part of `submission_metadata.json` that is used."""

    created_at: datetime | None = None
    users: list[User] = []


def main(arguments: list[str]) -> int:
    """Grade, or check; returns the exit code."""
    check = "--check" in arguments
    places = [Path(argument) for argument in arguments if argument != "--check"]
    root = places[0] if places else DEFAULT_ROOT
    output = root / "results" / "results.json"
    if not check:
        with suppress(FileNotFoundError):
            output.unlink()
    try:
        course = load_course(root / "source")
        manifest = msgspec.json.decode((root / "source" / MANIFEST).read_bytes(), type=Manifest)
        with Grader(course, sandbox=manifest.sandbox, assignments=[manifest.assignment]) as grader:
            if check:
                return 0
            record = _graded(grader, course, manifest.assignment, root)
        output.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(output, gradescope(final(record, None, course.settings.late)))
    except SandboxUnavailable as error:
        sys.stderr.write(f"autograder: {error.told(_SWITCH)}\n")
        return 0 if check else 1  # an image may be built on another machine than it runs on
    except Exception:  # whatever it is, it is no zero
        traceback.print_exc()
        sys.stderr.write("autograder: the fault is ours; no score was given\n")
        return 1
    return 0


def _graded(grader: Grader, course: Course, assignment: str, root: Path) -> Record:
    metadata = _metadata(root / "submission_metadata.json")
    student = _student(course, assignment, metadata)
    most = course.settings.limits.submission_mib * 2**20
    handed_in = collect_folder(root / "submission", "submission", student, assignment, most_bytes=most)
    record = grader.grade(handed_in)
    if record.status is Status.GRADER_ERROR:
        raise GraderError(record.message)
    record.late = lateness.late(course, assignment, student, metadata.created_at, record.score)
    return record


def _metadata(path: Path) -> Metadata:
    """Read who handed in and when. A time without a zone is UTC; without the file nobody is known, nothing is late."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Metadata)
    except FileNotFoundError:
        return Metadata()
    if found.created_at is not None and found.created_at.tzinfo is None:
        found.created_at = found.created_at.replace(tzinfo=UTC)
    return found


def _student(course: Course, assignment: str, metadata: Metadata) -> str:
    """The name that `course.yml` gives an extension under, an e-mail address or Gradescope's id; else the address."""
    names = [str(name) for user in metadata.users for name in (user.email, user.id) if name]
    known = course.settings.assignments[assignment].extensions
    return next((name for name in names if name in known), next(iter(names), "student"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
