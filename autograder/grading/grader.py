"""Grade one submission into one record.

A `Grader` holds what is shared: one warm server, one warm pytest per suite, the reference of each assignment. It
keeps no state of a submission. Faults of ours (a suite that raises, a lost server, a disk error) become the
status `grader_error` without a score; a lost server is started again and the submission tried once more.
"""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from autograder.course.assignment import Assignment, read_assignment
from autograder.course.notebook import digest
from autograder.course.submission import RejectedError, Submission, collect_file
from autograder.errors import GraderError, StoppedError, UsageError
from autograder.grading import machine
from autograder.grading.description import describe, look_beside
from autograder.grading.warm_server import warm_server
from autograder.record import Check, CheckStatus, Record, Status, SubmissionFile
from autograder.sandbox.errors import ServerLost
from autograder.sandbox.submission_process import SubmissionProcess
from autograder.suite.outcomes import SuiteRun
from autograder.suite.reference import Reference
from autograder.suite.student import Student
from autograder.suite.warm_pytest import WarmSuite
from autograder.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from autograder.course.notebook import Notebook
    from autograder.course.settings import Course
    from autograder.sandbox.protocol import Cell
    from autograder.sandbox.server_client import Link, WarmServer


_STARTS = 2  # of a warm server, before the run stops
_MOST_LOST = 3  # submissions in a row that are left without a server, before the run stops


class _GradedAssignment(NamedTuple):
    """The objects that all submissions for one assignment share."""

    assignment: Assignment
    suite: WarmSuite
    reference: Reference


class Grader:
    """Grades submissions of one course, one at a time. A context manager; `close` leaves no process behind."""

    def __init__(
        self, course: Course, *, sandbox: bool = True, server: Link | None = None, assignments: Iterable[str] = ()
    ) -> None:
        """Warm up its own warm server, or `server`, while what `assignments` need is read.

        What is given as `server` stays the caller's to close.

        Raises `SandboxUnavailable`, `StoppedError`. What is wrong with an assignment is told with its submissions.
        """
        self.course = course
        self._sandbox = sandbox
        self._named = tuple(assignments)
        self._assignments: dict[str, _GradedAssignment] = {}
        self._lost = 0  # submissions in a row that ended without a server
        self._lent = server
        self._server = server or self._start_server()
        try:
            for name in self._named:
                with contextlib.suppress(GraderError, UsageError):
                    self._set_up(name)
            try:
                self._greet()
            except ServerLost:
                self._start_again()
        except BaseException:
            self.close()
            raise

    def _start_server(self) -> WarmServer:
        return warm_server(self.course, self._named, sandbox=self._sandbox)

    def _start_again(self) -> None:
        """Start a new server; raises `StoppedError` where none can be had, which is no submission's fault."""
        for left in reversed(range(_STARTS)):
            self._server.close()
            try:
                self._server = self._start_server()
                self._greet()
            except (ServerLost, OSError) as error:
                if not left:
                    words = "; ".join(filter(None, (str(error), machine.too_little_memory(1))))
                    raise StoppedError(f"no warm server can be started here: {words}") from error
            else:
                return

    def _greet(self) -> None:
        """Wait for the server, and see how it confines."""
        limits = self.course.settings.limits.for_sandbox()
        probe = self._server.fork(limits, limits.cpu_seconds)
        self.isolation = probe.isolation
        probe.close()
        for graded in self._assignments.values():
            self._server.read_ahead(graded.assignment.given)

    def grade(self, handed_in: Submission) -> Record:
        """The record of what was handed in."""
        start, started_at = time.monotonic(), datetime.now(UTC).isoformat(timespec="seconds")
        record = self._blank(handed_in)
        try:
            self._grade_into(record, handed_in.assignment, handed_in.parse())
        except RejectedError as error:
            record.status, record.message, record.score = Status.REJECTED, str(error), 0.0
        except StoppedError:
            raise
        except ServerLost as error:
            self._lost += 1
            record.message = str(error)
            if self._lost >= _MOST_LOST:
                raise StoppedError(f"{_MOST_LOST} submissions in a row lost their warm server: {error}") from error
        except GraderError as error:
            record.message = str(error)
        record.started_at, record.seconds = started_at, round(time.monotonic() - start, 3)
        return record

    def grade_file(self, file: Path, student: str, assignment: str) -> Record:
        """Grade one file and return its record."""
        most = self.course.settings.limits.submission_mib * 2**20
        return self.grade(collect_file(file, student, assignment, most_bytes=most))

    def _blank(self, handed_in: Submission) -> Record:
        """A record that says "grader error" until something better is known."""
        graded = self._assignments.get(handed_in.assignment)
        assignment = graded.assignment if graded else read_assignment(self.course, handed_in.assignment)
        file = SubmissionFile(path=handed_in.path, sha256=handed_in.sha256, notes=handed_in.notes, look=handed_in.look)
        file.missing = handed_in.missing
        return Record(
            assignment=handed_in.assignment,
            student=handed_in.student,
            title=self.course.settings.assignments[handed_in.assignment].title,
            afterwards=self.course.settings.assignments[handed_in.assignment].afterwards,
            status=Status.GRADER_ERROR,
            submission=file,
            score=None,
            max_score=assignment.max_score,
            manual=list(assignment.manual),
            isolation=self.isolation,
            environment={**self._server.versions, "autograder": VERSION},
        )

    def _grade_into(self, record: Record, assignment: str, notebook: Notebook) -> None:
        """Grade the notebook, and write checks, score and status into `record`."""
        graded = self._graded(assignment)
        code = graded.assignment.code(notebook)
        describe(record, graded.assignment, notebook, code)
        checks, cpu = self._judged(graded, code, record.student)
        self._lost = 0
        record.checks, record.cpu_seconds = checks, round(cpu, 3)
        for check in checks:
            if check.status not in {CheckStatus.PASSED, CheckStatus.SKIPPED}:
                check.lesson = graded.assignment.lessons.get(check.cell)
        record.score = round(sum(check.points for check in checks), 6)
        look_beside(record)
        record.status = Status.GRADED

    def _judged(self, graded: _GradedAssignment, code: list[Cell], student: str) -> tuple[list[Check], float]:
        """The checks, and CPU seconds. What may be the place's fault is asked once more, in fresh children.

        If it happens again, it costs the check, unless there is evidence that no student can make: `GraderError`.
        """
        spent, first = 0.0, list[Check]()
        for again in (False, True):
            kills = machine.oom_kills()
            try:
                checks, process = self._run(graded, code, student, again=again)
            except ServerLost:
                if again:
                    raise
                self._start_again()
                continue
            spent += process.cpu_spent
            checks = first = _in_the_words_of(first, checks)
            why = "" if _all_passed(checks) else _blame(process, machine.oom_kills() > kills)
            if not why and (again or not process.doubts):
                break
            if again:
                raise GraderError(f"{why}; fix that and grade again")
        return checks, spent

    def _run(
        self, graded: _GradedAssignment, code: list[Cell], student: str, *, again: bool
    ) -> tuple[list[Check], SubmissionProcess]:
        suite_run, process = set_up(
            self.course, graded.assignment, graded.reference, code, self._server, student=student
        )
        if again:  # children of this submission have met hidden inputs
            suite_run.student.stop_showing()
        try:
            graded.suite.run(suite_run)
        except KeyboardInterrupt:
            with contextlib.suppress(Exception):  # the suite's thread may be at a question: no reason to grade again
                process.close()
            raise
        finally:
            process.close()
        if isinstance(suite_run.fault_error, ServerLost):
            raise suite_run.fault_error
        if suite_run.fault:
            raise GraderError(suite_run.fault)
        if len(suite_run.checks) != len(graded.suite.infos):
            raise GraderError(f"{len(suite_run.checks)} of {len(graded.suite.infos)} checks have an outcome")
        return suite_run.settled(graded.suite.infos), process

    def _graded(self, name: str) -> _GradedAssignment:
        if name not in self._assignments:
            self._server.read_ahead(self._set_up(name).assignment.given)
        return self._assignments[name]

    def _set_up(self, name: str) -> _GradedAssignment:
        assignment = read_assignment(self.course, name)
        self._assignments[name] = _GradedAssignment(assignment, WarmSuite(assignment.suite), Reference(assignment))
        return self._assignments[name]

    def close(self) -> None:
        """End the server and the suites."""
        for graded in self._assignments.values():
            graded.suite.close()
        if self._server is not self._lent:
            self._server.close()

    def __enter__(self) -> Grader:  # noqa: PYI034  # Self would say no more
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()


def _in_the_words_of(first: list[Check], checks: list[Check]) -> list[Check]:
    """The checks, as an earlier run said them where both came to the same: what comes later may show less."""
    said = {(check.id, check.status, check.points): check for check in first}
    return [said.get((check.id, check.status, check.points), check) for check in checks]


def _all_passed(checks: list[Check]) -> bool:
    return all(check.status is CheckStatus.PASSED for check in checks)


def _blame(process: SubmissionProcess, out_of_memory: bool) -> str:
    """Say what this machine did to a submission, on evidence out of a student's reach; "" where there is none."""
    if "killed" in process.doubts:
        why = "the machine or its container ran out of memory" if out_of_memory else "it was done from outside"
        return f"the student's process was killed within its limits: {why}"
    if out_of_memory and "died" in process.doubts:
        return "the student's process died while the kernel killed processes because memory ran out"
    if process.wrote and (why := machine.short_of_room(process.limits)):
        return f"the student's program had too little room for its files: {why}"
    if "threads" in process.doubts and (why := machine.short_of_tasks()):
        return f"the student's program could not start its threads: {why}"
    return machine.short_of_memory(process.limits) if "memory" in process.doubts else ""


def set_up(
    course: Course,
    assignment: Assignment,
    reference: Reference,
    code: list[Cell],
    server: Link,
    *,
    student: str = "",
    kind: type[SuiteRun] = SuiteRun,
) -> tuple[SuiteRun, SubmissionProcess]:
    """A run of the suite with one submission of `student` on it, and the process to close when the checks are done."""
    process = SubmissionProcess(server, code, list(assignment.points), course.settings.limits.for_sandbox())
    return suite_run_with(process, course, assignment, reference, student=student, kind=kind), process


def suite_run_with(
    process: SubmissionProcess,
    course: Course,
    assignment: Assignment,
    reference: Reference,
    *,
    student: str = "",
    kind: type[SuiteRun] = SuiteRun,
) -> SuiteRun:
    """A run of the suite whose `student` answers through `process`."""
    return kind(
        student=Student(process, list(assignment.given)),
        reference=reference,
        secret=course.settings.secret,
        digest=digest(process.cells),
        whose=student,
        thresholds=course.settings.thresholds.get(assignment.name, {}),
        totals=assignment.points,
    )
