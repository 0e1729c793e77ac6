"""How much a submission can tell about hidden inputs, channel by channel, against what `SECURITY.md` states."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from channels import CHANNELS, Meter, most_of_labs

from autograder.course.settings import find_course

if TYPE_CHECKING:
    from collections.abc import Iterator

SECURITY = Path(__file__).parents[2] / "SECURITY.md"
_ROW = re.compile(r"^\| (\w[^|]+?) +\| ([\d.]+) +\|$", re.MULTILINE)
STATED = {name: float(bits) for name, bits in _ROW.findall(SECURITY.read_text())}


@pytest.fixture(scope="module")
def meter() -> Iterator[Meter]:
    """One warm grader for all channels."""
    with Meter(find_course(SECURITY.parent)) as found:
        yield found


def test_every_channel_is_stated() -> None:
    """Those that are tried stand in `SECURITY.md`, each with its bits, rounded up, and no other."""
    assert {name: math.ceil(channel.bits * 10) / 10 for name, channel in CHANNELS.items()} == STATED


@pytest.mark.parametrize("name", CHANNELS)
def test_no_more_arrives_than_is_stated(meter: Meter, name: str, request: pytest.FixtureRequest) -> None:
    """Programs that answer hidden inputs in as many ways as they like get so many different feedbacks, and no more."""
    count = 64 if request.config.getoption("--full") else 3
    arrived = meter.arrived(CHANNELS[name], count)

    assert math.log2(arrived) <= STATED[name]


def test_what_is_left_open_arrives(meter: Meter) -> None:
    """The measure sees what it should: a line of the function is told, so each program has a feedback of its own."""
    assert meter.arrived(CHANNELS["line within the function"], 3) == 3


@pytest.mark.full
def test_the_most_of_a_check_and_of_a_submission_is_stated() -> None:
    """The figures of the text are those that the words of today's suites give, rounded up."""
    text = SECURITY.read_text()
    for lab, (checks, bits, together) in most_of_labs(find_course(SECURITY.parent)).items():
        assert f"| `{lab}` | {checks} | {math.ceil(bits)} | {math.ceil(together)} |" in text
