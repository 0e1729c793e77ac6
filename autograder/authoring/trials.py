"""The solution with something changed, as if a student had handed it in: graded by the suite, and by the visible check.

Both run in the sandbox, by the engine's own parts, one warm suite for all that is tried of a lab.
"""

from __future__ import annotations

import ast
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple, Self

import msgspec

from autograder.assignment import read_assignment
from autograder.bench import Bench
from autograder.errors import GraderError
from autograder.grading import set_up
from autograder.notebook import Notebook, NotebookCell
from autograder.record import Check, CheckStatus
from autograder.sandbox import protocol as p
from autograder.sandbox.errors import ChildFailure
from autograder.sandbox.runner import Runner
from autograder.session import WarmSuite
from autograder.suite.catalogue import Mistake
from autograder.suite.judge import Judge
from autograder.suite.loading import import_suite
from autograder.suite.quantities import Lacking, outcome
from autograder.suite.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from autograder.course import Course
    from autograder.sandbox.client import WarmServer

CALL_SECONDS = 5.0
"""What hangs is ended by the clock; no call of a solution takes a second."""
_NOTICED = "a check has failed: the others need not run"
_CELL = "cell_of_the_lab"


class Graded(NamedTuple):
    """What the suite says of a changed solution."""

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


class _UntilNoticed(Bench):
    """A bench that ends the run at the first check that does not pass, by the engine's way of ending one."""

    def finish(self, *args: object) -> None:
        super().finish(*args)  # type: ignore[arg-type]  # handed on as they are
        if not self.fault and self.checks[-1].status is not CheckStatus.PASSED:
            self.fault = _NOTICED


class Trials(AbstractContextManager["Trials"]):
    """A lab's solution, to be tried with answers of one's own; the warm server is the caller's."""

    def __init__(self, course: Course, name: str, server: WarmServer) -> None:
        limits = msgspec.structs.replace(course.settings.limits, call_seconds=CALL_SECONDS)
        settings = msgspec.structs.replace(course.settings, limits=limits)
        self._course = msgspec.structs.replace(course, settings=settings)
        self.assignment = read_assignment(course, name)
        self.home = course.home(name)
        self.reference = Reference(self.assignment)
        self._suite = WarmSuite(self.assignment.suite)
        names = vars(import_suite(self.assignment.suite)).values()
        self._judges = [value for value in names if isinstance(value, Judge)]
        self._server = server

    @property
    def max_score(self) -> float:
        """The lab's automatic points."""
        return self.assignment.max_score

    def answer(self, function: str) -> str:
        """The solution's source of a graded function."""
        return self.reference.answer(function)

    def graded(self, answers: Mapping[str, str]) -> Graded:
        """What the suite says where `answers`, by function, stand in the solution's place.

        Raises `GraderError` where the suite itself breaks.
        """
        return Graded(self._put_through(answers, Bench).settled(self._suite.infos))

    def first_failed(self, answers: Mapping[str, str]) -> str | None:
        """The check that fails first; None if all pass. The others are not run. Raises `GraderError` as `graded`."""
        bench = self._put_through(answers, _UntilNoticed)
        return bench.checks[-1].id if bench.fault else None

    def _put_through(self, answers: Mapping[str, str], kind: type[Bench]) -> Bench:
        notebook = Notebook(self._cells(answers))
        bench, runner = set_up(self._course, self.assignment, self.reference, notebook, self._server, kind=kind)
        try:
            self._suite.run(bench)
        finally:
            runner.close()
        if bench.fault not in {"", _NOTICED}:
            raise GraderError(f"the suite breaks in {bench.fault}")
        return bench

    def verdict(self, function: str, answers: Mapping[str, str]) -> str | None:
        """What the notebook's own check of a function says of `answers`; None where it finds nothing wrong."""
        reply = self._in_the_notebook(self._cell(lambda cell: cell.grade_id == function), answers)
        return None if isinstance(reply, p.Returned) else _words(reply)

    def run_of(self, given: str, answers: Mapping[str, str]) -> str:
        """What the notebook shows where it runs a given function of the lab: what is printed, or the error's words."""
        reply = self._in_the_notebook(
            self._cell(lambda cell: not cell.nbgrader and f"{given}()" in cell.source), answers
        )
        return reply.output if isinstance(reply, p.Returned) else _words(reply)

    def _cell(self, wanted: Callable[[NotebookCell], bool]) -> str:
        return next(cell.source for cell in self.assignment.solution.cells if cell.kind == "code" and wanted(cell))

    def _in_the_notebook(self, source: str, answers: Mapping[str, str]) -> p.Returned | p.Raised | ChildFailure:
        """Run a cell of the notebook below its tools, given functions and answers; experiments are left out."""
        needed = [cell for cell in self._cells(answers) if cell.kind == "code" and cell.nbgrader.get("grade") is False]
        cells = [p.Cell(cell.index, cell.source) for cell in needed]
        cells.append(p.Cell(len(self.assignment.solution.cells), as_function(_CELL, source)))
        runner = Runner(self._server, cells, [_CELL], self._course.settings.limits.for_sandbox())
        try:
            return runner.ask(p.Call(_CELL, "", [], {}))
        except ChildFailure as failure:
            return failure
        finally:
            runner.close()

    def gives_an_answer(self, function: str, source: str) -> bool:
        """Whether a changed answer gives the asked form on the lab's own rows, whatever its values."""
        changed = Mistake(name="changed", says="", next="", instead=source)
        for judge in self._judges:
            if judge.function == function:
                program = self.reference.program(judge, changed)
                found = [outcome(judge, program, row, {}) for row in judge.own_rows()]
                if not all(isinstance(answer, dict) and not _lacks(answer) for answer in found):
                    return False
        return True

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


def _lacks(answer: Mapping[str, object]) -> bool:
    return any(isinstance(value, Lacking) for value in answer.values())


def _words(reply: p.Raised | ChildFailure) -> str:
    return f"{reply.kind}: {reply.text}" if isinstance(reply, p.Raised) else str(reply)


def as_function(name: str, source: str) -> str:
    """A cell's statements as the body of a function without arguments."""
    function = ast.parse(f"def {name}(): pass").body[0]
    assert isinstance(function, ast.FunctionDef)
    function.body = ast.parse(source).body
    return ast.unparse(function)
