"""Lab 4's accuracy thresholds: the student's `train` on a pool's pair, judged on what it left in the weights.

Start weights are copied into the student's classifier, `train` runs in the child, its losses must follow the
reference's, and the weights it left are loaded into the reference's classifier: that one is judged, here, on data
that the child never sees. Reference trainings are done once per batch and pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from autograder.suite import StudentObject, fail, if_shown, matched, once_per_batch, pooled, seed_of

from .losses import Oracle, are_of_a_mistake, oracle
from .pool import (
    GRU,
    HIDDEN,
    LEARNING_RATE,
    TASKS,
    Kind,
    Task,
    classifier,
    follows,
    held_out,
    seeded,
    share_right,
)
from .rows import POOL

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from autograder.suite import HistoryJudge, Mistake, ModuleJudge, Reference, Student

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


def judge(
    name: str,
    judges: tuple[HistoryJudge, ModuleJudge],
    student: Student,
    reference: Reference,
    draw: np.random.Generator,
    *,
    thresholds: dict[str, float],
    reached: Callable[[str, float], None],
) -> None:
    """One threshold; fails if the losses stray from the reference's or the accuracy stays below it.

    Losses that are wrong on a stand-in already, or come from a classifier that is, cost no more where a known mistake
    gives the very same ones and learns enough, and the weights that `train` left reach the accuracy. Any other losses
    prove no training: the weights may have been written down.
    """
    task, (training, logits) = TASKS[name], judges
    right = oracle(task, task.pool[int(draw.integers(len(task.pool)))], reference)
    student.seed(int(draw.integers(2**31)))
    model, start, order = _made(student, task.kind)
    for place, own in enumerate(order):
        start[own] = right.start[place]
    model.set_weights(start)
    answer = student.train(model, right.X, right.y, epochs=task.epochs, lr=LEARNING_RATE)
    losses = training.numbers(answer, "loss")
    weights = _weights_of(model, order, task.kind)
    judged = classifier(reference, task.kind, weights)
    accuracy = share_right(judged, *held_out(task, int(draw.integers(2**31))))
    if not follows(losses, right.losses, task.compared) or len(losses) != task.epochs:
        causes = [training.failing(student, reference, key) for key in ("loss", "epoch")]
        cause = next(filter(None, [*causes, logits.failing(student, reference, "logits")]), None)
        proved = accuracy >= thresholds[name] and are_of_a_mistake(
            losses, judges, student, reference, (task, right, thresholds[name])
        )
        _strayed(losses, right, task, cause if proved else None, training.sign(student, reference))
    reached(name, accuracy)
    if not accuracy >= thresholds[name]:
        share = if_shown(f"{accuracy:.1%}", _roughly(accuracy))
        fail(
            f"On sequences that it has never seen, the model that `train` left behind is right in {share} of cases; "
            f"at least {thresholds[name]:.0%} is asked for.",
            mistake="trained weights lost",
        )


def _roughly(accuracy: float) -> str:
    """One of few: weights can be chosen so that they are right in any share."""
    return "half" if accuracy < 0.6 else "two thirds" if accuracy < 0.75 else "most, but too few,"


def _strayed(losses: list[float], right: Oracle, task: Task, cause: str | None, sign: Mistake | None) -> None:
    """Fail for losses that are not the reference's; `cause` is charged for them already, `sign` shows in the text."""
    first = next(
        n for n in range(1, task.epochs + 2) if n > len(losses) or not follows(losses[:n], right.losses[:n], n)
    )
    fewer = len(losses) < task.epochs
    words = (
        f"`train` was asked for {task.epochs} epochs, and its list has "
        f"{if_shown(len(losses), 'fewer' if fewer else 'more')} entries."
        if len(losses) != task.epochs
        else f"From {if_shown(f'epoch {first}', _when(first))} on, the losses that `train` returned are not those of "
        "this training: start weights and data are the grader's, so each loss has one right value."
    )
    if sign is not None:
        fail(f"{words} {sign.says}", mistake=sign.name, step=sign.next, because=cause, charged=cause is None)
    fail(
        words,
        mistake="stops early" if fewer else "losses of another training",
        step="Let the loop run through all epochs." if fewer else "Look for what changes while train runs.",
        because=cause,
        charged=cause is None,
    )


def _when(epoch: int) -> str:
    """One of few: losses can be made to stray from any epoch on."""
    return "the first epoch" if epoch == 1 else "the second epoch" if epoch == 2 else "a later epoch"


def _made(student: Student, kind: Kind) -> tuple[StudentObject, list[Any], list[int]]:
    """A new classifier of the student's, its weights, and where among them the lab's are.

    Its weights are asked for once: another answer may hold others.
    """
    model = getattr(student, kind.classifier)()
    if not isinstance(model, StudentObject):
        fail(f"`{kind.classifier}()` should give a module.")
    found = model.weights()
    order = matched([array.shape for _, array in found], [name for name, _ in found], kind.shapes(HIDDEN))
    if order is None:
        fail(f"{kind.classifier} holds other weights than one {kind.layer} and one linear layer.")
    return model, [array for _, array in found], order


def _weights_of(model: StudentObject, order: list[int], kind: Kind) -> list[torch.Tensor]:
    """What a training left, in the order of the lab's layers."""
    found = [array.numpy() for _, array in model.weights()]
    if len(found) <= max(order) or [found[own].shape for own in order] != kind.shapes(HIDDEN):
        fail("After `train` the model has other weights than before it.", mistake="other weights left")
    return [torch.from_numpy(found[own].astype("float32")) for own in order]


@once_per_batch
def lab_log(reference: Reference) -> str:
    """What `memory_lab` prints over the reference's functions on this machine."""
    with seeded(LAB_SEED):
        X, y = reference.build_dataset()  # the lab's own name
        model = reference.GRUClassifier()
        history = reference.train(model, X, y)
    lines = [
        f"memory epoch={row['epoch']:02d} loss={float(row['loss']):.4f} acc={float(row['acc']):.3f}"
        for row in history
        if row["epoch"] == 1 or row["epoch"] % 20 == 0
    ]
    return "\n".join([*lines, f"final_acc {round(float(reference.accuracy(model, X, y)), 3)}"]) + "\n"


def judge_log(
    training: HistoryJudge,
    student: Student,
    reference: Reference,
    draw: np.random.Generator,
    note: Callable[[str], None],
) -> None:
    """What `memory_lab` prints over the student's functions: the lesson's log, or else this machine's own."""
    expected = lab_log(reference)
    if expected != LAB_LOG:
        note("this machine's reference prints other numbers than the lesson: the reference's own bind")
    printed = student.printed("memory_lab", overlay=["build_dataset", "GRUClassifier", "train", "accuracy"])
    wanted = expected.splitlines()
    got = [line for line in printed.splitlines() if line.startswith(("memory epoch=", "final_acc "))]
    if got != wanted:
        first = next((n for n, pair in enumerate(zip(got, wanted, strict=False)) if pair[0] != pair[1]), len(got))
        words = (
            f"The log of memory_lab does not begin with “{wanted[0]}”."
            if first == 0
            else f"The log of memory_lab begins right; then “{wanted[min(first, len(wanted) - 1)]}” is expected."
        )
        cause = training.failing(student, reference, "acc")
        same = cause is not None and [_without_acc(row) for row in got] == [_without_acc(row) for row in wanted]
        fail(words, mistake="other log", because=cause if same else None, charged=not same)
    _expect_no_typing_in(training, student, reference, seed_of(pooled(draw, POOL), "log"))


def _without_acc(line: str) -> str:
    return line.partition(" acc=")[0]


@once_per_batch
def _other_log(reference: Reference, seed: int) -> list[float]:
    """The reference's losses in three epochs on 24 rows, all drawn from `seed`."""
    with seeded(seed):
        X, y = reference.build_dataset(24)  # the lab's own name
        model = reference.GRUClassifier()
        return [float(row["loss"]) for row in reference.train(model, X, y, epochs=3)]


def _expect_no_typing_in(training: HistoryJudge, student: Student, reference: Reference, seed: int) -> None:
    """With another seed the same calls follow the reference too, so the log's numbers come from a training."""
    right = _other_log(reference, seed)
    student.seed(seed)
    data = student.build_dataset(24)
    if not isinstance(data, list) or len(data) != 2:
        fail("`build_dataset` gave a pair in memory_lab, and something else in the next call.")
    losses = training.numbers(student.train(_made(student, GRU)[0], *data, epochs=3), "loss")
    if not follows(losses, right, 3):
        fail(
            "The log is the lab's, but with another seed your functions give other losses than the lab's functions do: "
            "its numbers should come from the training.",
            mistake="numbers typed in",
        )
