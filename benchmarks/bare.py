"""The floor: the calls that a suite makes into the child, made on the solution's functions in one warm process.

    python benchmarks/bare.py LAB [ROUNDS]

Prints, as JSON, the median seconds of CPU per submission. No sandbox, no channel, no pytest; each call timed alone.
"""

from __future__ import annotations

import contextlib
import io
import json
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from autograder.course.assignment import read_assignment
from autograder.course.settings import find_course
from autograder.grading.grader import Grader
from autograder.sandbox import protocol as p
from autograder.sandbox.server.child import Child, _seed
from autograder.sandbox.submission_process import SubmissionProcess
from autograder.suite.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable


def recorded(grader: Grader, lab: str, file: Path) -> list[p.Question]:
    """What the suite asks the child for while it grades `file`, which must have all points."""
    asked: list[p.Question] = []
    ask = SubmissionProcess.ask

    def listen(process: SubmissionProcess, request: p.Request, seed: int | None = None) -> Any:
        asked.append(p.Question(len(asked), request, seed))
        return ask(process, request, seed)

    cast("Any", SubmissionProcess).ask = listen
    try:
        record = grader.grade_file(file, "benchmark", lab)
    finally:
        cast("Any", SubmissionProcess).ask = ask
    if record.score != record.max_score:
        raise SystemExit(f"the solution has {record.score} of {record.max_score} points: {record.message}")
    return asked


def names_of(lab: str) -> dict[str, Any]:
    """The solution's functions."""
    reference = Reference(read_assignment(find_course(Path(__file__).parent), lab))
    return reference._module.__dict__  # all of them


class Bare(Child):
    """The child's side of the calls in this process, timed one by one."""

    def __init__(self, names: dict[str, Any]) -> None:
        super().__init__(cast("Any", None), 2**20)
        self._names = names
        self.seconds = 0.0

    def timed(self, function: Callable[[], object]) -> object:
        """Call and count."""
        start = time.process_time()
        try:
            return function()
        finally:
            self.seconds += time.process_time() - start

    def replay(self, question: p.Question) -> None:
        """One request again."""
        if question.seed is not None:
            _seed(question.seed)
        match request := question.request:
            case p.Call():
                function = self._target(request.target, request.method)
                args, kwargs = self._revive(request.args), self._revive(request.kwargs)
                with contextlib.suppress(Exception):  # some calls are meant to be refused
                    self._returned(self.timed(lambda: function(*args, **kwargs)))
            case p.Backward():
                module, args = self._revive(request.target), self._revive(request.args)
                module.zero_grad(set_to_none=True)
                self.timed(lambda: module(*args).sum().backward())
            case _:
                self._perform(request)


def seconds(names: dict[str, Any], asked: list[p.Question]) -> float:
    """CPU of one submission's calls."""
    replayed = Bare(names)
    with contextlib.redirect_stdout(io.StringIO()):
        for question in asked:
            replayed.replay(question)
    return replayed.seconds


def main() -> None:
    """Measure and print."""
    lab, rounds = sys.argv[1], int(sys.argv[2]) if sys.argv[2:] else 10
    course = find_course(Path(__file__).parent)
    with Grader(course) as grader:
        asked = recorded(grader, lab, course.solution(lab))
    names = names_of(lab)
    seconds(names, asked)  # warm
    json.dump(statistics.median(seconds(names, asked) for _ in range(rounds)), sys.stdout)


if __name__ == "__main__":
    main()
