"""Grade one submission for an author at the prompt: `pytest autograder/suites/test_<lab>.py --submission FILE`.

This is what pytest loads in every environment that has the kit, so imports of the engine are kept inside.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from autograder.suite.plugin import SUITE_RUN, check_info, in_turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.suite.outcomes import SuiteRun

_CLOSE = pytest.StashKey[Any]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the author's options to pytest's command line."""
    group = parser.getgroup("autograder")
    group.addoption("--submission", metavar="FILE", help="notebook or .py file that the hidden suite is run on")
    group.addoption("--no-sandbox", action="store_true", help="run the submission without confinement")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run checks in their order, as the engine does."""
    if config.getoption("--submission"):
        items[:] = in_turn(items)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Put the submission under the one suite that was named."""
    file = session.config.getoption("--submission")
    suites = sorted({item.path for item in session.items if check_info(item)})
    if not file or not suites:
        return
    if len(suites) > 1:
        raise pytest.UsageError("--submission takes one suite at a time: name its file")
    suite_run, close = authors_run(suites[0], Path(file), sandbox=not session.config.getoption("--no-sandbox"))
    session.config.stash[SUITE_RUN] = suite_run
    session.config.stash[_CLOSE] = close


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the author's warm server."""
    if (close := config.stash.get(_CLOSE, None)) is not None:
        close()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """End the traceback of a check that failed in the suite: what the engine did to find out is of no use there."""
    from autograder.suite.failures import StudentFailure
    from autograder.suite.stages import CheckFailed

    if call.excinfo is None or not isinstance(error := call.excinfo.value, CheckFailed | StudentFailure):
        return
    home = item.path.with_name(item.path.stem.removeprefix("test_"))
    last, entry = None, error.__traceback__
    while entry is not None:
        path = Path(entry.tb_frame.f_code.co_filename)
        last, entry = entry if path == item.path or home in path.parents else last, entry.tb_next
    if last is not None:
        last.tb_next = None
        error.__cause__, error.__suppress_context__ = None, True


def authors_run(suite: Path, file: Path, *, sandbox: bool) -> tuple[SuiteRun, Callable[[], None]]:
    """A run of the suite with `file` on it, and how to end it."""
    from autograder.course.assignment import read_assignment
    from autograder.course.settings import find_course
    from autograder.course.submission import collect_file
    from autograder.grading.grader import set_up
    from autograder.grading.warm_server import warm_server
    from autograder.suite.reference import Reference

    course = find_course(suite.parent)
    assignment = read_assignment(course, suite.stem.removeprefix("test_"))
    handed_in = collect_file(file, "author", assignment.name, most_bytes=course.settings.limits.submission_mib * 2**20)
    notebook = handed_in.parse()
    server = warm_server(course, [assignment.name], sandbox=sandbox)
    suite_run, process = set_up(course, assignment, Reference(assignment), assignment.code(notebook), server)

    def close() -> None:
        process.close()
        server.close()

    return suite_run, close
