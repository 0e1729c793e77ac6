"""The record: what is known about one graded submission, as plain data.

Every page, table and export is a pure function of records; nothing else is kept. Field by field:
`score` is null only where `status` is `grader_error`; `message` is set where `status` is not `graded`;
a check's `message` and `hint` are written for the student, `staff` (assertion text, tracebacks of a suite)
is for staff and reaches no page of a student's.
"""

from __future__ import annotations

import hashlib
from datetime import datetime  # noqa: TC003  # msgspec reads the annotations
from enum import StrEnum
from typing import Any

import msgspec

SCHEMA = 1
LONGEST = 4000  # characters of a text in a check; no page shows more than half of it
_ROUNDING = 1e-5  # points


class Status(StrEnum):
    """The outcome of a submission."""

    GRADED = "graded"
    REJECTED = "rejected"  # unreadable, missing or oversized: score 0, `message` says why
    GRADER_ERROR = "grader_error"  # our fault: no score, a person must look


class CheckStatus(StrEnum):
    """The outcome of one check."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"  # student code raised
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"  # the student's process died or broke the protocol
    SKIPPED = "skipped"  # failed together with a check that it builds on, named in `cause`


class SubmissionFile(msgspec.Struct, kw_only=True):
    """The file that was graded: `path` relative to the folder of submissions, `sha256` of its bytes."""

    path: str
    sha256: str | None = None
    missing: bool = False  # nothing was handed in
    notes: list[str] = []  # "graded the lone notebook mine.ipynb"
    look: list[str] = []  # what a person should look at: "timestamp.txt can't be read"
    changed: list[str] = []  # locked graded cells that the student changed or deleted; for staff, costs nothing


class Reached(msgspec.Struct, kw_only=True):
    """An accuracy that a check measured, and the threshold of that name in `course.yml`."""

    name: str
    value: float
    threshold: float


class Check(msgspec.Struct, kw_only=True):
    """One check's outcome; `id` is `<cell>.<test name without test_>`."""

    id: str
    cell: str
    title: str
    status: CheckStatus
    points: float
    max_points: float
    message: str = ""
    hint: str = ""
    expected: str | None = None  # shown to the student only where the inputs are the lab's own
    got: str | None = None
    where: str | None = None  # "cell 7 (`rnn_step`), line 3"
    mistake: str | None = None  # the name of a recognised mistake
    lesson: str | None = None  # where the notebook explains what went wrong
    cause: str | None = None  # of a skipped check: the id of the check that it failed with
    untouched: bool = False  # the stub is as it was handed out
    reached: Reached | None = None
    staff: str | None = None

    def cut(self) -> None:
        """Cut texts at `LONGEST`: what a student's values had a hand in must not fill a record."""
        for name in ("message", "hint", "expected", "got", "where", "mistake", "staff"):
            if (text := getattr(self, name)) and len(text) > LONGEST:
                setattr(self, name, f"{text[:LONGEST]} … ({len(text) - LONGEST:,} more characters)")


class Manual(msgspec.Struct, kw_only=True):
    """A written answer that a person grades."""

    cell: str
    max_points: float
    note: str = ""  # where text stands if not in its cell


class Late(msgspec.Struct, kw_only=True):
    """The lateness of a submission: seconds, days begun on the local clock, and the points taken off for them."""

    seconds: float = 0
    penalty: float = 0.0
    days: int | None = None  # None in records of 0.1.0, and where there is no due date
    handed_in: datetime | None = None


class Record(msgspec.Struct, kw_only=True):
    """One submission, graded; the JSON file `results/<assignment>/<student>.json`."""

    schema: int = SCHEMA
    assignment: str
    student: str
    title: str = ""  # the assignment's, from `course.yml`, as the next
    afterwards: str = ""  # what to try once everything passes
    name: str = ""  # from the roster, as `section` is
    section: str = ""
    status: Status
    message: str = ""
    submission: SubmissionFile
    score: float | None
    max_score: float
    checks: list[Check] = []
    manual: list[Manual] = []
    late: Late = msgspec.field(default_factory=Late)
    isolation: dict[str, Any] = {}
    environment: dict[str, str] = {}
    code_hash: str = ""  # of the student's own code less names and layout; "" where there is none of their own
    code_tokens: int = 0  # how much code that is
    fingerprint: str = ""  # of submission, suite, solution, settings and versions: same means "nothing to do"
    started_at: str = ""
    seconds: float = 0.0  # for staff, as the next: a program can take as long as it likes, and tell something by that
    cpu_seconds: float = 0.0  # of the student's processes, and of the grader over their answers

    @property
    def manual_points(self) -> float:
        """The points that people can give for written answers, on top of `max_score`."""
        return sum(manual.max_points for manual in self.manual)


def stamp(record: Record) -> str:
    """SHA-256, in hex, of what a record says: what was graded, and how late it is."""
    said = (record.fingerprint, record.late)
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def to_json(record: Record) -> bytes:
    """The record as indented UTF-8 JSON with a final newline."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"


def from_json(data: bytes) -> Record:
    """A record back from its JSON; raises `msgspec.DecodeError` or `ValidationError` on what no run has written."""
    record = msgspec.json.decode(data, type=Record)
    if what := _flaw(record):
        raise msgspec.ValidationError(what)
    return record


def _flaw(record: Record) -> str:
    """Say what does not fit together in a record that somebody may have edited; "" if all of it does."""
    if record.schema != SCHEMA:
        return f"schema {record.schema}, this kit reads {SCHEMA}"
    if (record.score is None) != (record.status is Status.GRADER_ERROR):
        return f"status {record.status} with the score {record.score}"
    if any(not 0 <= check.points <= check.max_points for check in record.checks):
        return "a check has other points than it can have"
    earned = sum(check.points for check in record.checks) if record.status is Status.GRADED else 0.0
    if record.score is not None and abs(record.score - earned) > _ROUNDING:
        return f"the score is {record.score:g}, the checks add up to {earned:g}"
    return ""
