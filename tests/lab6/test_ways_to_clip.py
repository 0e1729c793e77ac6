"""What lab 6's trainings tell apart: one way to clip from another, and no way to write the right one from another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from autograder.course.assignment import read_assignment
from autograder.course.settings import find_course
from autograder.suite import Mistake, load
from autograder.suite.loading import import_beside
from autograder.suite.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

LAB = "lab6_what_gates_are_for"
COURSE = find_course(Path(__file__).parent)
BY_HAND = (
    "slopes = [weight.grad for weight in model.parameters()]\n"
    "        norm = torch.cat([slope.flatten() for slope in slopes]).norm()\n"
    "        for slope in slopes:\n"
    "            slope.mul_((clip / norm).clamp(max=1.0))"
)
OTHERWISE = ["clipped by value", "clipped each by itself", "not clipped", "always brought to the limit"]
ALIKE = {
    "by hand": ("norm = nn.utils.clip_grad_norm_(model.parameters(), clip)", BY_HAND),
    "fused Adam": ("lr=lr)", "lr=lr, fused=True)"),
    "log-softmax written out": ("loss_function(logits, y)", "-logits.log_softmax(1)[torch.arange(len(y)), y].mean()"),
}


@pytest.fixture(scope="module")
def reference() -> Reference:
    """The solution notebook's functions."""
    torch.set_num_threads(1)
    return Reference(read_assignment(COURSE, LAB))


@pytest.fixture(scope="module")
def task() -> Any:
    """The suite's own pool of data and start weights."""
    return import_beside(COURSE.suite(LAB), "task")


def losses(task: Any, reference: Reference, train: Callable[..., Any], number: int, clip: float) -> list[float]:
    """The losses of one training of the pool, by any `train_clipped`."""
    given = task.given(number)
    model = load(reference.RecallModel(), given.start)
    history = train(model, given.X, given.y, epochs=task.SHORT, lr=task.LEARNING_RATE, clip=clip)
    return [float(entry["loss"]) for entry in history]


def on_stand_in(train: Callable[..., Any], row: Any) -> list[float]:
    """The losses of one call on a linear stand-in."""
    history = train(row.args[0].make_here(), *row.args[1:], **row.kwargs)
    return [float(entry["loss"]) for entry in history]


def furthest(first: list[float], second: list[float]) -> float:
    """The largest difference between two losses of the same epoch."""
    return max(abs(a - b) for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("name", OTHERWISE)
@pytest.mark.parametrize("rows", ["a_training", "other_limits"])
def test_another_way_to_clip_shows_on_stand_ins(name: str, rows: str, reference: Reference) -> None:
    """Whatever stand-ins a submission meets, a wrong way gives a loss that is further off than five tolerances."""
    stand_ins, judges = (import_beside(COURSE.suite(LAB), module) for module in ("stand_in", "judges"))
    entry = next(entry for entry in reference.catalogue["train_clipped"] if entry.name == name)
    train = reference.variant("train_clipped", entry)

    for seed in range(4):
        asked = getattr(stand_ins, rows)(np.random.default_rng(seed))
        apart = [
            furthest(*(on_stand_in(function, row) for function in (train, reference.train_clipped)))
            for row in asked
            if row.times == 1
        ]

        assert max(apart) > 5 * judges.LOSS_TOLERANCE


@pytest.mark.parametrize("name", ALIKE)
@pytest.mark.parametrize("clip", [0.01, 1.0])
def test_equivalent_code_stays_within_a_tenth_of_the_tolerance(
    name: str, clip: float, task: Any, reference: Reference
) -> None:
    """Over ten epochs rounding is far from costing anybody a point."""
    old, new = ALIKE[name]
    train = reference.variant("train_clipped", Mistake(name=name, says="", next="", old=old, new=new))

    apart = [
        furthest(
            losses(task, reference, train, number, clip),
            losses(task, reference, reference.train_clipped, number, clip),
        )
        for number in task.POOL
    ]

    assert max(apart) < task.LOSS_TOLERANCE / 10


def test_stand_ins_have_norms_on_both_sides_of_the_default_limit(reference: Reference) -> None:
    """With the default, 1.0, some gradients are clipped and others are not, so that both kinds of slip show."""
    stand_ins = import_beside(COURSE.suite(LAB), "stand_in")

    for number in range(stand_ins.POOL):
        row = stand_ins.stand_in(number, stand_ins.DEFAULTS).row("")
        history = reference.train_clipped(row.args[0].make_here(), *row.args[1:], epochs=10)
        norms = [float(entry["norm"]) for entry in history]

        assert min(norms) < 1 < max(norms)
