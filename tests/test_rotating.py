"""Tests that take turns: each has its day, and no day runs two of those marked alike."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any, cast

import pytest
from rotating import out_of_turn

TODAY = dt.date(2026, 11, 22)


def item(nodeid: str, *args: str, **kwargs: str) -> Any:
    """A collected test with the marker."""
    marker = pytest.mark.rotating(*args, **kwargs).mark if args or kwargs else pytest.mark.rotating.mark
    return cast("Any", SimpleNamespace(nodeid=nodeid, get_closest_marker=lambda _name: marker))


ITEMS = {
    "cases": [item(f"a.py::test_x[{case}]") for case in "pqr"],
    "named": [item(f"{file}.py::test_y", "kills") for file in "ab"],
    "files": [item(f"{file}.py::test_{number}", "life", by="file") for file in "ab" for number in range(2)],
}


@pytest.mark.parametrize(("kind", "runs", "days"), [("cases", 1, 3), ("named", 1, 2), ("files", 2, 2)])
def test_each_has_its_day(kind: str, runs: int, days: int) -> None:
    """In as many days as there are members, every one has run, and each day the same number."""
    seen: set[str] = set()
    for number in range(days):
        waiting = out_of_turn(ITEMS[kind], TODAY + dt.timedelta(days=number))
        todays = {each.nodeid for each in ITEMS[kind]} - {each.nodeid for each in waiting}
        assert len(todays) == runs
        seen |= todays
    assert seen == {each.nodeid for each in ITEMS[kind]}


def test_two_tests_of_the_same_cases_take_the_same_turn() -> None:
    """What one has prepared for a case the other one can use."""
    first, second = ITEMS["cases"], [item(f"a.py::test_z[{case}]") for case in "pqr"]
    waiting = {each.nodeid[-3:] for each in out_of_turn(first, TODAY)}
    assert waiting == {each.nodeid[-3:] for each in out_of_turn(second, TODAY)}
