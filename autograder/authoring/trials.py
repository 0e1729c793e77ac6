"""The solution with something changed, as if a student had handed it in: graded by the suite, and by the visible check.

Both run in the sandbox, by the engine's own parts, one warm suite for all that is tried of a lab.
"""

from __future__ import annotations

import ast
import contextlib
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple, Self

import msgspec

from autograder.authoring import side_by_side
from autograder.authoring.answers import Ended, from_child, is_answer
from autograder.authoring.generated_answers import Solved
from autograder.course.assignment import read_assignment
from autograder.course.notebook import Notebook, NotebookCell
from autograder.errors import GraderError
from autograder.grading.grader import set_up
from autograder.record import Check, CheckStatus
from autograder.sandbox import protocol as p
from autograder.sandbox.errors import ChildFailure
from autograder.sandbox.submission_process import SubmissionProcess
from autograder.suite.judge import Judge
from autograder.suite.loading import import_suite
from autograder.suite.outcomes import SuiteRun
from autograder.suite.reference import Reference
from autograder.suite.student import Student
from autograder.suite.suite_errors import in_one_line
from autograder.suite.warm_pytest import WarmSuite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from autograder.authoring.answers import Heard
    from autograder.course.settings import Course
    from autograder.sandbox.server_client import WarmServer
    from autograder.suite.decorator import CheckInfo
    from autograder.suite.variants import Row

    HeardByJudge = Mapping[Judge, list[Heard]]

CALL_SECONDS = 5.0
"""The seconds after which the clock ends a call that hangs; no call of a solution takes one."""
TOGETHER = 20
"""Answers to one function that one child is asked about."""
_ELSEWHERE = "it is another cell's"
_CELL = "cell_of_the_lab"


class Graded(NamedTuple):
    """The suite's verdict on a changed solution."""

    checks: list[Check]

    @property
    def lost(self) -> float:
        """The points that are not earned."""
        return round(sum(check.max_points - check.points for check in self.checks), 6)

    @property
    def named(self) -> list[str]:
        """The names of the mistakes that were recognised, in the order of the checks, each once."""
        return list(dict.fromkeys(check.mistake for check in self.checks if check.mistake))

    @property
    def failed(self) -> list[Check]:
        """The checks that failed by themselves."""
        return [check for check in self.checks if check.status not in {CheckStatus.PASSED, CheckStatus.SKIPPED}]


class _UntilNoticed(SuiteRun):
    """A run that ends at the first check that does not pass, and leaves the others out."""

    def finish(self, *args: object) -> None:
        super().finish(*args)  # type: ignore[arg-type]  # handed on as they are
        self.over |= bool(self.checks) and self.checks[-1].status is not CheckStatus.PASSED


class _OfOneCell(_UntilNoticed):
    """A run of the suite for the checks of one cell: the others are left out."""

    cell: str = ""

    def blocked(self, info: CheckInfo) -> str | None:
        cause = super().blocked(info) if info.cell == self.cell else _ELSEWHERE
        return cause if info.cell != self.cell or cause != _ELSEWHERE else None


class SuiteBreaksError(GraderError):
    """A suite raised something that is no outcome: its own fault. The first line says where, and what."""

    def __init__(self, fault: str, error: BaseException | None) -> None:
        """`fault` is the run's words, `error` what was raised."""
        super().__init__(f"the suite breaks in {fault}")
        self.place, _, self.what = (in_one_line(error) if error else fault).partition(": ")


class Trials(AbstractContextManager["Trials"]):
    """A lab's solution, to be tried with other answers than its own; the warm server is the caller's."""

    def __init__(self, course: Course, name: str, server: WarmServer) -> None:
        limits = msgspec.structs.replace(
            course.settings.limits, call_seconds=min(CALL_SECONDS, course.settings.limits.call_seconds)
        )
        settings = msgspec.structs.replace(course.settings, limits=limits)
        self._course = msgspec.structs.replace(course, settings=settings)
        self.assignment = read_assignment(course, name)
        self.home = course.home(name)
        self.reference = Reference(self.assignment)
        self._suite = WarmSuite(self.assignment.suite)
        names = vars(import_suite(self.assignment.suite)).values()
        self.judges = [value for value in names if isinstance(value, Judge)]
        self._server = server
        self._over_the_solution: dict[str, p.Returned | p.Raised | ChildFailure] = {}

    @property
    def max_score(self) -> float:
        """The lab's automatic points."""
        return self.assignment.max_score

    def answer(self, function: str) -> str:
        """The solution's source of a graded function."""
        return self.reference.answer(function)

    def solved(self, function: str) -> Solved:
        """Return the solution's answer for a graded function, to be wrapped."""
        return Solved(function, self.answer(function))

    def graded(self, answers: Mapping[str, str]) -> Graded:
        """Grade the solution with `answers`, by function, instead of its own functions.

        Raises `GraderError` where the suite itself breaks.
        """
        return Graded(self._put_through(answers, SuiteRun).settled(self._suite.infos))

    def first_failed(self, answers: Mapping[str, str], *, cell: str = "") -> str | None:
        """The check that fails first, of `cell` alone where that is given; None if all pass. The others are not run.

        Raises `GraderError` as `graded`.
        """
        suite_run = self._put_through(answers, _OfOneCell if cell else _UntilNoticed, cell)
        return suite_run.checks[-1].id if suite_run.over else None

    def _put_through(self, answers: Mapping[str, str], kind: type[SuiteRun], cell: str = "") -> SuiteRun:
        with self._handed_in(answers, kind) as suite_run:
            if isinstance(suite_run, _OfOneCell):
                suite_run.cell = cell
            self._suite.run(suite_run)
        if suite_run.fault:
            raise SuiteBreaksError(suite_run.fault, suite_run.fault_error)
        return suite_run

    @contextlib.contextmanager
    def _handed_in(self, answers: Mapping[str, str], kind: type[SuiteRun]) -> Iterator[SuiteRun]:
        notebook = Notebook(self._cells(answers))
        suite_run, process = set_up(
            self._course, self.assignment, self.reference, self.assignment.code(notebook), self._server, kind=kind
        )
        try:
            yield suite_run
        finally:
            process.close()

    def heard(self, function: str, source: str, rows: Mapping[Judge, Sequence[Row]]) -> HeardByJudge:
        """Return what the function's judges hear at `rows` where `source` is its answer, row by row in one child."""
        with self._handed_in({function: source}, SuiteRun) as suite_run:
            return _heard(suite_run.student, rows)

    def heard_together(
        self, function: str, sources: Sequence[str], rows: Mapping[Judge, Sequence[Row]]
    ) -> list[HeardByJudge]:
        """Hear many answers in the same way, a few of them to a child; see `side_by_side`."""
        found: list[HeardByJudge] = []
        for first in range(0, len(sources), TOGETHER):
            few = sources[first : first + TOGETHER]
            own = Notebook(self._cells({})).code_for(self.assignment.points)
            cells = side_by_side.cells(function, few, max(cell.index for cell in own) + 1)
            names = [side_by_side.name_of(function, number) for number in range(len(few))]
            limits = self._course.settings.limits.for_sandbox()
            process = SubmissionProcess(self._server, [*own, *cells], [*self.assignment.points, *names], limits)
            try:
                student = Student(process, list(self.assignment.given))
                for number in range(len(few)):
                    heard = _heard(side_by_side.one_of(student, function, number), rows)
                    found.append(
                        {
                            judge: [side_by_side.by_its_own_name(answer, function, number) for answer in several]
                            for judge, several in heard.items()
                        }
                    )
            finally:
                process.close()
        return found

    def verdict(self, function: str, answers: Mapping[str, str]) -> str | None:
        """Return what the notebook's own check of a function says of `answers`; None where it finds nothing wrong."""
        reply = self._in_the_notebook(self._cell(lambda cell: cell.grade_id == function), answers)
        return None if isinstance(reply, p.Returned) else _words(reply)

    def shown_by(self, source: str) -> str:
        """The text that a cell of the notebook prints over the solution, or the error's words."""
        reply = self._in_the_notebook(source, {})
        return reply.output if isinstance(reply, p.Returned) else _words(reply)

    def run_of(self, given: str, answers: Mapping[str, str]) -> str:
        """Return what the notebook shows when it runs a given function of the lab: the output, or the error's words."""
        reply = self._in_the_notebook(
            self._cell(lambda cell: not cell.nbgrader and f"{given}()" in cell.source), answers
        )
        return reply.output if isinstance(reply, p.Returned) else _words(reply)

    def _cell(self, wanted: Callable[[NotebookCell], bool]) -> str:
        return next(cell.source for cell in self.assignment.solution.cells if cell.kind == "code" and wanted(cell))

    def _in_the_notebook(self, source: str, answers: Mapping[str, str]) -> p.Returned | p.Raised | ChildFailure:
        """Run a cell of the notebook below its tools, given functions and answers; experiments are left out.

        Over the solution itself a cell runs once, however many rules ask what it says.
        """
        if not answers and source in self._over_the_solution:
            return self._over_the_solution[source]
        reply = self._run_below(answers, source)
        if not answers:
            self._over_the_solution[source] = reply
        return reply

    def _run_below(self, answers: Mapping[str, str], source: str) -> p.Returned | p.Raised | ChildFailure:
        needed = [cell for cell in self._cells(answers) if cell.kind == "code" and cell.nbgrader.get("grade") is False]
        cells = [p.Cell(cell.index, cell.source) for cell in needed]
        cells.append(p.Cell(len(self.assignment.solution.cells), as_function(_CELL, source)))
        process = SubmissionProcess(self._server, cells, [_CELL], self._course.settings.limits.for_sandbox())
        try:
            return process.ask(p.Call(_CELL, "", [], {}))
        except ChildFailure as failure:
            return failure
        finally:
            process.close()

    def own_rows(self, function: str) -> dict[Judge, list[Row]]:
        """The lab's own rows of each judge of a function."""
        return {judge: judge.own_rows() for judge in self.judges if judge.function == function}

    def gives_an_answer(self, function: str, source: str) -> bool:
        """Tell whether a changed answer gives the asked form on the lab's own rows, whatever its values."""
        heard = self.heard(function, source, self.own_rows(function))
        return all(is_answer(answer) for several in heard.values() for answer in several)

    def earned_by_the_release(self) -> float:
        """The points of the notebook as it is handed out."""
        released = self.assignment.released
        answers = {function: _source(released, f"{function}_answer") for function in self.assignment.points}
        return self.max_score - self.graded(answers).lost

    def _cells(self, answers: Mapping[str, str]) -> list[NotebookCell]:
        by_cell = {f"{function}_answer": source for function, source in answers.items()}
        return [
            msgspec.structs.replace(cell, source=by_cell.get(cell.grade_id, cell.source))
            for cell in self.assignment.solution.cells
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._suite.close()


def _source(notebook: Notebook, grade_id: str) -> str:
    return next((cell.source for cell in notebook.cells if cell.grade_id == grade_id), "")


def _heard(student: Student, rows: Mapping[Judge, Sequence[Row]]) -> HeardByJudge:
    """Return what the judges hear. Once a call has not ended by itself, the others are taken to end as it did."""
    found: dict[Judge, list[Heard]] = {judge: [] for judge in rows}
    ended: Heard | None = None
    for judge, asked in rows.items():
        for row in asked:
            heard = ended or from_child(judge, student, row)
            ended = heard if isinstance(heard, Ended) else None
            found[judge].append(heard)
    return found


def _words(reply: p.Raised | ChildFailure) -> str:
    return f"{reply.kind}: {reply.text}" if isinstance(reply, p.Raised) else str(reply)


def as_function(name: str, source: str) -> str:
    """A cell's statements as the body of a function without arguments."""
    function = ast.parse(f"def {name}(): pass").body[0]
    assert isinstance(function, ast.FunctionDef)
    function.body = ast.parse(source).body
    return ast.unparse(function)
