"""Copies of what was handed in hold ordinary files alone, whatever a student put beside them."""

from __future__ import annotations

import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from nbgrader.converters.base import NbGraderException

from autograder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_RENAME = "its name has a line end in it; rename it and run the command again"


class Copying(Protocol):
    """A run of `nbgrader autograde`, as far as copying is concerned."""

    log: Any
    coursedir: Any

    def folder(self, student: str, /) -> str:
        """Return the folder of the student's files for this assignment."""

    def record(self, student: str, /) -> object:
        """Return the student's record, graded if need be."""


def leave_out(run: Copying, copy: Callable[[str, str], None], real: Mapping[str, str]) -> Callable[[str, str], None]:
    """Keep nbgrader from copying what is no ordinary file: it would follow a link out of the submission.

    Its setting is one for the class, so it holds a student's links only while that student's files are copied. A
    folder whose name nbgrader can't spell (`real` has it) costs its own row, and holds up nobody.
    """
    everybodys = list(run.coursedir.ignore)

    def copy_ordinary(assignment: str, student: str) -> None:
        if not Path(run.folder(student)).is_dir():
            run.record(real.get(student, student))
            raise NbGraderException(f"nbgrader can't take the folder {student}: {_RENAME}.")
        odd = sorted(
            entry.name
            for entry in os.scandir(run.folder(student))
            if not entry.is_file(follow_symlinks=False) and not entry.is_dir(follow_symlinks=False)
        )
        if odd:
            shown = one_line(", ".join(odd))
            run.log.warning("Links and devices of %s are left aside: %s", one_line(student), shown)
        run.coursedir.ignore = [*everybodys, *(glob.escape(name) for name in odd)]
        try:
            copy(assignment, student)
        finally:
            run.coursedir.ignore = everybodys

    return copy_ordinary
