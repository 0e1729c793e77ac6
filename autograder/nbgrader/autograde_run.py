"""One run of `nbgrader autograde`: all that is pending is graded in parallel, ahead of nbgrader's loop.

The loop, which is nbgrader's own, takes the submissions one by one and only writes down what is in the records.
The records are those of `autograder grade`, in the same place and with the same fingerprints, so that neither command
grades what the other has graded.
"""

from __future__ import annotations

import fnmatch
import functools
import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import rmtree
from sqlalchemy.exc import OperationalError

from autograder.course.moments import zone
from autograder.course.secret import PUBLIC
from autograder.course.settings import Course, find_course
from autograder.course.student_folders import folders
from autograder.course.submission import Submission, folder_of, handed_in
from autograder.errors import GraderError, UsageError
from autograder.grading import local_workers, machine
from autograder.grading.batch import Batch
from autograder.grading.progress import Waiting
from autograder.nbgrader.course_lock import alone
from autograder.nbgrader.ledger import Ledger
from autograder.nbgrader.log import LOCKED, OneLine, is_locked
from autograder.nbgrader.ordinary_files import leave_out
from autograder.nbgrader.prefetch import Ahead
from autograder.record import Record, Status, stamp
from autograder.report import wording
from autograder.sandbox.confinement.policy import require
from autograder.sandbox.errors import SandboxUnavailable
from autograder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor
    from datetime import datetime

_STRUCTURE = os.path.join("{nbgrader_step}", "{student_id}", "{assignment_id}")  # a format, no path
_SWITCH = "write `c.SubmissionExporter.sandbox = False` into nbgrader_config.py"


def _tabulate(batch: Batch, assignment: str) -> None:
    batch.tabulate(assignment)  # what it returns is for the terminal


def _in_a_path(name: str) -> str:
    """A folder's name as nbgrader's loop can find it in a path, which it reads up to the end of a line."""
    return name.replace("\n", "\\n")


class Run:
    """The work of one `Autograde` converter; raises `NbGraderException` where it can't be done at all."""

    def __init__(self, converter: Any, *, jobs: int, sandbox: bool) -> None:
        self.log, self.coursedir = converter.log, converter.coursedir
        self.assignment: str = self.coursedir.assignment_id
        self.jobs = jobs
        self.log.addFilter(OneLine())
        self._lock: IO[str] | None = None
        try:
            self.course = self._course()
            self._lock = alone(self.course.root)
            self._known_to_gradebook()
            names = self._names()
            self.batch = self._batch(names, force=converter.force, sandbox=sandbox)
            if sandbox:
                require()
            if self.course.has_public_secret:
                self.log.warning(PUBLIC)
            pending, kept = self.batch.plan()
            left_out = self._say_who_is_left_out()
            self.log.info("%d submissions to grade, %d unchanged since they were", len(pending), len(kept))
            if pending:
                self.batch.prepare()
                for line in machine.examine(self.course.settings.limits.for_sandbox(), jobs):
                    self.log.warning(line)
            else:
                self.batch.tidy_up()
                if self.batch.restated or left_out:
                    self.batch.tabulate(self.assignment)
        except OperationalError as error:
            self._let_go()
            if not is_locked(str(error)):
                raise
            self.log.error(LOCKED)  # as below
            raise NbGraderException(LOCKED) from error
        except (UsageError, SandboxUnavailable) as error:
            self._let_go()
            told = error.told(_SWITCH) if isinstance(error, SandboxUnavailable) else str(error)
            self.log.error(told)  # one clear line, no traceback
            raise NbGraderException(told) from error
        self.coursedir.get_existing_timestamp = self._timestamp  # its own stops at what it can't read
        folders = {name: self.folder(_in_a_path(name)) for name in names}
        converter.assignments = {
            folder: [os.path.join(folder, f"{self.assignment}.ipynb")]  # nbgrader's own spelling
            for folder in folders.values()
        }
        self._clear_stale(names, {student for _, student in pending})
        converter.init_assignment = leave_out(
            self, converter.init_assignment, {_in_a_path(name): name for name in names}
        )
        self._last = max(converter.assignments, default="")
        converter.convert_notebooks = self._then_let_go(converter.convert_notebooks)
        self._ahead = self._grade(pending)

    def _let_go(self) -> None:
        """Let another run begin."""
        if self._lock is not None:
            self._lock.close()

    def _then_let_go(self, loop: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                loop()
            finally:
                self._let_go()

        return run

    @property
    def _submitted(self) -> str:
        return str(self.coursedir.submitted_directory)

    def folder(self, student: str) -> str:
        """Return the folder in which nbgrader looks for a student's files."""
        return str(self.coursedir.format_path(self._submitted, student, self.assignment))

    def _course(self) -> Course:
        course = find_course(Path(self.coursedir.root))
        if self.assignment not in course.settings.assignments:
            known = ", ".join(course.settings.assignments)
            raise UsageError(f"no assignment {self.assignment!r} in {course.root / 'course.yml'}: it has {known}")
        if self.coursedir.directory_structure != _STRUCTURE:
            raise UsageError(
                f"CourseDirectory.directory_structure is {self.coursedir.directory_structure!r}; "
                f"grading needs nbgrader's own, {_STRUCTURE!r}: leave it out of nbgrader_config.py"
            )
        return course

    def _known_to_gradebook(self) -> None:
        with self.open_gradebook() as gradebook:
            try:
                gradebook.find_assignment(self.assignment)
            except MissingEntry:
                raise UsageError(
                    f"the gradebook knows no assignment {self.assignment}: "
                    f"run `nbgrader generate_assignment {self.assignment}` first"
                ) from None

    def open_gradebook(self) -> Any:
        """Open the gradebook anew; the caller closes it."""
        return Gradebook(self.coursedir.db_url, self.coursedir.course_id)

    @functools.cached_property
    def shared_gradebook(self) -> Any:
        """The gradebook, open as long as the run; opening it takes longer than what is done with it.

        What a commit does not expire is the assignment's own rows, which all submissions share and nobody changes now.
        """
        found = self.open_gradebook()
        found.db().expire_on_commit = False
        return found

    def _names(self) -> list[str]:
        """Everyone with a folder for the assignment, whatever is in it."""
        excluded = set(self.coursedir.student_id_exclude.split(","))
        root = Path(self.coursedir.root, self._submitted)
        return [
            who
            for who, name in folders(root).items()
            if fnmatch.fnmatchcase(name, self.coursedir.student_id)
            and name not in excluded
            and (root / name / self.assignment).is_dir()
        ]

    def _say_who_is_left_out(self) -> bool:
        """Name whose folder is gone, or has another name; whether tables have to leave anybody out."""
        root = Path(self.coursedir.root, self._submitted)
        there = folders(root)
        for who, student in there.items():
            if (name := folder_of(root / student, self.assignment)) != self.assignment:
                found = one_line(f"{who}/{name}")
                self.log.warning("Not graded, as nbgrader looks for %s: rename %s", self.assignment, found)
        graded = {path.stem for path in self.batch.path(self.assignment, "x", "json").parent.glob("[!.]*.json")}
        gone = sorted(graded - set(there)) if there else []
        if gone:
            names = ", ".join(map(one_line, gone))
            self.log.warning("Left out of tables and exports, as there is no folder in %s: %s", self._submitted, names)
        return bool(gone)

    def _batch(self, names: list[str], *, force: bool, sandbox: bool) -> Batch:
        return Batch(
            course=self.course,
            submitted=Path(self.coursedir.root, self._submitted),
            results=self.course.root / "results",
            assignments=[self.assignment],
            only=names,
            force=force,
            sandbox=sandbox,
        )

    def _grade(self, pending: list[tuple[str, str]]) -> Ahead | None:
        """Begin to grade what has no record that holds; says whose points have changed since they were graded last."""
        if not pending:
            return None
        earlier = ((student, self.batch.stored(self.assignment, student)) for _, student in pending)
        before = {student: found.score for student, found in earlier if found is not None}  # not ten thousand records
        make = local_workers.local(
            self.course,
            jobs=self.jobs,
            pending=len(pending),
            sandbox=self.batch.sandbox,
            assignments=self.batch.assignments,
        )

        def run(start: Callable[[], Executor], done: Callable[[Record], None]) -> None:
            def say(record: Record) -> None:
                self.log.info("Graded %s: %s %s", record.student, wording.score_of(record), record.message)
                if record.student in before:
                    self._say_change(before[record.student], record)
                done(record)

            self.batch.run(start, pending, say, Waiting(self.log.info))
            try:
                local_workers.elsewhere(functools.partial(_tabulate, self.batch, self.assignment))
            except GraderError as error:  # everyone is graded: no submission's fault, and none to hold up
                self.log.error(str(error))  # one clear line, no traceback

        return Ahead((student for _, student in pending), make, run)

    def _say_change(self, before: float | None, record: Record) -> None:
        if before != record.score:
            self.log.warning(
                "Points changed for %s in %s: %s, before %s",
                wording.who(record.student, record.name),
                self.assignment,
                "none" if record.score is None else wording.number(record.score),
                "none" if before is None else wording.number(before),
            )

    def record(self, student: str) -> Record:
        """The record of a submission, once it is there; raises `NbGraderException` where the grader failed: no zero."""
        why = "its record can't be read"
        try:
            self._wait(student)
            found = self.batch.stored(self.assignment, student)
            why = self.batch.failed.get((self.assignment, student), why)
            found = None if (self.assignment, student) in self.batch.failed else found
        except (GraderError, UsageError, SandboxUnavailable) as error:
            found, why = None, str(error)
        if found is None or found.status is Status.GRADER_ERROR:
            why = found.message if found else why
            raise NbGraderException(f"{student} is not graded, by no fault of theirs: {why}. Run the command again.")
        return found

    def _timestamp(self, folder: str) -> datetime | None:
        """Return when it was handed in, as the record has it: in UTC, without a zone."""
        found = handed_in(Path(self.coursedir.root, folder), zone(self.course.settings.timezone))
        return found and found.replace(tzinfo=None)

    def stop(self) -> None:
        """Grade no more: the loop is stopped."""
        if self._ahead is not None:
            self._ahead.stop()

    def _wait(self, student: str) -> None:
        """Wait until the student is graded, and for the last one until the tables are there too."""
        if self._ahead is not None:
            self._ahead.wait(student)
            if self.folder(_in_a_path(student)) == self._last:
                self._ahead.finish()

    def handed_in(self, student: str) -> Submission:
        """Collect the submission that was graded."""
        return self.batch.collect(self.assignment, student)

    def _clear_stale(self, names: Iterable[str], pending: set[str]) -> None:
        """Take away what an earlier run left half done or what no longer holds, so that the loop does it again."""
        with self.open_gradebook() as gradebook:
            written = Ledger(gradebook).fingerprints(self.assignment)
        for name in names:
            folder = self.coursedir.format_path(self.coursedir.autograded_directory, name, self.assignment)
            if os.path.isdir(folder) and (name in pending or written.get(name) != self._fingerprint(name)):
                self.log.info("Not up to date in the gradebook: %s", folder)
                rmtree(folder)
                pages = self.coursedir.format_path(self.coursedir.feedback_directory, name, self.assignment)
                if os.path.isdir(pages):  # nbgrader would keep a page that is made of what was
                    rmtree(pages)

    def _fingerprint(self, student: str) -> str | None:
        found = self.batch.stored(self.assignment, student)
        return stamp(found) if found else None
