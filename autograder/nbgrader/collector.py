"""File names of bulk downloads from an LMS, for `nbgrader zip_collect`.

Moodle: `Ada Lovelace_123456_assignsubmission_file_/` with what was handed in, or flat files that begin so; the number
is the participant's in Moodle's grading worksheet. Canvas: `lovelaceada_LATE_123_45678_tiny-2.ipynb`: the user's id in
Canvas' gradebook, the submission's, and `-2` for the third file of that name. The numbers become nbgrader's student
ids, so that grades find their way back without a list.

The platform's part comes first and the student's last, so who handed in is read from the outermost folder or file that
names anybody, at the first place where it does. Canvas lets no name of a person look like its own part (it writes
`_12_` in one as `-12-`); Moodle does, so a name in which a Moodle part follows another part is named and not taken.
Where two names claim one number, neither is taken.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from nbgrader.plugins import FileNameCollectorPlugin

from autograder.nbgrader.ordinary_files import SECRET, TIMESTAMP
from autograder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

CANVAS = re.compile(r"_(?:LATE_)?(?P<student_id>\d+)_\d+_(?P<name>.+)", re.DOTALL)
MOODLE = re.compile(r"_(?P<student_id>\d+)_assignsubmission_(?:file|onlinetext)(?:_(?P<name>.*))?", re.DOTALL)
_AGAIN = re.compile(r"(?P<stem>.+)-(?P<number>\d+)", re.DOTALL)


class Found(NamedTuple):
    """A downloaded file: whose it is, the name that says so, what it is called, and which of several."""

    student: str
    who: str
    name: str
    number: int


class Unclear(NamedTuple):
    """A name that can be read as of several people."""

    part: str
    students: tuple[str, ...]


class LmsFileNames(FileNameCollectorPlugin):  # type: ignore[misc]  # nbgrader ships no types
    """Tell nbgrader whose file it is, and which; of several that one person handed in under one name, the last."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._taken: dict[Path, dict[Path, Found]] = {}

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """Answer nbgrader about one file."""
        file = Path(submitted_file)
        root = self._root(file)
        if root not in self._taken:
            self._taken[root] = self._choose(root)
        found = self._taken[root].get(file)
        return {"student_id": found.student, "file_id": found.name} if found else None

    def _root(self, file: Path) -> Path:
        if not self.parent:
            return file.parent
        return Path(self.parent._format_collect_path(self.parent.extracted_directory))  # its only way to say where

    def _choose(self, root: Path) -> dict[Path, Found]:
        """The files to take, of all that were downloaded."""
        claims: dict[str, set[str]] = {}
        best: dict[tuple[str, str], tuple[int, int, Path, Found]] = {}  # by the name that nbgrader gives a file
        unclear: set[Unclear] = set()
        for file in sorted(root.rglob("*")):
            found = file_of(file.relative_to(root))
            if isinstance(found, Unclear):
                unclear.add(found)
            if not isinstance(found, Found):
                continue
            claims.setdefault(found.student, set()).add(found.who)
            if file.is_symlink() or not file.is_file():
                continue
            if found.name in {SECRET, TIMESTAMP}:  # when it was handed in is not the student's to say
                self.log.warning("Left aside, as no student writes it: %s", one_line(str(file.relative_to(root))))
                continue
            key, new = (
                (found.student, Path(found.name).stem + file.suffix),
                (found.number, -len(file.parts), file, found),
            )
            older, newer = sorted((new, best.get(key, new)))
            best[key] = newer
            if older is not newer:
                self.log.warning("Left aside, as %s is newer: %s", one_line(newer[2].name), one_line(older[2].name))
        for name, numbers in sorted(unclear):
            self.log.warning(
                "Not taken: %s can be of any of the numbers %s; find out who it is, and rename it",
                one_line(name), ", ".join(numbers),
            )  # fmt: skip
        twice = {student for student, names in claims.items() if len(names) > 1}
        for student in sorted(twice):
            names = ", ".join(one_line(name) for name in sorted(claims[student]))
            self.log.warning(
                "Not taken: several names claim the number %s (%s); find out who it is, and leave only that one's",
                student, names,
            )  # fmt: skip
        return {file: found for _, _, file, found in best.values() if found.student not in twice}


def file_of(file: Path) -> Found | Unclear | None:
    """Tell whose a downloaded file is; None if no part of its path, which is relative to the download, says so."""
    for depth, part in enumerate(file.parts, 1):
        readings = sorted(_readings(part), key=lambda reading: reading.start())
        if not readings:
            continue
        found, whole = readings[0], depth == len(file.parts)
        students = (found["student_id"], *(later["student_id"] for later in readings[1:] if later.re is MOODLE))
        if len({*students}) > 1:
            return Unclear(part, tuple(dict.fromkeys(students)))
        own = (found["name"] or file.name) if whole else file.name
        again = _AGAIN.fullmatch(Path(own).stem) if found.re is CANVAS and whole else None
        number = int(again["number"][:9]) if again else 0
        name = again["stem"] + Path(own).suffix if again else own
        return Found(found["student_id"], part[: found.start()], name, number) if name not in {".", ".."} else None
    return None


def _readings(part: str) -> Iterator[re.Match[str]]:
    """Every place of a name that a platform could have written."""
    for place in (place for place, letter in enumerate(part) if letter == "_"):
        for pattern in (CANVAS, MOODLE):
            if (found := pattern.fullmatch(part, place)) is not None:
                yield found
