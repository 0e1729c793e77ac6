"""The measurements of `autograder calibrate`: runs of right and of wrong work, counted by the accuracy they reached.

The lab says what a run is: `calibration.py` in its own folder, with `experiments(reference)`, one `Experiment` per
threshold. Because runs are counted by accuracy, the table, which is stored beside it, answers for whatever thresholds
`course.yml` has: how often correct work fails and wrong work passes, with exact (Clopper-Pearson) intervals.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import msgspec

from autograder.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.course.settings import Course
    from autograder.suite.experiments import Experiment, Outcome
    from autograder.suite.reference import Reference

_MODULE = "calibration"


class Counts(msgspec.Struct, kw_only=True):
    """Runs of one way: how many followed the reference's losses, by accuracy, and how many did not."""

    runs: int = 0
    followed: dict[str, int] = {}
    strayed: dict[str, int] = {}

    def add(self, outcomes: list[Outcome]) -> None:
        """Count a batch of outcomes."""
        for outcome in outcomes:
            self.runs += 1
            side = self.followed if outcome.follows else self.strayed
            key = f"{outcome.accuracy:.4f}"
            side[key] = side.get(key, 0) + 1

    def passed(self, threshold: float) -> int:
        """Count the runs that pass at `threshold`."""
        return sum(count for accuracy, count in self.followed.items() if float(accuracy) >= threshold)

    def accurate(self, threshold: float) -> int:
        """Count the runs whose accuracy alone would pass."""
        return self.passed(threshold) + sum(
            count for accuracy, count in self.strayed.items() if float(accuracy) >= threshold
        )


class Threshold(msgspec.Struct, kw_only=True):
    """The counts that were measured for one threshold."""

    what: str
    conditions: dict[str, Any]
    correct: dict[str, Counts] = {}
    wrong: dict[str, Counts] = {}

    def correct_fails(self, threshold: float) -> tuple[int, int]:
        """Return the failures and the number of runs of correct work."""
        runs = sum(counts.runs for counts in self.correct.values())
        return runs - sum(counts.passed(threshold) for counts in self.correct.values()), runs

    def wrong_passes(self, threshold: float) -> tuple[int, int]:
        """Return the passes and the number of runs of wrong work."""
        runs = sum(counts.runs for counts in self.wrong.values())
        return sum(counts.passed(threshold) for counts in self.wrong.values()), runs


class Table(msgspec.Struct, kw_only=True):
    """The stored calibration of one assignment."""

    schema: int = 1
    assignment: str
    versions: dict[str, str]
    thresholds: dict[str, Threshold] = {}


def interval(hits: int, runs: int, level: float = 0.95) -> tuple[float, float]:
    """The exact (Clopper-Pearson) confidence interval of a rate, after `hits` in `runs` trials, two-sided."""
    if runs == 0:
        return 0.0, 1.0
    tail = (1 - level) / 2
    low = 0.0 if hits == 0 else _solve(lambda p: 1 - _at_most(hits - 1, runs, p) - tail)
    high = 1.0 if hits == runs else _solve(lambda p: tail - _at_most(hits, runs, p))
    return low, high


def _at_most(hits: int, runs: int, p: float) -> float:
    """Return P(X ≤ hits) of a binomial."""
    if p <= 0:
        return 1.0
    if p >= 1:
        return 1.0 if hits >= runs else 0.0
    ways = [math.lgamma(runs + 1) - math.lgamma(k + 1) - math.lgamma(runs - k + 1) for k in range(hits + 1)]
    return min(1.0, math.fsum(math.exp(w + k * math.log(p) + (runs - k) * math.log1p(-p)) for k, w in enumerate(ways)))


def _solve(rising: Any) -> float:
    """Return the p in [0, 1] at which a function that rises in p crosses zero, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return high


def table_path(course: Course, assignment: str) -> Path:
    """Return the path of an assignment's table: it is stored in the lab's own folder."""
    return course.home(assignment) / f"{_MODULE}.json"


def load_table(course: Course, assignment: str) -> Table | None:
    """The stored table, or None; raises `UsageError` if it can't be read."""
    path = table_path(course, assignment)
    try:
        return msgspec.json.decode(path.read_bytes(), type=Table)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(f"can't read {path} ({error}): run `autograder calibrate` again") from error


def can_calibrate(course: Course, assignment: str) -> bool:
    """Tell whether the lab has experiments."""
    return _source(course, assignment).is_file()


def _source(course: Course, assignment: str) -> Path:
    return course.home(assignment) / f"{_MODULE}.py"


def experiments_of(course: Course, assignment: str) -> dict[str, Experiment]:
    """The experiments of an assignment, by threshold; raises `UsageError` where it has none."""
    from autograder.course.assignment import read_assignment
    from autograder.suite.loading import import_beside
    from autograder.suite.reference import Reference

    if not can_calibrate(course, assignment):
        source = _source(course, assignment).relative_to(course.root)
        raise UsageError(f"no runs to calibrate {assignment} with: write them in {source}")
    import torch

    torch.set_num_threads(1)  # as where submissions run; two beside other load take several times as long
    reference: Reference = Reference(read_assignment(course, assignment))
    found: dict[str, Experiment] = import_beside(course.suite(assignment), _MODULE).experiments(reference)
    return found


def versions() -> dict[str, str]:
    """Return the versions that the figures hold for: torch's, without a build's label."""
    import torch

    return {"torch": str(torch.__version__).partition("+")[0]}
