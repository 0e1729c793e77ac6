"""One submission for an author at the prompt: `pytest autograder/suites/test_<lab>.py --submission FILE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.course.assignment import read_assignment
from autograder.course.settings import find_course
from autograder.course.submission import collect_file
from autograder.grading.grader import set_up
from autograder.grading.warm_server import warm_server
from autograder.suite.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from autograder.suite.outcomes import Bench


def author_bench(suite: Path, file: Path, *, sandbox: bool) -> tuple[Bench, Callable[[], None]]:
    """For an author at the prompt: a bench with `file` on it, and how to end it."""
    course = find_course(suite.parent)
    assignment = read_assignment(course, suite.stem.removeprefix("test_"))
    handed_in = collect_file(file, "author", assignment.name, most_bytes=course.settings.limits.submission_mib * 2**20)
    notebook = handed_in.parse()
    server = warm_server(course, [assignment.name], sandbox=sandbox)
    bench, runner = set_up(course, assignment, Reference(assignment), notebook, server)

    def close() -> None:
        runner.close()
        server.close()

    return bench, close
