"""Keep what nbgrader's gradebook has no column for, in a table of ours beside its own.

Per submission: the fingerprint of the record that was written down whole, which is put in last, so that a run
killed half-way is seen by the next one; and what was shown last to whoever marks: the points of each cell that is
checked, a hash of each written answer. It is kept in the gradebook because the marks are: wherever they go, it goes.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, MetaData, String, Table, Text, delete, insert, select, update

if TYPE_CHECKING:
    from sqlalchemy.sql import ColumnElement

_ROWS = Table(
    "autograder_ledger",
    MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("shown", Text, nullable=False),
)


class Ledger:
    """The table, in an open `nbgrader.api.Gradebook`; the caller commits."""

    def __init__(self, gradebook: Any) -> None:
        self._db = gradebook.db
        _ROWS.create(bind=gradebook.engine, checkfirst=True)

    def fingerprints(self, assignment: str) -> dict[str, str]:
        """The fingerprint, by student, of what is wholly in the gradebook."""
        rows = self._db.execute(select(_ROWS.c.student, _ROWS.c.fingerprint).where(_ROWS.c.assignment == assignment))
        return {student: fingerprint for student, fingerprint in rows if fingerprint}

    def shown(self, assignment: str, student: str) -> dict[str, str]:
        """The points or hash last shown, by cell."""
        found = self._db.execute(select(_ROWS.c.shown).where(_is(assignment, student))).scalar()
        return dict(json.loads(found)) if found else {}

    def begin(self, assignment: str, student: str, shown: dict[str, str]) -> None:
        """Note that a submission, showing this, is being written down."""
        self._db.execute(delete(_ROWS).where(_is(assignment, student)))
        row = {"assignment": assignment, "student": student, "fingerprint": "", "shown": json.dumps(shown)}
        self._db.execute(insert(_ROWS).values(**row))

    def done(self, assignment: str, student: str, fingerprint: str) -> None:
        """Note that the submission has been written down whole."""
        self._db.execute(update(_ROWS).where(_is(assignment, student)).values(fingerprint=fingerprint))


def answer_hash(text: str) -> str:
    """Hash a written answer, without white space at its ends."""
    return hashlib.sha256(text.strip().encode()).hexdigest()


def _is(assignment: str, student: str) -> ColumnElement[bool]:
    return (_ROWS.c.assignment == assignment) & (_ROWS.c.student == student)
