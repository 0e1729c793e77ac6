"""`export csv`: one line per submission with everything that makes up its score."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from autograder.report import wording
from autograder.report.score_table import inert
from autograder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from autograder.course.roster import Person
    from autograder.export.final_score import Final

COLUMNS = (
    *("student", "name", "section", "assignment", "status", "automatic", "manual"),
    *("seconds_late", "late_penalty", "score", "max_score", "message"),
)


def grades_csv(results: Iterable[Final], absent: Iterable[tuple[str, Person]] = ()) -> bytes:
    """Return UTF-8 CSV (RFC 4180); `score` is after the penalty, empty where nothing was handed in or could be graded.

    `absent` are people of the roster who have no folder, each with the assignment.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(result) for result in results)
    writer.writerows(
        [*_known(person.id, person.name, person.section), assignment, wording.ABSENT, *[""] * 7]
        for assignment, person in absent
    )
    return out.getvalue().encode()


def _known(student: str, name: str, section: str) -> list[str]:
    return [inert(one_line(text, 500)) for text in (student, name, section)]


def _row(result: Final) -> list[str]:
    record = result.record
    graded = result.score is not None and not result.nothing
    return [
        *_known(record.student, record.name, record.section),
        inert(one_line(record.assignment)),
        wording.NOTHING if record.submission.missing else record.status,
        wording.number(result.automatic) if graded else "",
        wording.number(result.manual) if graded and result.marks is not None else "",
        wording.number(record.late.seconds),
        wording.number(result.penalty),
        wording.number(result.score or 0.0) if graded else "",
        wording.number(result.max_score),
        inert(one_line(wording.remark(record), 500)),
    ]
