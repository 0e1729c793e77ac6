"""`autograder mistakes`: the catalogue handed in, against the suite and the visible check, in the sandbox."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rotating import DAY

from autograder.authoring.catalogue_trials import entries, pairs, tried
from autograder.authoring.report import lines
from autograder.authoring.trials import Trials, as_function
from autograder.course import find_course
from autograder.warm import warm_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.sandbox.client import WarmServer

COURSE = find_course(Path(__file__).parent)
LABS = ["lab1_scalar_lstm", "lab2_scalar_gru", "lab3_shapes"]
DEAREST = {"lab3_shapes": 0.5}  # of a lab's points, where it is not 0.4: one function of two is half of them
PARTS = 6  # days in which `make test` tries every entry


@pytest.fixture(scope="module")
def server() -> Iterator[WarmServer]:
    """One warm server for all."""
    with warm_server(COURSE, LABS) as warm:
        yield warm


@pytest.fixture(params=LABS)
def trials(request: pytest.FixtureRequest, server: WarmServer) -> Iterator[Trials]:
    """A lab to try things on."""
    with Trials(COURSE, request.param, server) as made:
        yield made


def test_solution_loses_nothing_and_passes_the_visible_checks(trials: Trials) -> None:
    """The ground that all trials stand on."""
    assert trials.graded({}).lost == 0
    assert [trials.verdict(function, {}) for function in trials.assignment.points] == [None] * len(
        trials.assignment.points
    )


@pytest.mark.parametrize("part", [0, *(pytest.param(n, marks=pytest.mark.full) for n in range(1, PARTS))])
def test_each_mistake_is_told_as_it_is(trials: Trials, part: int) -> None:
    """It loses points, gets its own words and no other name; the lab's hint speaks of what the check really says."""
    for number, wanted in enumerate(entries(trials)):
        if (number + DAY.toordinal() + part) % PARTS:
            continue
        result = tried(trials, wanted)

        assert result.lost > 0, wanted
        assert result.is_told, result
        assert result.named == [wanted.title], result
        assert result.shows_its_symptom, result
        assert result.lost <= DEAREST.get(trials.assignment.name, 0.4) * trials.max_score or not result.usable, result


@pytest.mark.parametrize("trials", LABS[:2], indirect=True)
def test_pairs_are_told_both_and_nobody_is_accused(trials: Trials) -> None:
    """A sample of two mistakes at once; where several explain the same numbers, the true one is among them.

    Two slips in shapes are often a third one's shapes: there the words say what the shape is, and not how it came.
    """
    results = [tried(trials, wanted) for wanted in pairs(trials, 40, seed=DAY.toordinal())]

    assert sum(result.is_told for result in results) >= 0.9 * len(results)
    assert not [result for result in results if result.is_accused]


def test_lines_say_what_was_found(trials: Trials) -> None:
    """Counts, the dearest, and what the visible check and the suite see differently."""
    few = lines(trials, most_pairs=3, with_slips=False, watch=lambda wanted: itertools.islice(wanted, 12))
    said = list(few)

    assert said[0] == f"{trials.assignment.name}: 12 mistakes, 12 told as they are"
    assert any(line.startswith("  3 pairs, both told in ") for line in said)
    assert any(line.startswith("  the dearest that gives an answer: ") for line in said)
    assert "  fail the visible check and keep full marks: 0" in said


def test_cell_becomes_a_function() -> None:
    """Its statements are the body, whatever they are."""
    names: dict[str, object] = {}
    exec(as_function("f", "x = 1\nwith open('/dev/null'):\n    y = x + 1\nassert y == 2"), names)

    assert names["f"]() is None  # type: ignore[operator]
