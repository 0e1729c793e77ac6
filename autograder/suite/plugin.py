"""The pytest plugin: `student`, `reference`, `draw`, `thresholds` for suites, and outcomes for the run.

Two ways in, one set of hooks: the engine (`warm_pytest`) puts one submission after another under a warm pytest, and at
an author's prompt `grading.at_the_prompt` puts one there. Without either, nothing here does anything.
"""

from __future__ import annotations

import contextlib
import traceback
from typing import TYPE_CHECKING, NamedTuple

import pytest

from autograder.errors import GraderError
from autograder.record import CheckStatus, Reached
from autograder.suite.decorator import CheckInfo, check_name
from autograder.suite.judge import Judge
from autograder.suite.loading import import_suite, is_above_suites, is_suite
from autograder.suite.outcomes import SuiteRun
from autograder.suite.suite_errors import in_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path
    from types import ModuleType

    import numpy as np

    from autograder.suite.reference import Reference
    from autograder.suite.student import Student

SUITE_RUN = pytest.StashKey[SuiteRun]()


class SuiteModule(pytest.Module):
    """A suite, imported in the package of its own course."""

    def _getobj(self) -> ModuleType:
        try:
            return import_suite(self.path)
        except Exception as error:
            trace = "".join(traceback.format_exception(error))[-4000:]
            raise self.CollectError(f"{in_one_line(error)}\n{trace}") from error


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Collect a course's suite as one."""
    return SuiteModule.from_parent(parent, path=module_path) if is_suite(module_path) else None


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take the folders above a suite for no packages: the name of one is the engine's, which may stand elsewhere."""
    return pytest.Dir.from_parent(parent, path=path) if is_above_suites(path) else None


def in_turn(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Put checks into the order in which they run: those on the lab's own inputs before all that ask hidden ones.

    What a program says before it has met a hidden input can be shown whole; afterwards nothing that it chooses is, not
    even from a fresh process. Visible checks that need a hidden one come last of their kind: to judge them may ask it.
    """
    hidden = {check_id(item, info) for item in items if (info := check_info(item)) and not info.visible}

    def turn(item: pytest.Item) -> int:
        info = check_info(item)
        return 0 if info is None else 3 if not info.visible else 2 if hidden & {*info.needs} else 1

    return sorted(items, key=turn)


def check_info(item: pytest.Item) -> CheckInfo | None:
    """Return what `@check` says about an item; None for a test without it."""
    info = getattr(getattr(item, "function", None), "__check__", None)
    return info if isinstance(info, CheckInfo) else None


def check_id(item: pytest.Item, info: CheckInfo) -> str:
    """Return the check's id: `<cell>.<test name without test_>`."""
    return check_name(info, item.name)


class AtWork(NamedTuple):
    """A check that is about to run."""

    suite_run: SuiteRun
    info: CheckInfo
    name: str  # the check's id
    suite: ModuleType


GIVEN: dict[str, Callable[[AtWork], object]] = {}
"""What a check may ask for, by the name of its argument."""


def _given(function: Callable[[AtWork], object]) -> object:
    """Make a fixture of a function, and note it in `GIVEN`, from which the engine fills arguments by itself."""

    def fixture(request: pytest.FixtureRequest) -> object:
        suite_run, info = request.config.stash.get(SUITE_RUN, None), check_info(request.node)
        if suite_run is None:
            pytest.skip("needs --submission FILE")
        if info is None:
            raise pytest.UsageError(f"{request.node.nodeid} has no @check(…)")
        return function(AtWork(suite_run, info, check_id(request.node, info), request.module))

    GIVEN[function.__name__] = function
    fixture.__doc__ = function.__doc__
    return pytest.fixture(name=function.__name__)(fixture)


@_given
def student(at: AtWork) -> Student:
    """The submission: calls run in the sandbox and return plain data."""
    suite_run = at.suite_run
    found = suite_run.student
    found.begin(visible=at.info.visible, check=at.name)
    found.draws = suite_run.draws
    if not at.info.visible and not suite_run.shown_first:
        suite_run.shown_first = True
        with found.charged():
            _ask_the_labs_own(at.suite, suite_run)
    return found


def _ask_the_labs_own(suite: ModuleType, suite_run: SuiteRun) -> None:
    """Ask all judges of a suite the lab's own rows, before anything hidden is asked: then all of it may be shown.

    What comes of it is remembered, failures too. Once a call did not end by itself, the others are left for later.
    """
    if any(check.status is CheckStatus.TIMEOUT for check in suite_run.checks):
        return
    for judge in vars(suite).values():
        if isinstance(judge, Judge) and judge.ends_otherwise(suite_run.student, suite_run.reference):
            return


@_given
def reference(at: AtWork) -> Reference:
    """The solution's functions, in this process."""
    return at.suite_run.reference


@_given
def draw(at: AtWork) -> np.random.Generator:
    """Random numbers of this submission and check."""
    return at.suite_run.draws(at.name)


@_given
def thresholds(at: AtWork) -> dict[str, float]:
    """Return the thresholds of `course.yml` for this assignment, by name; raises `GraderError` for a missing name."""
    return _Thresholds(at.suite_run.thresholds)


class _Thresholds(dict[str, float]):
    """The thresholds by name; a missing one raises an error that says where it belongs."""

    def __missing__(self, name: str) -> float:
        raise GraderError(f"course.yml has no threshold {name!r} for this assignment: add it under `thresholds:`")


@_given
def note(at: AtWork) -> Callable[[str], None]:
    """Say something to staff about the check at hand, passed or not."""

    def say(text: str) -> None:
        at.suite_run.note = text

    return say


@_given
def reached(at: AtWork) -> Callable[[str, float], None]:
    """Note the accuracy that was measured for a threshold, passed or not: the class report shows how they spread."""

    def say(threshold: str, accuracy: float) -> None:
        least = _Thresholds(at.suite_run.thresholds)[threshold]
        at.suite_run.reached = Reached(name=threshold, value=accuracy, threshold=least)

    return say


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Count what a check takes against the submission."""
    suite_run = item.config.stash.get(SUITE_RUN, None)
    with suite_run.student.charged() if suite_run is not None else contextlib.nullcontext():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note the outcome on the run."""
    report = yield
    suite_run, info = item.config.stash.get(SUITE_RUN, None), check_info(item)
    if suite_run is None or info is None or call.when == "teardown":
        return report
    if call.when == "setup" and call.excinfo is None:
        return report
    name = check_id(item, info)
    if call.excinfo is not None and isinstance(call.excinfo.value, _Blocked):
        suite_run.skip(name, info, call.excinfo.value.cause)
    else:
        suite_run.finish(name, info, call.excinfo.value if call.excinfo else None)
    return report


class _Blocked(BaseException):
    def __init__(self, cause: str) -> None:
        super().__init__(f"not run, because {cause} timed out")
        self.cause = cause


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what calls a function that timed out."""
    suite_run, info = item.config.stash.get(SUITE_RUN, None), check_info(item)
    if suite_run is not None and info is not None and (cause := suite_run.blocked(info)):
        raise _Blocked(cause)
