"""Lab 4's accuracy thresholds: the student's `train` on a pool's pair, judged on what it left in the weights.

Start weights are copied into the student's classifier, `train` runs in the child, its losses must follow the
reference's, and the weights it left are loaded into the reference's classifier: that one is judged, here, on data
that the child never sees. Reference trainings are done once per batch and pair.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

import torch

from autograder.errors import GraderError
from autograder.mistakes.lab4_pool import (
    HIDDEN,
    LEARNING_RATE,
    TASKS,
    Pair,
    Task,
    classifier,
    data_of,
    follows,
    held_out,
    seeded,
    share_right,
    start_of,
)
from autograder.mistakes.lab4_stand_in import POOL
from autograder.mistakes.lab4_training import history_of
from autograder.mistakes.lab4_weights import GRU, made, order_in
from autograder.suite.shared_cache import once_per_batch
from autograder.suite.stages import fail

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from autograder.suite.reference import Reference
    from autograder.suite.student import Student

LAB_LOG = """\
memory epoch=01 loss=0.7465 acc=0.431
memory epoch=20 loss=0.6691 acc=0.569
memory epoch=40 loss=0.0023 acc=1.000
memory epoch=60 loss=0.0001 acc=1.000
memory epoch=80 loss=0.0001 acc=1.000
final_acc 1.0
"""
LAB_SEED = 42
torch.set_num_threads(1)  # as in the child: two beside other load take several times as long


class Oracle(NamedTuple):
    """What the reference does with one pair."""

    X: torch.Tensor
    y: torch.Tensor
    start: list[torch.Tensor]
    losses: list[float]


def oracle(task: Task, pair: Pair, reference: Reference) -> Oracle:
    """Data, start and the reference's losses of a pair."""
    return Oracle(*_given(task, pair, reference), _losses(task, pair, reference))


@functools.cache
def _given(task: Task, pair: Pair, reference: Reference) -> tuple[torch.Tensor, torch.Tensor, list[torch.Tensor]]:
    return *data_of(task, pair.data, reference), start_of(task, pair.start)


@once_per_batch
def _losses(task: Task, pair: Pair, reference: Reference) -> list[float]:
    X, y, start = _given(task, pair, reference)  # noqa: N806  # the lab's own name
    model = classifier(reference, task.kind, start)
    history = reference.train(model, X, y, epochs=task.epochs, lr=LEARNING_RATE)
    return [float(row["loss"]) for row in history]


def judge(
    name: str,
    student: Student,
    reference: Reference,
    draw: np.random.Generator,
    thresholds: dict[str, float],
    *,
    reached: Callable[[str, float], None],
) -> None:
    """One threshold; fails if the losses stray from the reference's or the accuracy stays below it."""
    task = TASKS[name]
    if name not in thresholds:
        raise GraderError(f"course.yml has no threshold {name!r} for this assignment: add it under `thresholds:`")
    right = oracle(task, task.pool[int(draw.integers(len(task.pool)))], reference)
    student.seed(int(draw.integers(2**31)))
    model = made(student, task.kind)
    order = order_in(model.weights(), task.kind, HIDDEN)
    model.set_weights([right.start[place] for place in order])
    answer = student.train(model, right.X, right.y, epochs=task.epochs, lr=LEARNING_RATE)
    losses = [entry["loss"] for entry in history_of(answer, task.epochs)]
    if not follows(losses, right.losses, task.compared):
        epoch = next(n for n in range(1, task.compared + 1) if not follows(losses[:n], right.losses, n))
        fail(
            f"From epoch {epoch} on, the losses that `train` returned are not those of this training: start weights "
            f"and data are the grader's, so each loss has one right value.",
            mistake="losses of another training",
        )
    trained = [array.numpy() for _, array in model.weights()]
    if [array.shape for array in trained] != [tuple(right.start[place].shape) for place in order]:
        fail("After `train` the model has other weights than before it.", mistake="other weights left")
    ordered = [trained[order.index(place)].astype("float32") for place in range(len(order))]
    judged = classifier(reference, task.kind, [torch.from_numpy(array) for array in ordered])
    accuracy = share_right(judged, *held_out(task, int(draw.integers(2**31))))
    reached(name, accuracy)
    if not accuracy >= thresholds[name]:
        fail(
            f"On sequences that it has never seen, the model that `train` left behind is right in {accuracy:.1%} of "
            f"cases; at least {thresholds[name]:.0%} is asked for.",
            mistake="trained weights lost",
        )


@once_per_batch
def lab_log(reference: Reference) -> str:
    """What `memory_lab` prints over the reference's functions on this machine."""
    with seeded(LAB_SEED):
        X, y = reference.build_dataset()  # noqa: N806  # the lab's own name
        model = reference.GRUClassifier()
        history = reference.train(model, X, y)
    lines = [
        f"memory epoch={row['epoch']:02d} loss={float(row['loss']):.4f} acc={float(row['acc']):.3f}"
        for row in history
        if row["epoch"] == 1 or row["epoch"] % 20 == 0
    ]
    return "\n".join([*lines, f"final_acc {round(float(reference.accuracy(model, X, y)), 3)}"]) + "\n"


def judge_log(student: Student, reference: Reference, draw: np.random.Generator, note: Callable[[str], None]) -> None:
    """What `memory_lab` prints over the student's functions: the lesson's log, or else this machine's own."""
    expected = lab_log(reference)
    if expected != LAB_LOG:
        note("this machine's reference prints other numbers than the lesson: the reference's own bind")
    printed = student.printed("memory_lab", overlay=["build_dataset", "GRUClassifier", "train", "accuracy"])
    wanted = expected.splitlines()
    got = [line for line in printed.splitlines() if line.startswith(("memory epoch=", "final_acc "))]
    line = next((n for n, pair in enumerate(zip(got, wanted, strict=False)) if pair[0] != pair[1]), None)
    if line == 0 or not got:
        fail(f"The log of memory_lab does not begin with “{wanted[0]}”.", mistake="other log")
    if line is not None or len(got) != len(wanted):
        fail(
            f"The log of memory_lab begins right, but goes on otherwise than “{wanted[min(line or 1, len(got) - 1)]}”. "
            f"memory_lab calls train(model, X, y) without more: are its defaults epochs=80 and lr=0.03?",
            mistake="other defaults",
        )
    _expect_no_typing_in(student, reference, LAB_SEED + 1 + int(draw.integers(POOL)))


@once_per_batch
def _other_log(reference: Reference, seed: int) -> list[float]:
    """The reference's losses in three epochs on 24 rows, all drawn from `seed`."""
    with seeded(seed):
        X, y = reference.build_dataset(24)  # noqa: N806  # the lab's own name
        model = reference.GRUClassifier()
        return [float(row["loss"]) for row in reference.train(model, X, y, epochs=3)]


def _expect_no_typing_in(student: Student, reference: Reference, seed: int) -> None:
    """With another seed the same calls follow the reference too, so the log's numbers come from a training."""
    right = _other_log(reference, seed)
    student.seed(seed)
    data = student.build_dataset(24)
    if not isinstance(data, list) or len(data) != 2:
        fail("`build_dataset` gave a pair in memory_lab, and something else in the next call.")
    history = history_of(student.train(made(student, GRU), *data, epochs=3), 3)
    if not follows([row["loss"] for row in history], right, 3):
        fail(
            "The log is the lab's, but with another seed your functions give other losses than the lab's functions do: "
            "its numbers should come from the training.",
            mistake="numbers typed in",
        )
