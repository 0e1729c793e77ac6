"""`autograder diagnose`: another style changes the text and not what it does, and what is told is counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from autograder.authoring.answer_styles import STYLES
from autograder.authoring.diagnose import Tally, cases, count, lines, measure, share
from autograder.authoring.trials import Graded, Trials
from autograder.course.settings import find_course
from autograder.grading.warm_server import warm_server
from autograder.record import Check, CheckStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

COURSE = find_course(Path(__file__).parent)
STEP = '''\
def step(h: float, x: float) -> float:
    """seed"""
    z = sigmoid(h)
    r = sigmoid(x)
    mixed = z * h + r * x
    return {"z": z, "mixed": mixed}
'''
NET = """\
class Net:
    def __init__(self, size):
        self.weight = size + 1

    def forward(self, x):
        out = self.weight * x
        return out
"""
LOOP = "def loop(xs):\n    found = []\n    for x in xs:\n        y = x + x\n        found.append(y)\n    return found\n"


def sigmoid(x: Any) -> Any:
    """One number or an array."""
    return 1 / (1 + np.exp(-x))


def run(source: str, call: str) -> Any:
    """What a call gives over a text of code."""
    names: dict[str, Any] = {"np": np, "sigmoid": sigmoid}
    exec(source, names)
    return eval(call, names)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("source", "call"), [(STEP, "step(0.4, -1.2)"), (NET, "Net(2).forward(3)"), (LOOP, "loop([1, 2])")]
)
def test_a_style_changes_the_text_and_not_the_answer(style: str, source: str, call: str) -> None:
    """In single precision as good as that."""
    dressed = STYLES[style](source)
    if dressed is None:
        assert style in {"at once", "float32", "reordered"}
        return

    assert run(dressed, call) == pytest.approx(run(source, call), abs=1e-6)
    assert dressed != source or style == "all together"


def test_each_style_does_what_it_says() -> None:
    """Renamed: no old name; reordered: the second line first; helpers: a function more; at once: one call for two."""
    found = {style: STYLES[style](STEP.replace("sigmoid(h)", "sigmoid(np.float64(h))")) or "" for style in STYLES}

    assert "mixed =" not in found["renamed"]
    assert '"mixed"' in found["renamed"].replace("'", '"')
    assert found["reordered"].index("r = ") < found["reordered"].index("z = ")
    assert "def helper_0(" in found["helpers"]
    assert "z, r = sigmoid(np.array([np.float64(h), x]))" in found["at once"]
    assert "h = np.float32(h)" in found["float32"]


def test_a_share_has_its_exact_interval() -> None:
    """As `autograder calibrate` gives it; nothing tried has none."""
    assert share(59, 60) == "59 of 60, 0.983 (0.911 to 1.000)"
    assert share(0, 0) == "0 of 0"


class Told:
    """Trials in which a student is told what a test says."""

    def __init__(self, *said: tuple[str, str]) -> None:
        self._checks = [
            Check(
                id="f.a",
                cell="f",
                title="A",
                status=CheckStatus.FAILED,
                points=0,
                max_points=1,
                mistake=name or None,
                message=text,
            )
            for name, text in said
        ]

    def graded(self, _answers: dict[str, str]) -> Graded:
        """The checks."""
        return Graded(self._checks)


@pytest.fixture(scope="module")
def trials() -> Iterator[Trials]:
    """The quickest lab."""
    with warm_server(COURSE, ["lab2_scalar_gru"]) as server, Trials(COURSE, "lab2_scalar_gru", server) as made:
        yield made


def test_counts(trials: Trials) -> None:
    """A mistake that is told and one that was not made; then nothing at all."""
    (case,) = cases(trials, 1, 0, 3)
    ((function, entry),) = case.labels
    tally = Tally()
    other = next(one for one in trials.reference.catalogue[function] if one.name != entry.name)
    some: Any = Told((entry.name, entry.says), (other.name, "No."), ("always the same", "It is."), ("", "Unknown."))
    nothing: Any = Told(("", "Unknown."))
    some.reference = nothing.reference = trials.reference
    count(some, case, tally)
    count(nothing, case, tally)

    assert (tally.cases, tally.made, tally.told, tally.named, tally.right, tally.unknown) == (2, 2, 1, 2, 1, 1)
    assert tally.confused == {f"{function}: {entry.name} -> {other.name}": 1}
    assert tally.general == {f"{function}: {entry.name} -> always the same": 1}


def test_sample_is_drawn_by_its_seed(trials: Trials) -> None:
    """The same one again, another with another seed; pairs have two labels."""
    first, again, other = ([case.answers for case in cases(trials, 3, 2, seed)] for seed in (1, 1, 2))

    assert first == again != other
    assert [len(case.labels) for case in cases(trials, 3, 2, 1)] == [1, 1, 1, 2, 2]


def test_known_mistakes_are_named_in_other_styles(trials: Trials) -> None:
    """A few of them, in the sandbox."""
    table = measure(trials, 6, 2, 5, lambda wanted: wanted)

    assert table.single.right == table.single.named == table.single.told == 6
    assert table.pairs.confused == {}
    assert next(lines(table)) == "lab2_scalar_gru: 6 mistakes written in other ways (seed 5)"
