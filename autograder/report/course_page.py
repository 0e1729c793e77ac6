"""The page of the course, `results/index.html`: its labs with their reports, and every student's scores side by side.

A run of one lab reads none of the others' records: the rows of each lab's table are kept beside the page.
"""

from __future__ import annotations

from collections import Counter
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from autograder.report import wording
from autograder.report.student_page import dressed, template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from autograder.course.roster import Roster
    from autograder.report.summary import Row

_MOST_STUDENTS = 2000  # beyond them a table is no reading matter, and a page of megabytes


class Lab(NamedTuple):
    """One lab: what `course.yml` says of it, and the rows of its table, those of absent students too."""

    name: str
    title: str
    due: str
    rows: Sequence[Row]

    @property
    def standings(self) -> str:
        """The number of rows with each outcome: `38 graded, 1 rejected, 1 absent`."""
        counts = Counter(row.standing for row in self.rows)
        return ", ".join(f"{counts[word]} {word}" for word in (*wording.STANDINGS, wording.ABSENT) if counts[word])

    @property
    def mean(self) -> str:
        """The mean of the graded rows, after late penalties: `7.2 of 10`."""
        finals = [row.final for row in self.rows if row.standing == wording.GRADED and row.final is not None]
        most = max((row.max_score for row in self.rows), default=0.0)
        return f"{wording.number(fmean(finals))} of {wording.number(most)}" if finals else "-"


class StudentLine(NamedTuple):
    """One student's line on the page: a result for each lab, by the lab's name."""

    id: str
    name: str
    section: str
    rows: Mapping[str, Row]


def course_page(title: str, labs: Sequence[Lab], people: Roster) -> str:
    """The page; who has other folders in other labs is one student, if the roster says so."""
    found: dict[str, dict[str, Row]] = {}
    for lab in labs:
        for row in lab.rows:
            person = people.person(row.student)
            found.setdefault(person.id if person else row.student, {})[lab.name] = row
    students = [_student(who, found[who]) for who in sorted(found)]
    return template("course.html").render(
        **dressed("style.css", "class.css"),
        course=title,
        labs=labs,
        students=students[:_MOST_STUDENTS],
        count=len(students),
        sections=any(student.section for student in students),
    )


def _student(who: str, rows: Mapping[str, Row]) -> StudentLine:
    last = list(rows.values())[-1]
    return StudentLine(who, last.name, last.section, rows)
