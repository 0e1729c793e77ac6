"""Hash everything that a record depends on: the same hash means that there is nothing to grade again."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

import msgspec

from autograder.course.settings import LateSettings
from autograder.version import kit_hash

if TYPE_CHECKING:
    from autograder.course.settings import Course, Settings
    from autograder.course.submission import Submission

PACKAGES = ("torch", "numpy", "msgspec", "pytest")


def for_assignment(course: Course, assignment: str, *, sandbox: bool) -> str:
    """Hash what all submissions for an assignment share: suite, notebooks, settings, versions, the kit itself."""
    digest = hashlib.sha256()
    for path in course.lab_files(assignment):
        digest.update(path.relative_to(course.root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    digest.update(msgspec.json.encode(_without_dates(course.settings, assignment), order="deterministic"))
    digest.update(f"{platform.python_version()} {[version(name) for name in PACKAGES]} {sandbox}".encode())
    digest.update(kit_hash())
    return digest.hexdigest()


def _without_dates(settings: Settings, assignment: str) -> Settings:
    """Return the settings a grade depends on: penalties, names and words enter a record without grading again."""
    own = msgspec.structs.replace(settings.assignments[assignment], afterwards="", due=None, extensions={})
    return msgspec.structs.replace(
        settings, assignments={assignment: own}, late=LateSettings(), timezone="UTC", students={}
    )


def for_submission(shared: str, handed_in: Submission) -> str:
    """Hash one submission, together with the hash of what it shares with the others."""
    parts = (shared, handed_in.path, handed_in.sha256, handed_in.notes, handed_in.look, handed_in.rejection)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
