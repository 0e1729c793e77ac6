"""File names of bulk downloads from an LMS, for `nbgrader zip_collect`.

Moodle: `Ada Lovelace_123456_assignsubmission_file_lab1.ipynb`, or such a folder with the file in it; the number is
the participant's in Moodle's grading worksheet. Canvas: `lovelaceada_LATE_123_45678_lab1-2.ipynb`: the user's id in
Canvas' gradebook, the submission's, and `-2` for the third file of that name. The numbers become nbgrader's
student ids, so that grades find their way back without a list.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from nbgrader.plugins import FileNameCollectorPlugin
from traitlets import List

if TYPE_CHECKING:
    from collections.abc import Iterator

MOODLE = re.compile(r"[^/]*_(?P<student_id>\d+)_assignsubmission_file(?:_/?|/)(?P<name>[^/]+)\Z")
CANVAS = re.compile(r"[^/_]*_(?:LATE_)?(?P<student_id>\d+)_\d+_(?P<name>[^/]+)\Z")
_AGAIN = re.compile(r"(?P<stem>.+)-(?P<number>\d+)\Z")


class LmsFileNames(FileNameCollectorPlugin):  # type: ignore[misc]  # nbgrader ships no types
    """Whose file it is, and which; of several that Canvas numbered, the last."""

    valid_ext = List([".ipynb", ".py"]).tag(config=True)

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Answer nbgrader about one file."""
        file = Path(submitted_file)
        found = file_of(file)
        if file.suffix not in self.valid_ext or found is None:
            return None
        student, stem, number = found
        for other in _siblings(file):
            theirs = file_of(other)
            if theirs is not None and theirs[:2] == (student, stem) and (theirs[2], str(other)) > (number, str(file)):
                self.log.warning("Left aside, as %s is newer: %s", other.name, file.name)
                return None
        return {"student_id": student, "file_id": stem}


def file_of(file: Path) -> tuple[str, str, int] | None:
    """(student, name without its ending, which of several) of a downloaded file; None for any other."""
    found = _moodle(file) or CANVAS.fullmatch(file.name)
    if found is None:
        return None
    stem = Path(found["name"]).stem
    again = _AGAIN.fullmatch(stem) if found.re is CANVAS else None
    return (found["student_id"], again["stem"], int(again["number"])) if again else (found["student_id"], stem, 0)


def _moodle(file: Path) -> re.Match[str] | None:
    return MOODLE.fullmatch(file.name) or MOODLE.fullmatch(f"{file.parent.name}/{file.name}")


def _siblings(file: Path) -> Iterator[Path]:
    return (other for other in file.parent.iterdir() if other != file and other.suffix == file.suffix)
