"""What all tests share: the `--full` option and one browser for the session."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rotating import out_of_turn

from autograder.course.secret import ELSEWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

os.environ[ELSEWHERE] = str(Path(__file__).with_name("only_for_tests.secret"))  # for commands that tests run as well

pytest_plugins = ["sampled", "sandboxed"]

_SLOW = (
    "tests/nbgrader/",
    "tests/notebooks/test_release",
    "tests/test_crash_safety",
    "tests/test_cli_grade",
    "tests/cluster/",
    "tests/exports/test_export_command",
    "tests/corpus/",
    "tests/lab4/",
)
_APART = (  # the longest, and no two of their tests share anything
    "tests/nbgrader/test_nbgrader_corpus",
    "tests/authoring/test_trials",
    "tests/verify/test_catalogues",
    "tests/hostile/test_random_calls",
)
_FLAGS = [
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--full`, which `make full` passes."""
    parser.addoption("--full", action="store_true", help="run the tests marked `full` too")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Keep a file on one core, for what its tests share, but for the files of `_APART`.

    Not by xdist's groups: with pytest 9.2, xdist 3.8 has them without effect, and each test goes anywhere.
    """
    from xdist.scheduler import LoadScopeScheduling

    def unit(_: object, nodeid: str) -> str:
        return nodeid if nodeid.startswith(_APART) else nodeid.partition("::")[0]

    return type("ByFile", (LoadScopeScheduling,), {"_split_scope": unit})(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow files first, so that no core waits at the end; skip what is `full`, or `rotating` and not of the day."""
    items.sort(key=_place)
    if config.getoption("--full"):
        return
    for item in out_of_turn(items):
        item.add_marker(pytest.mark.skip(reason="not its day: run with --full"))
    for item in items:
        if item.get_closest_marker("full"):
            item.add_marker(pytest.mark.skip(reason="long: run with --full"))


def _place(item: pytest.Item) -> int:
    first = (*_APART, *_SLOW)
    return next((n for n, name in enumerate(first) if item.nodeid.startswith(name)), len(first))


@pytest.fixture(scope="session")
def _chromium() -> Iterator[tuple[Browser, asyncio.AbstractEventLoop | None]]:
    """One headless chromium, and the event loop that playwright runs it on."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("no chromium on this machine (apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=executable, headless=True, args=_FLAGS)
        loop = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        yield chromium, loop
        asyncio._set_running_loop(loop)
        chromium.close()


@pytest.fixture
def browser(_chromium: tuple[Browser, asyncio.AbstractEventLoop | None]) -> Iterator[Browser]:
    """The session's chromium; open a page with `browser.new_page(...)` and close it.

    playwright's synchronous interface keeps an event loop marked as running in this thread; left so, every later
    test that calls `asyncio.run` (nbclient's do) would fail. It is marked only while a browser test runs.
    """
    chromium, loop = _chromium
    asyncio._set_running_loop(loop)
    yield chromium
    asyncio._set_running_loop(None)
