"""What `autograder calibrate` runs for lab 4: trainings of the pool, right and wrong ones, judged as in the suite.

A run is one training of one pair of the pool, whose start weights and inputs are each changed by up to `ULPS` units
in the last place, judged on `HELD_OUT` fresh rows. The changes are larger than what equivalent implementations
differ by, so they stand for those; the implementations that students write are run as well, beside them.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import torch

from autograder.suite import Experiment, Outcome, Runs

from . import ways
from .pool import (
    HELD_OUT,
    LEARNING_RATE,
    LOSS_TOLERANCE,
    TASKS,
    Pair,
    Task,
    classifier,
    data_of,
    follows,
    held_out,
    share_right,
    start_of,
)
from .replicas import Replicas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from autograder.suite import Reference

ULPS = 8
SIDE_BY_SIDE = 32  # replicas: more no longer fit the cache
EACH_WAY = 4  # runs of each equivalent implementation per pair
EACH_WRONG = 2  # runs of each wrong recipe per pair
CANDIDATES = 48
CALM_BATCHES = 8  # of replicas per candidate: a loss that jumps late may do so in one of a hundred
APART = 1.2  # in tolerances; 10 epochs at 30 steps tell it no further


def experiments(reference: Reference) -> dict[str, Experiment]:
    """One per threshold."""
    return {name: Trainings(task, reference) for name, task in TASKS.items()}


class Trainings(Experiment):
    """The trainings behind one threshold."""

    def __init__(self, task: Task, reference: Reference) -> None:
        self._task = task
        self._reference = reference
        self.what = (
            f"one training of {task.epochs} epochs of a pair of the pool, each start weight and each input changed by "
            f"up to {ULPS} units in the last place; passes if the first {task.compared} losses are the reference's "
            f"within {LOSS_TOLERANCE:g} and the accuracy on {HELD_OUT} held-out rows reaches the threshold"
        )
        self.conditions = {
            "classifier": task.kind.classifier,
            "seq_len": task.seq_len,
            "label_from": task.label_from,
            "epochs": task.epochs,
            "losses_compared": task.compared,
            "loss_tolerance": LOSS_TOLERANCE,
            "held_out_rows": HELD_OUT,
            "pool": [list(pair) for pair in task.pool],
        }

    def correct(self, runs: int) -> dict[str, Runs]:
        """`runs` perturbed trainings side by side, and a few of each implementation that a student may write."""
        found = {"written out, side by side": Runs(runs, functools.partial(self._side_by_side, runs))}
        for name, way in ways.EQUIVALENT.items():
            found[name] = self._one_by_one(way, EACH_WAY)
        return found

    def wrong(self) -> dict[str, Runs]:
        """Trainings that must not pass."""
        return {name: self._one_by_one(way, EACH_WRONG) for name, way in ways.WRONG.items()}

    def choose(self) -> list[tuple[int, ...]]:
        """The pairs for a new pool: every replica right, AdamW told apart; of these the calmest."""
        rated = []
        for candidate in range(CANDIDATES):
            pair = Pair(1000 + candidate, 5000 + candidate)
            worst, restless = self._calm(pair, 1000 * candidate)
            rated.append((-worst, not self._tells_apart(pair), restless, pair))
        return [pair for *_, pair in sorted(rated)[:8]]

    def _calm(self, pair: Pair, seed: int) -> tuple[float, float]:
        """Of replicas of a pair: the lowest accuracy, and how restless the losses are.

        Restless is what the compared losses differ by, in tolerances, or the highest loss of the last quarter: a
        training whose loss jumps up once more may end on the jump.
        """
        worst, restless = 1.0, 0.0
        for batch in range(CALM_BATCHES):
            X, y, weights = self._perturbed([pair] * SIDE_BY_SIDE, seed + batch)  # the lab's own name
            replicas = Replicas(weights, X, y)
            losses = replicas.train(self._task.epochs, LEARNING_RATE)
            spread = float((losses.amax(1) - losses.amin(1))[: self._task.compared].max())
            late = float(losses[self._task.epochs * 3 // 4 :].max())
            restless = max(restless, spread / LOSS_TOLERANCE, late)
            worst = min(worst, float(replicas.accuracy(*self._held_out(seed + batch)).min()))
        return worst, restless

    def _tells_apart(self, pair: Pair) -> bool:
        """Whether the compared losses of the mistake that comes nearest, AdamW, clearly leave the tolerance."""
        X, y = self._data(pair.data)  # the lab's own name
        given = self._task, self._reference, self._start(pair.start), X, y
        both = [way(*given)[1][: self._task.compared] for way in (ways.reference, ways.mistaken("AdamW for Adam"))]
        apart = max(abs(a - b) for a, b in zip(*both, strict=True))
        return bool(apart > APART * LOSS_TOLERANCE)

    def _side_by_side(self, runs: int, done: int) -> Iterator[list[Outcome]]:
        for batch in range(-(-done // SIDE_BY_SIDE), -(-runs // SIDE_BY_SIDE)):
            size = min(SIDE_BY_SIDE, runs - batch * SIDE_BY_SIDE)
            pairs = [self._task.pool[number % len(self._task.pool)] for number in range(size)]
            X, y, weights = self._perturbed(pairs, batch)  # the lab's own name
            replicas = Replicas(weights, X, y)
            losses = replicas.train(self._task.epochs, LEARNING_RATE).T.tolist()
            right = replicas.accuracy(*self._held_out(batch)).tolist()
            yield [
                Outcome(follows(own, self._losses(pair), self._task.compared), accuracy)
                for own, pair, accuracy in zip(losses, pairs, right, strict=True)
            ]

    def _one_by_one(self, way: ways.Way, each: int) -> Runs:
        return Runs(each * len(self._task.pool), functools.partial(self._singly, way, each))

    def _singly(self, way: ways.Way, each: int, done: int) -> Iterator[list[Outcome]]:
        for number in range(each):
            for place, pair in enumerate(self._task.pool):
                if number * len(self._task.pool) + place < done:
                    continue
                X, y, weights = self._perturbed([pair], 10_000_000 + number)  # the lab's own name
                model, losses = way(self._task, self._reference, [weight[0] for weight in weights], X[0], y[0])
                judged = classifier(self._reference, self._task.kind, model)
                accuracy = share_right(judged, *self._held_out(10_000_000 + number))
                yield [Outcome(follows(losses, self._losses(pair), self._task.compared), accuracy)]

    def _perturbed(self, pairs: list[Pair], seed: int) -> tuple[torch.Tensor, torch.Tensor, list[torch.Tensor]]:
        generator = torch.Generator().manual_seed(seed)
        data = [self._data(pair.data) for pair in pairs]
        starts = [self._start(pair.start) for pair in pairs]
        X = _changed(torch.stack([x for x, _ in data]), generator)  # the lab's own name
        weights = [_changed(torch.stack(parts), generator) for parts in zip(*starts, strict=True)]
        return X, torch.stack([y for _, y in data]), weights

    def _held_out(self, number: int) -> tuple[torch.Tensor, torch.Tensor]:
        return held_out(self._task, 2**31 + number)

    @functools.cached_property
    def _data(self) -> Callable[[int], Any]:
        return functools.cache(lambda seed: data_of(self._task, seed, self._reference))

    @functools.cached_property
    def _start(self) -> Callable[[int], Any]:
        return functools.cache(lambda seed: start_of(self._task, seed))

    @functools.cached_property
    def _losses(self) -> Callable[[Pair], list[float]]:
        """The reference's own losses of a pair, unchanged in any bit."""

        def train(pair: Pair) -> list[float]:
            X, y = self._data(pair.data)  # the lab's own name
            return ways.reference(self._task, self._reference, self._start(pair.start), X, y)[1]

        return functools.cache(train)


def _changed(values: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Each number changed by up to `ULPS` units in the last place."""
    return values * (1 + ULPS * 2.0**-23 * (2 * torch.rand(values.shape, generator=generator) - 1))
