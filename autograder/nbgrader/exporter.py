"""The reader of submissions for `nbgrader autograde`, instead of nbconvert's: `Autograde.exporter_class`.

nbgrader makes one per run, when it knows what there is and before its loop begins: that is when grading begins. In
the loop it asks for each submission twice: first as handed in (read here leniently and put on the release's
frame, since nbgrader's own steps stop at what they do not expect), then as nbgrader has written it to `autograded/`.
"""

from __future__ import annotations

import copy
import functools
import gc
import os
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.converters.base import NbGraderException
from nbgrader.nbgraderformat import MetadataValidator
from traitlets import Bool, Integer

from autograder.course.submission import RejectedError
from autograder.files import write_atomic
from autograder.nbgrader import cells, restore
from autograder.nbgrader.autograde_run import Run
from autograder.nbgrader.ledger import Ledger
from autograder.nbgrader.ordinary_files import SECRET, TIMESTAMP
from autograder.record import stamp

_LONGEST = 1000
_SECRET = re.compile(rb"[!-~]+")
RECORD, UNSURE = "autograder_record", "autograder_unsure"  # keys of nbconvert's resources


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]  # nbconvert ships no types
    """Reads submissions whatever state they are in; see the module."""

    jobs = Integer(os.cpu_count() or 1, min=1, help="Submissions graded at once.").tag(config=True)
    sandbox = Bool(default_value=True, help="False: run students' code unconfined; every report says so.").tag(
        config=True
    )

    optimistic_validation = Bool(default_value=True, help="Validate once, not after each step.").tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.run = Run(self.parent, jobs=self.jobs, sandbox=self.sandbox)
        self._unsure: dict[str, set[str]] = {}
        self._then = self.parent.post_convert_hook
        self.parent.post_convert_hook = self._written
        for step in (gc.unfreeze, gc.collect, gc.freeze):  # while the first one is graded: the loop makes much garbage,
            step()  # and each search for it would go through all that nbgrader imports

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        """A submission, or what nbgrader made of it, through the preprocessors; raises for a fault of the grader."""
        try:
            return self._converted(filename, resources, **kw)
        except KeyboardInterrupt:
            self.run.stop()
            raise

    def _converted(self, filename: str, resources: Any, **kw: Any) -> Any:
        student = resources["nbgrader"]["student"]
        if Path(filename).is_relative_to(self._folder(self.run.coursedir.autograded_directory, student)):
            resources[RECORD] = self._record(student)
            resources[UNSURE] = self._unsure.get(student, set())
            return super().from_filename(filename, resources, **kw)
        self._record(student)
        return self.from_notebook_node(self._read(student), resources, **kw)

    def from_file(self, file_stream: Any, resources: Any = None, **kw: Any) -> Any:
        """Read what this command wrote a moment ago: it was valid then, and is validated once more when it is done."""
        return self.from_notebook_node(nbformat.v4.reads(file_stream.read()), resources, **kw)

    @functools.cached_property
    def released(self) -> Any:
        """The released notebook, its metadata validated; not to be changed."""
        found = nbformat.read(self.run.course.released(self.run.assignment), as_version=4)
        MetadataValidator().validate_nb(found)
        return found

    def _folder(self, step: str, student: str) -> str:
        return str(self.run.coursedir.format_path(step, student, self.run.assignment))

    def _record(self, student: str) -> Any:
        try:
            return self.run.record(student)
        except NbGraderException:
            self._withdraw(student)
            raise

    def _withdraw(self, student: str) -> None:
        """Withdraw the points of an earlier submission, which must not stand for one on which the grader failed."""
        with self.run.open_gradebook() as gradebook:
            for notebook in gradebook.find_submission(self.run.assignment, student).notebooks:
                for grade in notebook.grades:
                    grade.auto_score, grade.needs_manual_grade = None, True
            gradebook.db.commit()

    def _read(self, student: str) -> Any:
        """Return what was handed in, on the frame of the release; for what can't be read, the frame and why."""
        handed_in = self.run.handed_in(student)
        try:
            found = restore.restored(self.released, cells.read_cells(handed_in))
        except RejectedError as error:
            found = restore.Restored(copy.deepcopy(self.released), [f"this is the released notebook: {error}"], set())
        self._unsure[student] = found.unsure
        found.notebook.cells, left_out = cells.fit(found.notebook.cells)
        for note in [*found.notes, *left_out]:
            self.log.warning("%s, %s: %s", student, self.run.assignment, note)
        notes = [f"{manual.cell}: {manual.note}" for manual in self.run.record(student).manual if manual.note]
        if notes := [*handed_in.notes, *found.notes, *left_out, *notes]:
            lines = "\n".join(f"- {line}" for line in notes)
            note = nbformat.v4.new_markdown_cell(f"**From the grader:**\n\n{lines}", id="grader-notes")
            found.notebook.cells.insert(0, note)
        return found.notebook

    def _written(self, *, notebooks: list[str], **hook: Any) -> None:
        """Note that nbgrader has written a submission down whole; after it, whatever hook was configured."""
        student = Path(notebooks[0]).parent.parent.name
        record = self.run.record(student)
        _complete(Path(self._folder(self.run.coursedir.autograded_directory, student)), record.late.handed_in)
        gradebook = self.run.shared_gradebook
        Ledger(gradebook).done(self.run.assignment, student, stamp(record))
        gradebook.db.commit()
        if self._then is not None:
            self._then(notebooks=notebooks, **hook)


def _complete(folder: Path, handed_in: datetime | None) -> None:
    """Add what the exchange gives a submission and an LMS does not: `release_feedback` stops for all without it.

    The time is written as every step of nbgrader reads it; one that isn't known is the oldest, so that none is older.
    The secret names the released page; nobody knows a new one, so nobody fetches the page, and those of others get out.
    It is the student's own where that is a text as the exchange writes one.
    """
    secret = folder / SECRET
    moment = (handed_in or datetime.fromtimestamp(0, UTC)).astimezone(UTC)
    write_atomic(folder / TIMESTAMP, f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC".encode())
    if not (secret.exists() and secret.stat().st_size <= _LONGEST and _SECRET.fullmatch(secret.read_bytes())):
        write_atomic(secret, secrets.token_hex(64).encode())
