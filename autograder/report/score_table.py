"""`scores.csv`: one line per submission, for spreadsheets and scripts.

RFC 4180 as written: comma, double quotes, CR LF, which Excel, LibreOffice, pandas and Python's csv read. No
byte order mark: it would become part of the first column's name. `score` is before `late_penalty`, as in the
record; it is empty where there is none.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING

from autograder.report import wording
from autograder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from autograder.course.roster import Person
    from autograder.record import Record

COLUMNS = ("student", "assignment", "status", "score", "max_score", "late_penalty", "message", "name", "section")
_REMARK_CAP = 500

# What a spreadsheet takes for a formula: = + - @, in full width too, and what begins with tab or CR. A
# semicolon starts a new cell where the comma is the decimal sign. A number alone computes nothing and stays.
_FORMULA = re.compile(r"(?P<start>(?:^|;)\s*)(?![+-]?\d+(?:\.\d+)?\s*(?:;|$))(?=[=+\-@\uff1d\uff0b\uff0d\uff20\t\r])")


def scores_csv(records: Iterable[Record], absent: Iterable[Person] = (), assignment: str = "") -> str:
    """The table of scores, sorted by student, then who is absent; write it with `newline=""` or as bytes."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(record) for record in wording.by_student(records))
    writer.writerows(
        [_cell(person.id), _cell(assignment), wording.ABSENT, "", "", "", "", _cell(person.name), _cell(person.section)]
        for person in absent
    )
    return out.getvalue()


def inert(text: str) -> str:
    """Make `text` one that no spreadsheet evaluates: an apostrophe goes before what would begin a formula."""
    return _FORMULA.sub(r"\g<start>'", text)


def _row(record: Record) -> list[str]:
    return [
        _cell(record.student),
        _cell(record.assignment),
        record.status,
        "" if record.score is None else _number(record.score),
        _number(record.max_score),
        _number(record.late.penalty),
        _cell(wording.remark(record)),
        _cell(record.name),
        _cell(record.section),
    ]


def _cell(text: str) -> str:
    return inert(one_line(text, _REMARK_CAP))


def _number(value: float) -> str:
    """Write all digits: 7.0, 6.666666666666667. Rounding is for people, who have the pages."""
    return repr(float(value))
