"""The steps of `nbgrader autograde` in the places of `Execute` and `SaveAutoGrades`: no kernel, no reading of outputs.

These two take the record that the exporter put into the resources. `determine_grade`, nbgrader's own reading of a
cell's outputs, is asked about nothing: no error seen would be full marks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nbformat
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.errors import GraderError
from autograder.nbgrader import late_policy, restore
from autograder.nbgrader.exporter import RECORD, UNSURE
from autograder.nbgrader.ledger import Ledger, answer_hash
from autograder.record import Status
from autograder.report import wording
from autograder.report.cell import verdict

if TYPE_CHECKING:
    from autograder.record import Record

CHANGED = "The answer has changed since it was marked."
OTHER_MAXIMUM = "The points that can be given were {before} when this was marked; they are {now} now."
NO_RESPONSE = "No response."


class AsReleased(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader ships no types
    """Replace `CheckCellMetadata`: a cell of the release is there once, and says what the release says of it.

    That one validates each cell, and each time the schema too. The release is validated when it is read.
    """

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Raise where the frame is broken: a bug of ours, of which no student may lose points."""
        wanted = {
            name: cell.metadata.nbgrader for cell in self.parent.released.cells if (name := restore.grade_id(cell))
        }
        seen = set[str]()
        for cell in nb.cells:
            if name := restore.grade_id(cell):
                if name in seen or cell.metadata.nbgrader != wanted.get(name):
                    raise GraderError(f"the cell {name} is not as released: is assignments/ of another version?")
                seen.add(name)
        return nb, resources


class ShowVerdicts(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader ships no types
    """Replace `Execute`: a graded cell's output is what was found, for readers; other cells keep theirs."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> Any:  # nbconvert's own
        """Replace the outputs of a cell that is graded by its checks."""
        if utils.is_grade(cell) and not utils.is_solution(cell) and cell.cell_type == "code":
            name, most = cell.metadata.nbgrader["grade_id"], float(cell.metadata.nbgrader["points"])
            found = verdict(resources[RECORD], name, most)
            data = {"text/html": found.html, "text/plain": found.text}
            cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
        return cell, resources


class SaveScores(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader ships no types
    """Replace `SaveAutoGrades`: the record's points into the gradebook, cell by cell, in one transaction."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Write the scores down; what a person gave is kept."""
        facts = resources["nbgrader"]
        record: Record = resources[RECORD]
        run = self.parent.run
        gradebook = run.shared_gradebook
        submission = gradebook.find_submission_notebook(facts["notebook"], facts["assignment"], facts["student"])
        ledger = Ledger(gradebook)
        page = _Page(submission, record, ledger.shown(record.assignment, record.student), resources[UNSURE])
        for cell in nb.cells:
            page.save(cell)
        for name in page.changed:
            self.log.warning("%s, %s: the answer `%s` has changed since it was marked", *page.whose, name)
        for line in page.maxima:
            self.log.warning("%s, %s: %s", *page.whose, line)
        _name(submission.student, record.name)
        ledger.begin(record.assignment, record.student, page.shows)
        late_policy.sync(submission.assignment, run.course, record.late.handed_in)
        gradebook.db.commit()
        return nb, resources


def _name(student: Any, name: str) -> None:
    """Put the roster's name into formgrader's lists, where nobody has given another one."""
    if name and not (student.first_name or student.last_name):
        student.first_name, _, student.last_name = name.rpartition(" ")


class _Page:
    """A submission's rows in the gradebook."""

    def __init__(self, submission: Any, record: Record, shown: dict[str, str], unsure: set[str]) -> None:
        self.grades = {grade.name: grade for grade in submission.grades}
        self.comments = {comment.name: comment for comment in submission.comments}
        self.record, self.shown, self.unsure = record, shown, unsure
        self.elsewhere = {manual.cell: manual.note for manual in record.manual if manual.note}
        self.whose = (record.student, record.assignment)
        self.shows: dict[str, str] = {}
        self.changed: list[str] = []
        self.maxima: list[str] = []  # of what was marked, those that are other ones now

    def save(self, cell: Any) -> None:
        """Write down one cell."""
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if utils.is_task(cell) or (utils.is_grade(cell) and utils.is_solution(cell)):
            self._answer(cell, name)
            self._maximum(name)
        elif utils.is_grade(cell):
            self._checked(name)
            self._maximum(name)
        elif utils.is_solution(cell) and name in self.comments:
            self.comments[name].auto_comment = NO_RESPONSE if _untouched(cell) else None

    def _maximum(self, name: str) -> None:
        """Ask for a second look at a mark that was given out of another maximum."""
        grade, key = self.grades[name], f"maximum of {name}"
        now = wording.number(grade.cell.max_score)
        before, self.shows[key] = self.shown.get(key, now), now
        if grade.manual_score is None:
            return
        if before != now:
            grade.needs_manual_grade = True
            if name in self.comments:
                self.comments[name].auto_comment = OTHER_MAXIMUM.format(before=before, now=now)
            self.maxima.append(f"`{name}` was marked out of {before} points, the maximum is {now} now")
        if grade.manual_score > grade.cell.max_score:
            self.maxima.append(f"`{name}` has {wording.number(grade.manual_score)} points, the maximum is {now}")

    def _checked(self, name: str) -> None:
        """A cell that checks grade. A mark of a person's stays; it is to be looked at again when the points changed."""
        grade = self.grades[name]
        points = verdict(self.record, name, grade.cell.max_score).points
        self.shows[name] = str(points)
        if grade.manual_score is None:
            grade.needs_manual_grade = points is None
        elif self.shown.get(name) != self.shows[name]:
            grade.needs_manual_grade = True
        grade.auto_score = points

    def _answer(self, cell: Any, name: str) -> None:
        """An answer that a person grades: nothing written is 0, all else waits for them."""
        grade, comment = self.grades[name], self.comments[name]
        empty = self.record.status is not Status.GRADED or (
            _untouched(cell) and name not in self.unsure and name not in self.elsewhere
        )
        comment.auto_comment = NO_RESPONSE if empty else None
        grade.auto_score = 0.0 if empty else None
        self.shows[name] = answer_hash(cell.source + self.elsewhere.get(name, ""))
        if grade.manual_score is None:
            grade.needs_manual_grade = not empty
        elif grade.needs_manual_grade or self.shown.get(name) != self.shows[name]:
            grade.needs_manual_grade = True
            comment.auto_comment = CHANGED
            self.changed.append(name)


def _untouched(cell: Any) -> bool:
    """Tell whether a cell is as released."""
    if utils.is_task(cell):
        return False
    return bool(cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell))
