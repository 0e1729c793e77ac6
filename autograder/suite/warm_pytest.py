"""A pytest that stays warm: suites are collected once, then run on one submission after another.

`pytest.main` runs in a thread of its own and waits, inside its run loop, for the next run; module- and session-wide
fixtures of a suite (reference values, trained reference weights) live as long as the thread, so they are computed
once per batch.
"""

from __future__ import annotations

import inspect
import os
import queue
import sys
import threading
from typing import TYPE_CHECKING, Literal

import pytest

from autograder.errors import GraderError
from autograder.suite.plugin import GIVEN, SUITE_RUN, AtWork, check_id, check_info, in_turn

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.suite.decorator import CheckInfo
    from autograder.suite.outcomes import SuiteRun

_QUIET = ["terminal", "logging", "cacheprovider", "faulthandler", "warnings", "unraisableexception", "threadexception"]


class WarmSuite:
    """One suite, collected; `run` takes one submission through it. `close` ends its thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._runs: queue.SimpleQueue[SuiteRun | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        self._broken = ""
        self.infos: dict[str, CheckInfo] = {}
        self._thread = threading.Thread(target=self._main, name=f"pytest {path.name}", daemon=True)
        self._thread.start()
        self._done.get()
        if not self.infos:
            raise GraderError(f"the suite {path.name} can't be collected: {self._broken or 'it has no checks'}")

    def run(self, suite_run: SuiteRun) -> None:
        """Run every check, each in its turn."""
        if not self._thread.is_alive():
            raise GraderError(f"pytest has ended in {self._path.name}: a check must have stopped it")
        self._runs.put(suite_run)
        if (error := self._done.get()) is not None:
            raise GraderError(f"pytest stopped in {self._path.name}: {error!r}") from error

    def close(self) -> None:
        """End the thread, and wait for it up to 10 s."""
        self._runs.put(None)
        self._thread.join(10)

    def _main(self) -> None:
        arguments = [str(self._path), "--disable-plugin-autoload", "-p", "autograder.suite.plugin", "--noconftest"]
        arguments += ["-c", "/dev/null", "--rootdir", str(self._path.parent), "--capture=no"]
        arguments += [word for name in _QUIET for word in ("-p", f"no:{name}")]
        error: BaseException | None = None
        for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
            os.environ.pop(name, None)  # whoever has set them meant a pytest of their own
        try:
            pytest.main(arguments, plugins=[self])
        except BaseException as caught:  # told to whoever waits
            error = caught
        self._done.put(error or GraderError("it ended"))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why a suite can't be collected, for the message."""
        if report.failed:
            self._broken = str(report.longrepr)[:2000]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """The bare outcome: pytest's own report shows the code around a failure, which takes it most of a second."""
        outcome: Literal["failed", "passed"] = "failed" if call.excinfo else "passed"
        assert call.when != "collect"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Go from run to run, through all checks of each."""
        if (torch := sys.modules.get("torch")) is not None:
            torch.set_num_threads(1)  # a setting of this thread's own; with more, references train several times slower
        items = [item for item in session.items if check_info(item)]
        for item in items:
            info = check_info(item)
            assert info is not None
            self.infos[check_id(item, info)] = info
        items = in_turn(items)
        direct = set(filter(_needs_no_set_up, items))
        self._done.put(None)
        while items and (suite_run := self._runs.get()) is not None:
            session.config.stash[SUITE_RUN] = suite_run
            try:
                _run_all(items, direct, suite_run)
            except Exception as error:  # told to whoever waits; the loop goes on
                self._done.put(error)
            else:
                self._done.put(None)
        return True


def _run_all(items: list[pytest.Item], direct: set[pytest.Item], suite_run: SuiteRun) -> None:
    for position, item in enumerate(items):
        if item in direct:
            _run_directly(item, suite_run)
        else:
            # Never None: that would tear the shared fixtures down. Nor itself: then its own would stay, used up.
            after = items[(position + 1) % len(items)] if len(items) > 1 else item.parent
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        if suite_run.over:
            return


def _needs_no_set_up(item: pytest.Item) -> bool:
    """Tell whether a check has no mark and no fixture but the engine's own."""
    return (
        isinstance(item, pytest.Function)
        and item.cls is None
        and not any(item.iter_markers())
        and {*item.fixturenames} <= {*GIVEN, "request"}  # which the engine's own ask for
        and {*inspect.signature(item.obj).parameters} <= GIVEN.keys() - vars(item.module).keys()  # or it has one itself
    )


def _run_directly(item: pytest.Item, suite_run: SuiteRun) -> None:
    """Run such a check without pytest's protocol, which takes as long as all that an ordinary check does."""
    info = check_info(item)
    assert info is not None
    assert isinstance(item, pytest.Function)
    name = check_id(item, info)
    if cause := suite_run.blocked(info):
        suite_run.skip(name, info, cause)
        return
    error: BaseException | None = None
    try:
        item.funcargs = {
            given: GIVEN[given](AtWork(suite_run, info, name, item.module))
            for given in {*item.fixturenames} & GIVEN.keys()
        }
        with suite_run.student.charged():
            item.runtest()
    except (KeyboardInterrupt, pytest.exit.Exception):
        raise
    except BaseException as caught:  # an outcome: the run tells whose
        error = caught
    suite_run.finish(name, info, error)
