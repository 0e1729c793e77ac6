"""Whether a suite notices a mutant: the suite's checks run on it by the engine's own parts, until one fails."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Self

import msgspec

from autograder.assignment import Assignment, read_assignment
from autograder.bench import Bench
from autograder.errors import GraderError
from autograder.grading import set_up
from autograder.notebook import Notebook
from autograder.record import CheckStatus
from autograder.session import WarmSuite
from autograder.suite.reference import Reference

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.mutants.mutate import Mutant
    from autograder.sandbox.client import WarmServer

CALL_SECONDS = 5.0
"""A mutant that hangs is killed by the clock; no call of a solution takes a second."""
_NOTICED = "a check has failed: the others need not run"


class _UntilNoticed(Bench):
    """A bench that ends the run at the first check that does not pass, by the engine's way of ending one."""

    def finish(self, *args: object) -> None:
        super().finish(*args)  # type: ignore[arg-type]  # handed on as they are
        if self.checks[-1].status is not CheckStatus.PASSED and not self.fault:
            self.fault = _NOTICED


class Judge(AbstractContextManager["Judge"]):
    """One warm suite for all mutants of an assignment; the warm server is the caller's."""

    def __init__(self, course: Course, name: str, server: WarmServer) -> None:
        limits = msgspec.structs.replace(course.settings.limits, call_seconds=CALL_SECONDS)
        settings = msgspec.structs.replace(course.settings, limits=limits)
        self._course = msgspec.structs.replace(course, settings=settings)
        self.assignment: Assignment = read_assignment(course, name)
        self._reference = Reference(self.assignment)
        self._suite = WarmSuite(self.assignment.suite)
        self._server = server

    def noticed_by(self, mutant: Mutant) -> str | None:
        """The check that fails on a mutant; None if all pass. Raises `GraderError` where the suite itself breaks."""
        notebook = self._with(mutant)
        bench, runner = set_up(
            self._course, self.assignment, self._reference, notebook, self._server, kind=_UntilNoticed
        )
        try:
            self._suite.run(bench)
        finally:
            runner.close()
        if bench.fault == _NOTICED:
            return bench.checks[-1].id
        if bench.fault:
            raise GraderError(f"{mutant.change}: {bench.fault}")
        return None

    def _with(self, mutant: Mutant) -> Notebook:
        """The solution with the mutant in the place of its cell."""
        cells = [
            msgspec.structs.replace(cell, source=mutant.source)
            if cell.grade_id == f"{mutant.function}_answer"
            else cell
            for cell in self.assignment.solution.cells
        ]
        return Notebook(cells)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._suite.close()
