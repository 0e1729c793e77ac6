"""Grade a folder of submissions into a folder of results.

One record and one page per submission, each written atomically when its submission is done, so that a run can be
stopped or killed at any moment: the next one grades what is missing or has changed, and nothing else. The order in
which submissions finish does not matter; what is written at the end is sorted.
"""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from autograder.course import lateness, moments
from autograder.course.assignment import read_assignment
from autograder.course.student_folders import misnamed, students
from autograder.course.submission import Submission, chosen, collect
from autograder.errors import GraderError, StoppedError, UsageError
from autograder.files import remove_stale, write_atomic, write_in_order
from autograder.grading import fingerprint
from autograder.grading.scheduler import graded
from autograder.grading.warm_server import tidy_up
from autograder.record import Record, Status, from_json, to_json
from autograder.report import wording
from autograder.report.store import Present, gather, records, said, write_tables
from autograder.report.student_page import page_name, student_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from autograder.course.roster import Person
    from autograder.course.settings import Course
    from autograder.grading.shard import Shard
    from autograder.record import Late

_SLOW = 5.0  # seconds of the last run, from which on a submission is graded after the others


@dataclass
class Batch:
    """The submissions to grade and the place for the results; `run` does it."""

    course: Course
    submitted: Path
    results: Path
    assignments: list[str]
    only: list[str] = field(default_factory=list)
    force: bool = False
    sandbox: bool = True
    shard: Shard | None = None  # of the submissions: the others are somebody else's to grade, and so are the tables
    restated: int = 0  # records that held but for how late they are, or whose
    failed: dict[tuple[str, str], str] = field(default_factory=dict)  # not graded again, and why: their record stands
    absent: dict[str, list[Person]] = field(default_factory=dict)  # by assignment: on the roster, without a folder
    _left_out: list[Present] = field(default_factory=list)
    _seen: dict[tuple[str, str], str] = field(default_factory=dict)  # the file that `plan` saw

    def plan(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Return (assignment, student) pairs: those to grade, and those whose record still holds; raises `UsageError`.

        A record that holds but for its lateness (another due date, a later time stamp) or a name is fixed on the way.
        """
        pending: list[tuple[str, str]] = []
        kept: list[tuple[str, str]] = []
        names = self._students()
        _ = self.course.people  # says in words what is wrong with the roster
        for assignment in self.assignments:
            read_assignment(self.course, assignment)  # says in words what is missing or broken
            slow: list[tuple[float, tuple[str, str]]] = []
            for student in names:
                if not self._is_ours(assignment, student):
                    continue
                found, pair = self.stored(assignment, student), (assignment, student)
                if found is not None and not self.force and self._holds(found):
                    kept.append(pair)
                    continue
                self._seen[pair] = chosen(self.submitted, student, assignment)
                if found is not None and found.seconds > _SLOW:
                    slow.append((found.seconds, pair))
                else:
                    pending.append(pair)
            pending += [pair for _, pair in sorted(slow)]
        return pending, kept

    def _students(self) -> list[str]:
        try:
            names = students(self.submitted)
        except OSError as error:
            raise UsageError(
                f"can't read the folder of submissions {self.submitted}: {error.strerror}; "
                "name it with --submitted, one folder per student in it"
            ) from error
        if unknown := sorted(set(self.only) - set(names)):
            raise UsageError(f"no folder for {', '.join(unknown)} in {self.submitted}: --student takes a folder's name")
        if not names:
            raise UsageError(f"no student in {self.submitted}: it should hold one folder per student")
        return sorted(set(self.only)) or names

    def _holds(self, found: Record) -> bool:
        if found.status is Status.GRADER_ERROR:
            return False
        handed_in = self.collect(found.assignment, found.student)
        if found.fingerprint != self._fingerprint(handed_in):
            return False
        page = self.path(found.assignment, found.student, "html")
        before = (found.late, found.name, found.section)
        found.late = self._late(handed_in, found)
        self.course.label(found)
        restated = (found.late, found.name, found.section) != before
        if restated or not _holds(page, student_page(found).encode()):
            self.write(found)
            self.restated += restated
        return True

    def _fingerprint(self, handed_in: Submission) -> str:
        return fingerprint.for_submission(self._shared[handed_in.assignment], handed_in)

    @functools.cached_property
    def _shared(self) -> dict[str, str]:
        """Return by assignment the hash of what its submissions share."""
        return {name: fingerprint.for_assignment(self.course, name, sandbox=self.sandbox) for name in self.assignments}

    def _late(self, handed_in: Submission, record: Record) -> Late:
        return lateness.late(self.course, record.assignment, record.student, handed_in.handed_in, record.score)

    def collect(self, assignment: str, student: str) -> Submission:
        """Collect what the student handed in."""
        if what := misnamed(self.submitted, student):
            why = f"the folder {student} in {self.submitted.name} has a name that {what}: rename it and grade again"
            return Submission(student=student, assignment=assignment, path=student, fault=why)
        most = self.course.settings.limits.submission_mib * 2**20
        return collect(
            self.submitted, student, assignment, most_bytes=most, local=moments.zone(self.course.settings.timezone)
        )

    def path(self, assignment: str, student: str, suffix: str) -> Path:
        """Return the path of a student's record or page."""
        return self.results / assignment / (page_name(student) if suffix == "html" else f"{student}.{suffix}")

    def stored(self, assignment: str, student: str) -> Record | None:
        """The record of an earlier run, if there is one that can be read and is as a run writes it."""
        try:
            found = from_json(self.path(assignment, student, "json").read_bytes())
        except (OSError, msgspec.MsgspecError):
            return None
        return found if (found.assignment, found.student) == (assignment, student) else None

    def _taken(self, assignment: str, student: str) -> Submission:
        """Collect what is handed in now. What `plan` saw and is gone is the place's fault; raises `StoppedError`."""
        found = self.collect(assignment, student)
        folder, name = self.submitted / student, self._seen.get((assignment, student), "")
        if found.rejection and not os.path.lexists(folder / name):
            found.rejection, found.missing = "", False
            found.fault = f"{student}/{name or assignment} was there when the run began, and is gone"
        elif found.rejection and name:
            found = self.collect(assignment, student)  # it may have been away for a moment
        if found.fault:
            self._refuse_when_all_is_gone()
        return found

    def _refuse_when_all_is_gone(self) -> None:
        try:
            if students(self.submitted):
                return
            what = "is empty"
        except OSError as error:
            what = f"can't be read any more ({error.strerror})"
        raise StoppedError(
            f"the folder of submissions {self.submitted} {what}: bring it back and run the same command again; "
            "what is done is kept"
        )

    def run(
        self,
        make: Callable[[], Executor],
        pending: list[tuple[str, str]],
        done: Callable[[Record], None],
        waiting: Callable[[Sequence[Submission], float, str], None] | None = None,
    ) -> None:
        """Grade `pending` on executors that `make` makes; `done` gets each record when it is written.

        A good record of the same file stays where it can't be graded again: see `failed`. `waiting` is told now and
        then whom the run waits for.
        """
        units = (self._taken(assignment, student) for assignment, student in pending)
        for handed_in, record in graded(make, units, waiting):
            if record.status is Status.GRADER_ERROR and self._stands(handed_in):
                self.failed[record.assignment, record.student] = record.message
                done(record)
                continue
            record.fingerprint = self._fingerprint(handed_in)
            record.late = self._late(handed_in, record)
            self.course.label(record)
            try:
                self.write(record)
            except OSError as error:
                raise _unwritable(f"the results of {record.student} to {self.results}", error) from error
            done(record)

    def left_out(self) -> str:
        """Say which records are in no table, because nobody's folder belongs to them."""
        return said(self._left_out)

    def _stands(self, handed_in: Submission) -> bool:
        """Tell whether there is a good record of the same file; what can't be read counts as the same."""
        old = self.stored(handed_in.assignment, handed_in.student)
        if old is None or old.status is Status.GRADER_ERROR:
            return False
        return bool(handed_in.fault) or old.submission.sha256 == handed_in.sha256

    def prepare(self) -> None:
        """Make the results folders; raises `UsageError` where they can't be written to."""
        try:
            for assignment in self.assignments:
                folder = self.results / assignment
                folder.mkdir(parents=True, exist_ok=True)
                write_atomic(folder / ".writable", b"x")
                (folder / ".writable").unlink(missing_ok=True)  # another run may have been quicker
            self.tidy_up()
        except OSError as error:
            raise UsageError(
                f"can't write results to {error.filename or self.results}: {error.strerror}; "
                "make the folder writable or name another with --results"
            ) from error

    def tidy_up(self) -> None:
        """Remove what runs that were killed have left."""
        tidy_up()
        for assignment in self.assignments:
            remove_stale(self.results / assignment)

    def missing(self, pending: Iterable[tuple[str, str]], since: float) -> int:
        """Count those of `pending` that have no record from `since` (seconds since 1970) or later."""
        paths = (self.path(assignment, student, "json") for assignment, student in pending)
        return sum(not (path.exists() and path.stat().st_mtime >= since) for path in paths)

    def write(self, record: Record) -> None:
        """Write the page first, then the record: a record says that all is there."""
        page, own = (self.path(record.assignment, record.student, ending) for ending in ("html", "json"))
        write_in_order({page: student_page(record).encode(), own: to_json(record)})

    def _is_ours(self, assignment: str, student: str) -> bool:
        return self.shard is None or self.shard.holds(f"{assignment}/{student}")

    def tabulate(self, assignment: str) -> list[Record]:
        """Write `scores.csv` and `report.html` of all records of an assignment; returns what tables need of them.

        A share writes no tables: its records are returned.
        """
        found = Present(self.submitted)
        stream = found.of(records(self.results, assignment))
        if self.shard is not None:
            return [wording.slim(record) for record in stream if self._is_ours(assignment, record.student)]
        kept, summary = gather(self.course, stream, assignment)
        self._left_out.append(found)
        self.absent[assignment] = summary.absent
        try:
            write_tables(self.course, self.results, kept, summary)
        except OSError as error:
            raise _unwritable(f"the tables to {self.results / assignment}", error) from error
        return kept


def _holds(file: Path, data: bytes) -> bool:
    try:
        return file.read_bytes() == data
    except OSError:
        return False


def _unwritable(what: str, error: OSError) -> GraderError:
    return GraderError(
        f"can't write {what}: {error.strerror}; fix that and run the same command again: what is done is kept"
    )
