"""The peers' way, for comparison: the same suite in a fresh pytest, student code in the same process.

A pytest plugin (`-p in_process`, with this folder on the path): `student` answers from this very process, through
the sandbox's own `Child` without a channel. So suite, checks and calls are the same; sandbox and warm server are not.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from autograder.course.assignment import read_assignment
from autograder.course.notebook import Notebook, read_file
from autograder.course.settings import find_course
from autograder.grading.grader import suite_run_with
from autograder.sandbox import protocol as p
from autograder.sandbox.server.child import Child
from autograder.sandbox.values import enc_hook, ext_hook
from autograder.suite.plugin import SUITE_RUN, check_info
from autograder.suite.reference import Reference

if TYPE_CHECKING:
    import pytest

    from autograder.suite.outcomes import SuiteRun

DECODER = msgspec.msgpack.Decoder(p.Answer, ext_hook=ext_hook)


class InProcess:
    """Stands where a `SubmissionProcess` stands."""

    generation = 1
    hidden_asked = False
    problems: list[p.Problem] = []  # never filled
    abandoned: dict[int, p.Raised] = {}  # never filled

    def __init__(self, notebook: Notebook, names: list[str]) -> None:
        self.cells = notebook.code
        self.names = names
        self._child = Child(socket.socket(), 2**20)
        plan = self.put(p.Plan(notebook.code, names))
        assert isinstance(plan, p.Planned)
        for index in plan.cells:
            self.put(p.RunCell(index))

    def put(self, request: p.Request, seed: int | None = None) -> p.Reply:
        """The child's answer, with standard output as it was afterwards."""
        kept = sys.stdout, sys.stderr
        try:
            answer = p.Answer(1, self._child._answer(request, seed))  # the child's own code is what is compared
            return DECODER.decode(msgspec.msgpack.encode(answer, enc_hook=enc_hook)).reply
        finally:
            sys.stdout, sys.stderr = kept

    def ask(self, request: p.Request, seed: int | None = None, *, hidden: bool = False) -> p.Returned | p.Raised:
        """As a process's."""
        self.hidden_asked |= hidden
        reply = self.put(request, seed)
        assert isinstance(reply, p.Returned | p.Raised)
        return reply

    def ask_all(self, calls: list[p.Call], *, hidden: bool = False) -> list[p.Returned | p.Raised]:
        """As a process's."""
        return [self.ask(call, hidden=hidden) for call in calls]

    def use(self, extra: tuple[p.Cell, ...]) -> None:
        """There is no other process to go to."""
        assert not extra


def suite_run_for(suite: Path, file: Path) -> SuiteRun:
    """A run of the suite on `file`, in this process."""
    course = find_course(suite.parent)
    assignment = read_assignment(course, suite.stem.removeprefix("test_"))
    notebook = read_file(file)
    process = InProcess(notebook, list(assignment.points))
    return suite_run_with(process, course, assignment, Reference(assignment))  # type: ignore[arg-type]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The file to grade."""
    parser.addoption("--peer-submission", required=True)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Run the suite on the file."""
    suite = next(item.path for item in session.items if check_info(item))
    session.config.stash[SUITE_RUN] = suite_run_for(suite, Path(session.config.getoption("--peer-submission")))
