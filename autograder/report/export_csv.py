"""`export csv`: one line per submission with everything that makes up its score."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from autograder.report import digest
from autograder.report.table import inert
from autograder.report.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from autograder.report.final import Final

COLUMNS = (
    *("student", "assignment", "status", "automatic", "manual"),
    *("seconds_late", "late_penalty", "score", "max_score", "message"),
)


def grades_csv(results: Iterable[Final]) -> bytes:
    """RFC 4180, UTF-8; `score` is after the penalty and empty where nothing could be graded."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(result) for result in results)
    return out.getvalue().encode()


def _row(result: Final) -> list[str]:
    record = result.record
    graded = result.score is not None
    return [
        inert(one_line(record.student, 500)),
        inert(one_line(record.assignment)),
        record.status,
        digest.number(result.automatic) if graded else "",
        digest.number(result.manual) if graded and result.marks is not None else "",
        digest.number(record.late.seconds),
        digest.number(result.penalty),
        "" if result.score is None else digest.number(result.score),
        digest.number(result.max_score),
        inert(one_line(digest.remark(record), 500)),
    ]
