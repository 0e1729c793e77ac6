"""What `autograder calibrate` runs for lab 6: trainings of the pool, right and wrong ones, judged as in the suite.

A run is one training of one candidate of the pool, whose start weights and inputs are each changed by up to `ULPS`
units in the last place, judged on fresh rows. The changes are larger than what equivalent implementations differ by,
so they stand for those; the implementations that students write are run as well, beside them.
"""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

import torch

from autograder.suite import Experiment, Outcome, Runs

from . import ways
from .replicas import Replicas
from .task import (
    CLIP,
    HELD_OUT,
    LEARNING_RATE,
    LONG,
    LOSS_TOLERANCE,
    POOL,
    ROWS,
    SHORT,
    STEPS,
    Given,
    given,
    held_out,
    share_right,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from autograder.suite import Reference

ULPS = 8
SIDE_BY_SIDE = 24  # replicas: more no longer fit the cache
EACH_WAY = 4  # runs of each equivalent implementation per candidate
EACH_WRONG = 2  # runs of each wrong recipe per candidate
CANDIDATES = 36
CALM_BATCHES = 2  # of replicas per candidate
APART = 1.2  # in tolerances


def experiments(reference: Reference) -> dict[str, Experiment]:
    """The one threshold of the lab."""
    return {"recall": Recall(reference)}


class Recall(Experiment):
    """The trainings behind the threshold."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._losses = functools.cache(self._own_losses)
        self.what = (
            f"one training of {LONG} epochs of a candidate of the pool, each start weight and each input changed by up "
            f"to {ULPS} units in the last place; passes if there are {LONG} losses, the first {SHORT} are the "
            f"reference's within {LOSS_TOLERANCE:g}, and the accuracy on {HELD_OUT} fresh rows reaches the threshold"
        )
        self.conditions = {
            "rows": ROWS,
            "seq_len": STEPS,
            "epochs": LONG,
            "losses_compared": SHORT,
            "loss_tolerance": LOSS_TOLERANCE,
            "held_out_rows": HELD_OUT,
            "pool": list(POOL),
        }

    def correct(self, runs: int) -> dict[str, Runs]:
        """`runs` perturbed trainings side by side, and a few of each implementation that a student may write."""
        found = {"written out, side by side": Runs(runs, functools.partial(self._side_by_side, runs))}
        return found | {name: self._one_by_one(way, EACH_WAY) for name, way in ways.EQUIVALENT.items()}

    def wrong(self) -> dict[str, Runs]:
        """Trainings that must not pass."""
        return {name: self._one_by_one(way, EACH_WRONG) for name, way in ways.WRONG.items()}

    def choose(self) -> list[tuple[int, ...]]:
        """The candidates for a new pool: every replica right, AdamW told apart; of these the calmest."""
        rated = sorted((*self._restless(number), number) for number in range(CANDIDATES))
        return [(number,) for *_, number in rated[: len(POOL)]]

    def _restless(self, number: int) -> tuple[float, bool, float]:
        """The error on fresh rows of the worst replica, whether AdamW is missed, and the highest of the last losses."""
        worst, late = 1.0, 0.0
        for batch in range(CALM_BATCHES):
            seed = 1000 * number + batch
            replicas, losses = self._trained([number] * SIDE_BY_SIDE, seed)
            worst = min(worst, float(replicas.accuracy(*held_out(2**31 + seed)).min()))
            late = max(late, float(losses[LONG * 3 // 4 :].max()))
        other = ways.mistaken("AdamW for Adam")(self._reference, given(number))[1]
        missed = _furthest(other[:SHORT], self._losses(number)) < APART * LOSS_TOLERANCE
        return 1 - worst, missed, late

    def _side_by_side(self, runs: int, done: int) -> Iterator[list[Outcome]]:
        for batch in range(-(-done // SIDE_BY_SIDE), -(-runs // SIDE_BY_SIDE)):
            numbers = [POOL[place % len(POOL)] for place in range(min(SIDE_BY_SIDE, runs - batch * SIDE_BY_SIDE))]
            replicas, losses = self._trained(numbers, batch)
            shares = replicas.accuracy(*held_out(2**31 + batch)).tolist()
            yield [
                Outcome(self._follows(own, number), share)
                for own, number, share in zip(losses.T.tolist(), numbers, shares, strict=True)
            ]

    def _trained(self, numbers: Sequence[int], seed: int) -> tuple[Replicas, torch.Tensor]:
        drawn = torch.Generator().manual_seed(seed)
        tasks = [_changed(given(number), drawn) for number in numbers]
        weights = [torch.stack(parts) for parts in zip(*(task.start for task in tasks), strict=True)]
        X, y = (torch.stack([getattr(task, name) for task in tasks]) for name in ("X", "y"))  # the lab's own name
        replicas = Replicas(weights, X, y)
        return replicas, replicas.train(LONG, LEARNING_RATE, CLIP)

    def _one_by_one(self, way: ways.Way, each: int) -> Runs:
        return Runs(each * len(POOL), functools.partial(self._singly, way, each))

    def _singly(self, way: ways.Way, each: int, done: int) -> Iterator[list[Outcome]]:
        for place in range(done, each * len(POOL)):
            number, seed = POOL[place % len(POOL)], 10_000_000 + place // len(POOL)
            task = _changed(given(number), torch.Generator().manual_seed(seed))
            weights, losses = way(self._reference, task)
            yield [Outcome(self._follows(losses, number), share_right(self._reference, weights, 2**31 + seed))]

    def _follows(self, losses: Sequence[float], number: int) -> bool:
        return len(losses) == LONG and _furthest(losses[:SHORT], self._losses(number)) <= LOSS_TOLERANCE

    def _own_losses(self, number: int) -> list[float]:
        """The reference's own losses, unchanged in any bit."""
        return ways.reference(self._reference, given(number))[1][:SHORT]


def _furthest(losses: Sequence[float], right: Sequence[float]) -> float:
    """The largest distance of a loss to the right one; NaN is infinitely far."""
    apart = [abs(loss - other) for loss, other in zip(losses, right, strict=True)]
    return max(apart) if not any(math.isnan(gap) for gap in apart) else float("inf")


def _changed(task: Given, drawn: torch.Generator) -> Given:
    """The same with each number changed by up to `ULPS` units in the last place."""
    X, *start = (  # the lab's own name
        values * (1 + ULPS * 2.0**-23 * (2 * torch.rand(values.shape, generator=drawn) - 1))
        for values in (task.X, *task.start)
    )
    return Given(X, task.y, start)
