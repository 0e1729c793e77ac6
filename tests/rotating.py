"""Tests that take turns: of those marked alike `make test` runs one a day, `make full` runs all.

`@pytest.mark.rotating` on a parametrized test: one of its cases each day, the same place in every such test.
`@pytest.mark.rotating("kills")`: one of the tests of that name. With `by="file"` whole files take turns.
`TEST_DAY=2026-11-22` runs that day's.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

DAY = dt.date.fromisoformat(os.environ.get("TEST_DAY") or dt.datetime.now(dt.UTC).date().isoformat())


def turn(name: str, days: int, day: dt.date = DAY) -> bool:
    """Whether it is the day of `name`, where each has one in `days`."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
    return (number + day.toordinal()) % days == 0


def out_of_turn(items: list[pytest.Item], day: dt.date = DAY) -> list[pytest.Item]:
    """The items whose turn it is not."""
    groups: dict[str, dict[str, list[pytest.Item]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        if (marker := item.get_closest_marker("rotating")) is not None:
            group = marker.args[0] if marker.args else item.nodeid.partition("[")[0]
            one = item.nodeid.partition("::")[0] if marker.kwargs.get("by") == "file" else item.nodeid
            groups[group][one].append(item)
    waiting = []
    for members in groups.values():
        turn = sorted(members)[day.toordinal() % len(members)]
        waiting += [item for one, tests in members.items() if one != turn for item in tests]
    return waiting
