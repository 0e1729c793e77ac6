"""`autograder mistakes`: the catalogue handed in, against the suite and the visible check, in the sandbox."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec
import pytest
from rotating import DAY

from autograder.authoring.catalogue_trials import Change, Tried, entries, pairs, slips, try_change
from autograder.authoring.cross_run import Cross
from autograder.authoring.mutants.survivors import listed
from autograder.authoring.trial_report import Report
from autograder.authoring.trial_store import TrialStore
from autograder.authoring.trials import Trials, as_function
from autograder.course.settings import find_course
from autograder.grading.warm_server import warm_server

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from autograder.sandbox.server_client import WarmServer

COURSE = find_course(Path(__file__).parent)
QUICK = ["lab1_scalar_lstm", "lab2_scalar_gru", "lab3_shapes"]
LABS = [*QUICK, "lab4_memory_task", "lab5_inside_the_layer", "lab6_what_gates_are_for"]
DAYS = dict.fromkeys(LABS, (20, 20)) | dict.fromkeys(LABS[3:], (60, 60)) | {LABS[-1]: (120, 240)}
"""In how many days `make test` tries every entry, and every mutant."""
DEAREST = {"lab3_shapes": 0.5}  # of a lab's points, where it is not 0.4: one function of two is half of them
HARDLY_CHANGES = {"floor division", "softmax for sigmoid", "a switch for a gate", "logit cut off"}
ENDS = re.compile(r"max\(0, |cut off at")
"""Mistakes whose values are too few to tell whether what follows is right: that earns nothing, and they cost more."""


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


@pytest.fixture
def everything(request: pytest.FixtureRequest) -> bool:
    """Whether all are tried, or those whose turn it is."""
    return bool(request.config.getoption("--full"))


@pytest.fixture(scope="module")
def quick(server: WarmServer) -> Iterator[Trials]:
    """The quickest lab."""
    with Trials(COURSE, "lab2_scalar_gru", server) as made:
        yield made


def of_the_day(wanted: Iterable[Change], days: int) -> list[Change]:
    """The part whose turn it is."""
    return list(itertools.islice(wanted, DAY.toordinal() % days, None, days))


def test_solution_loses_nothing_and_passes_the_visible_checks(trials: Trials) -> None:
    """The ground that all trials stand on."""
    functions = list(trials.assignment.points)

    assert trials.graded({}).lost == 0
    assert [trials.verdict(function, {}) for function in functions] == [None] * len(functions)


def test_each_mistake_is_told_as_it_is(trials: Trials, *, everything: bool) -> None:
    """It gets its own words and no other name; the visible check shows it, or the catalogue says why it can't.

    Of the slow labs `make full` tries half a day, and `autograder mistakes` all.
    """
    lab = trials.assignment.name
    dearest, days = DEAREST.get(lab, 0.4), (1 if lab in QUICK else 2) if everything else DAYS[lab][0]
    for wanted in of_the_day(entries(trials), days):
        result = try_change(trials, wanted)

        assert result.noticed, wanted
        assert result.is_told, result
        assert result.named == [wanted.title], result
        assert result.shows_its_symptom, result
        assert (result.shown is None) == bool(wanted.missed), result
        if wanted.title not in HARDLY_CHANGES and not ENDS.search(str(wanted.says)):
            assert (result.lost or 0) <= dearest * trials.max_score or not result.usable, result


def test_no_mutant_surprises_a_student(trials: Trials, *, everything: bool) -> None:
    """Visible check and suite agree on each small change of the solution, or a list says why they don't.

    Of the slow labs `make full` tries a third a day, and `autograder mutants` all.
    """
    lab = trials.assignment.name
    days = (1 if lab in QUICK else 3) if everything else DAYS[lab][1]
    equivalent = {(entry.function, change) for entry in listed(trials.home) for change in entry.changes}
    for wanted in of_the_day(slips(trials), days):
        result = try_change(trials, wanted)

        assert result.noticed == ((wanted.function, wanted.title) not in equivalent), result
        assert (result.shown is not None or bool(wanted.missed)) == result.noticed, result


@pytest.mark.parametrize("lab", QUICK[:2])
def test_pairs_are_told_both_and_nobody_is_accused(lab: str, server: WarmServer) -> None:
    """A sample of two mistakes at once; where several explain the same numbers, the true one is among them.

    Two slips in shapes are often a third one's shapes: there the words say what the shape is, and not how it came.
    """
    with Trials(COURSE, lab, server) as trials:
        results = [try_change(trials, wanted) for wanted in pairs(trials, 40, seed=DAY.toordinal())]

    assert sum(result.is_told for result in results) >= 0.9 * len(results)
    assert not [result for result in results if result.is_accused]


def test_report_says_what_was_found(quick: Trials) -> None:
    """Counts, the dearest, and what the visible check and the suite see differently."""
    kept = TrialStore(None, "")
    found = Report.of(quick, kept, most_pairs=3, with_slips=True, watch=lambda wanted: wanted[:12])
    said = list(found.lines())

    assert found.clean
    assert said[0] == f"{quick.assignment.name}: 12 mistakes, 12 told as they are"
    assert any(line.startswith("  3 pairs, both told in ") for line in said)
    assert any(line.startswith("  the most expensive that gives an answer: ") for line in said)
    assert "  12 mistakes and 12 mutants through visible check and suite:" in said
    assert "  fail the visible check and keep full marks: 0" in said


def outcome(title: str, *, shown: str | None, lost: float, missed: str = "") -> Tried:
    """What became of a change that was not tried."""
    return Tried(Change("f", title, "", missed=missed), shown, lost > 0, lost)


def test_cross_run_tells_what_surprises() -> None:
    """Either way, and a reason that is none any more; what both see, or neither, is no surprise."""
    found = Cross.of(
        [
            outcome("a", shown="f is 1", lost=1),
            outcome("b", shown=None, lost=0),
            outcome("c", shown="f is 2", lost=0),
            outcome("d", shown=None, lost=2.5),
            outcome("e", shown=None, lost=1, missed="The check has one row."),
            outcome("g", shown="f is 3", lost=1, missed="The check has no rows."),
        ]
    )

    assert not found.clean
    assert list(found.lines()) == [
        "  fail the visible check and keep full marks: 1",
        "    f: c: f is 2",
        "  pass the visible check and lose points: 2, 1 of them without a reason",
        "    f: d: 2.5. No reason is given.",
        "    f: e: 1. The check has one row.",
        "  is said to pass the visible check, which shows it: f: g",
    ]
    assert Cross.of([outcome("e", shown=None, lost=1, missed="The check has one row.")]).clean


def test_pair_that_is_not_told_is_listed() -> None:
    """With what was said in its place."""
    wanted = Change("f", "a + b", "", names=("a", "b"), says=("Your a is b.", "Your b is a."))
    pair = Tried(wanted, None, noticed=True, lost=1, named=["a"], told=["Your a is b."])
    said = list(Report("lab", 10, [], [pair], []).lines())

    assert said[1:3] == [
        "  1 pairs, both told in 0, accused 0",
        "  not both told: f: a + b: ['a'] ['Your a is b.']",
    ]


def test_interrupted_run_goes_on_where_it_was(quick: Trials, tmp_path: Path) -> None:
    """What is in the file is not tried again; half a line, and what depends on something else, is not taken."""
    file, wanted = tmp_path / "kept", next(entries(quick))
    nothing = cast("Trials", None)
    first = TrialStore(file, "today").outcome_of(quick, wanted)
    file.write_bytes(file.read_bytes() + b'["half')
    another = msgspec.structs.replace(wanted, source=quick.answer(wanted.function), title="another")
    second = TrialStore(file, "today").outcome_of(quick, another)
    kept: Any = TrialStore(file, "today")

    assert [kept.outcome_of(nothing, wanted), kept.outcome_of(nothing, another)] == [first, second]
    assert first.lost != second.lost == 0
    with pytest.raises(AttributeError):
        TrialStore(file, "tomorrow").outcome_of(nothing, wanted)


def test_cell_becomes_a_function() -> None:
    """Its statements are the body, whatever they are."""
    names: dict[str, object] = {}
    exec(as_function("f", "x = 1\nwith open('/dev/null'):\n    y = x + 1\nassert y == 2"), names)

    assert names["f"]() is None  # type: ignore[operator]
