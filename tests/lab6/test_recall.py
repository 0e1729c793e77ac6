"""Lab 6's threshold: a pool of starts that all get there, and replicas that train as the solution does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from autograder.course.assignment import read_assignment
from autograder.course.settings import find_course
from autograder.suite.loading import import_beside
from autograder.suite.reference import Reference

LAB = "lab6_what_gates_are_for"
COURSE = find_course(Path(__file__).parent)
EPOCHS = 8


@pytest.fixture(scope="module")
def reference() -> Reference:
    """The solution notebook's functions."""
    torch.set_num_threads(1)
    return Reference(read_assignment(COURSE, LAB))


def module(name: str) -> Any:
    """A module of the lab's own folder."""
    return import_beside(COURSE.suite(LAB), name)


@pytest.mark.parametrize("clip", [0.01, 1.0])
def test_each_replica_trains_as_the_solution_does(reference: Reference, clip: float) -> None:
    """Losses, weights and accuracy of two replicas are the solution's but for rounding, clipped or not."""
    task, tasks = module("task"), [module("task").given(number) for number in module("task").POOL[:2]]
    weights = [torch.stack(parts) for parts in zip(*(given.start for given in tasks), strict=True)]
    x, y = (torch.stack([getattr(given, name) for given in tasks]) for name in ("X", "y"))
    replicas = module("replicas").Replicas(weights, x, y)
    losses = replicas.train(EPOCHS, task.LEARNING_RATE, clip)
    shares = replicas.accuracy(*task.held_out(5))

    for number, given in enumerate(tasks):
        model = module("task").load(reference.RecallModel(), given.start)
        history = reference.train_clipped(model, given.X, given.y, epochs=EPOCHS, lr=task.LEARNING_RATE, clip=clip)
        left = list(model.parameters())

        assert losses[:, number].tolist() == pytest.approx([row["loss"] for row in history], abs=2e-6)
        for mine, own in zip(replicas.weights, left, strict=True):
            assert torch.allclose(mine[number], own, atol=1e-4)
        assert float(shares[number]) == pytest.approx(task.share_right(reference, left, 5), abs=0.006)


def test_the_reference_gets_all_fresh_rows_right_from_each_start_of_the_pool(reference: Reference) -> None:
    """With room to spare: at most one row in a hundred is wrong after the training that the suite asks for."""
    task, ways = module("task"), module("ways")

    shares = [task.share_right(reference, ways.reference(reference, task.given(n))[0], 7) for n in task.POOL]

    assert min(shares) >= 0.99
