"""`autograder handout`: `assignments/` as one zip for students, looked through before and after it is packed.

The rules about leaks are asked twice: of the course, and of what the zip holds once it is unpacked again, so that
what was looked at is what is handed out. The same files always give the same bytes.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from autograder.authoring.verify.labs import CourseView
from autograder.authoring.verify.linter import rules_to_run, run, show
from autograder.errors import UsageError
from autograder.files import zipped

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.course.settings import Course

RULES = (
    "complete", "fresh", "no-outputs", "stub-raises",
    "no-solution", "no-marking-guide", "no-markers", "no-suite", "no-secret", "only-labs",
)  # fmt: skip


def hand_out(course: Course, file: Path, console: Console) -> int:
    """Write the zip; returns how many files it holds: 0, no zip, and findings printed, if something would leak."""
    if not _clean(course, console):
        return 0
    with tempfile.TemporaryDirectory() as folder:
        packed, unpacked = Path(folder, "packed.zip"), Path(folder, "course")
        pack(course.root / "assignments", packed)
        _unpack(packed, course, unpacked)
        if not _clean(msgspec.structs.replace(course, root=unpacked), console):
            return 0
        try:
            shutil.copyfile(packed, file)
        except OSError as error:
            raise UsageError(f"can't write {file}: {error.strerror}; name another file") from error
        with zipfile.ZipFile(packed) as archive:
            return len(archive.namelist())


def _clean(course: Course, console: Console) -> bool:
    with CourseView(course) as view:
        report = run(view, rules_to_run(RULES, quick=True))
    if not report.clean:
        show(report, console, len(view.names))
    return report.clean


def pack(folder: Path, file: Path) -> None:
    """Pack the files below `folder`, under its name, in order, without their dates."""
    files = {
        path.relative_to(folder.parent).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    file.write_bytes(zipped(files))


def _unpack(packed: Path, course: Course, root: Path) -> None:
    """Unpack a course whose `assignments/` come out of the zip, and whose secrets are the course's."""
    with zipfile.ZipFile(packed) as archive:
        outside = [name for name in archive.namelist() if not name.startswith("assignments/") or ".." in name]
        if outside:
            raise UsageError(f"the zip holds {outside[0]}, which is not below assignments/: remove it")
        archive.extractall(root)
    for part in ("solutions", "autograder"):
        (root / part).symlink_to(course.root / part)
