"""Judging `build_dataset` of lab 4: structure first, then the draws against the reference's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import numpy as np

from autograder.mistakes.lab4_dataset_recipes import MISTAKES
from autograder.mistakes.lab4_pool import seeded
from autograder.sandbox.values import Array
from autograder.suite.failures import StudentFailure
from autograder.suite.stages import fail, name

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.suite.reference import Reference
    from autograder.suite.student import Student

    Made = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]


class Draw(NamedTuple):
    """One call: the seed before it and its arguments; the defaults are the lab's."""

    seed: int
    n: int = 160
    seq_len: int = 10
    label_from: str = "first"

    @property
    def args(self) -> tuple[Any, ...]:
        """Nothing where all are the defaults."""
        return () if self[1:] == Draw(0)[1:] else self[1:]


def random_draw(draw: np.random.Generator, label_from: str = "first", **fixed: int) -> Draw:
    """A call with random sizes, all different."""
    sizes = {"n": int(draw.integers(17, 40)), "seq_len": int(draw.integers(4, 12))} | fixed
    return Draw(int(draw.integers(2**31)), sizes["n"], sizes["seq_len"], label_from)


def ask(student: Student, call: Draw) -> Made:
    """The student's data for one seeded call, its structure judged."""
    student.seed(call.seed)
    return structure(student.build_dataset(*call.args), call.n, call.seq_len)


def structure(answer: Any, n: int, seq_len: int) -> Made:  # noqa: ANN401  # plain data
    """X and y of a returned pair; fails by stages: pair, tensors, shapes, dtypes."""
    if not isinstance(answer, list) or len(answer) != 2:
        fail(f"`build_dataset` should return the pair X, y, but returned {name(answer)}.", expected="X, y", got=answer)
    parts = []
    for label, part in zip(("X", "y"), answer, strict=True):
        if not isinstance(part, Array) or part.kind != "tensor":
            fail(f"{label} should be a tensor, but is {name(part)}.", got=part, mistake="not a tensor")
        parts.append(part)
    _shapes(parts[0], parts[1], n, seq_len)
    return parts[0].numpy(), parts[1].numpy()


def _shapes(X: Array, y: Array, n: int, seq_len: int) -> None:  # noqa: N803  # the lab's own name
    wanted = (n, seq_len, 1)
    if X.shape != wanted:
        mistake = {
            (n, seq_len): "feature axis missing",
            (seq_len, n, 1): "batch and time swapped",
            (n, 1, seq_len): "time and feature axes swapped",
            (n * seq_len, 1): "rows glued end to end",
            (n * seq_len,): "rows glued end to end",
        }.get(X.shape)
        if len(X.shape) == 3 and X.shape[0] in {n, 160} and X.shape[1] in {seq_len, 10}:
            fail(
                f"X has shape {X.shape}, but {wanted} is expected: take the sizes from `n` and `seq_len`.",
                mistake="size typed in",
            )
        fail(
            f"X has shape {X.shape}, but (n, seq_len, 1) = {wanted} is expected"
            f"{': torch.stack puts rows of shape (seq_len, 1) side by side' if mistake else ''}.",
            expected=f"X of shape {wanted}",
            got=f"X of shape {X.shape}",
            mistake=mistake,
        )
    if y.shape != (n,):
        fail(
            f"y has shape {y.shape}, but (n,) = ({n},) is expected: one label per row.",
            got=f"y of shape {y.shape}",
            mistake="y with an extra axis" if y.shape == (n, 1) else None,
        )
    if X.dtype != "float32":
        fail(f"X is {X.dtype}, but float32 is expected.", got=X.dtype, mistake="X of another dtype")
    if y.dtype != "int64":
        fail(
            f"y is {y.dtype}, but int64 is expected: labels are class numbers, and cross-entropy asks for them so.",
            got=y.dtype,
            mistake="y as float" if y.dtype.startswith("float") else "y of another dtype",
        )


def wanted(call: Draw, reference: Reference) -> Made:
    """What the reference draws."""
    with seeded(call.seed):
        X, y = reference.build_dataset(call.n, call.seq_len, call.label_from)  # noqa: N806  # the lab's own name
    return X.numpy(), y.numpy()


def same(a: Made, b: Made) -> bool:
    """The same draws: 1e-6 leaves room for a rounding, no other draw comes that near."""
    return bool(np.array_equal(a[1], b[1])) and bool(np.allclose(a[0], b[0], rtol=0, atol=1e-6))


def judge(student: Student, calls: list[Draw], reference: Reference) -> None:
    """Make the calls, compare with the reference's draws and name the mistake."""
    got = [ask(student, call) for call in calls]
    right = [wanted(call, reference) for call in calls]
    if all(same(mine, theirs) for mine, theirs in zip(right, got, strict=True)):
        return
    first = [wanted(call._replace(label_from="first"), reference) for call in calls]
    if all(same(mine, theirs) for mine, theirs in zip(first, got, strict=True)):
        fail('With "last" your data are those of "first": look at `label_from`.', mistake="label_from ignored")
    for label, (message, recipe) in MISTAKES.items():
        if all(_fits(recipe, call, theirs) for call, theirs in zip(calls, got, strict=True)):
            fail(message, mistake=label)
    if calls[0].n > 1 and same(ask(student, calls[0]._replace(seed=calls[0].seed + 1)), got[0]):
        _seeds_inside()
    for (X, y), theirs in zip(right, got, strict=True):  # noqa: N806  # the lab's own name
        _by_parts(X, y, *theirs)
    fail(
        "The data have the right form, but other values than the lab's draws give: for each row in turn, first one "
        "`torch.rand(1)` for the sign, then `torch.randn(seq_len, 1) * 0.25` for the noise, and nothing else is drawn.",
        mistake="other draws",
    )


def _by_parts(X: Any, y: Any, got_x: Any, got_y: Any) -> None:  # noqa: ANN401, N803  # arrays
    """Which part is wrong where no recipe fits both."""
    if not np.isin(got_y, (0, 1)).all():
        fail("y should hold 0 and 1 only: 1 where the signal is +1, else 0.", mistake="labels other than 0 and 1")
    if np.allclose(X, got_x, rtol=0, atol=1e-6) and not np.array_equal(y, got_y):
        fail("X is right, but y does not say which rows carry +1.0: y is 1 for +1.0, else 0.", mistake="wrong labels")
    place = np.abs(np.abs(X[0, :, 0]) - 1).argmin()
    if np.allclose(got_x[:, place], X[:, place]) and got_x.shape[1] > 1:
        noise, ours = np.delete(got_x, place, 1), np.delete(X, place, 1)
        scale = float((noise * ours).sum() / (ours * ours).sum())
        if np.allclose(noise, scale * ours, atol=1e-6):
            fail(f"The noise is scaled by {0.25 * scale:.3g} instead of 0.25.", mistake="noise scale")


def _fits(recipe: Callable[..., tuple[Any, Any]], call: Draw, got: Made) -> bool:
    place = 0 if call.label_from == "first" else -1
    try:
        with seeded(call.seed):
            X, y = recipe(call.n, call.seq_len, place)  # noqa: N806  # the lab's own name
    except (IndexError, RuntimeError):  # it has no second place to put the signal
        return False
    return same((X.numpy(), y.numpy()), got)


def _seeds_inside() -> NoReturn:
    fail(
        "Whatever the seed, your data are the same: `build_dataset` seeds the generator itself. It draws; seeding is "
        "the caller's business.",
        mistake="seeds inside",
    )


def judge_refusal(student: Student, word: str) -> None:
    """`label_from=word` raises ValueError, and the two right words don't."""
    for right in ("first", "last"):
        structure(student.build_dataset(4, 3, right), 4, 3)
    try:
        student.build_dataset(4, 3, word)
    except StudentFailure as failure:
        if failure.status != "error":
            raise
        if "ValueError" in failure.kinds:
            return
        kind = failure.raised if failure.raised in _USUAL_INSTEAD else "something else"
        fail(
            f"Another `label_from` than the two should raise ValueError, but raises {kind}.",
            mistake="another exception than ValueError",
        )
    fail("Another `label_from` than the two is accepted; it should raise ValueError.", mistake="no ValueError")


_USUAL_INSTEAD = {"AssertionError", "Exception", "KeyError", "NameError", "TypeError", "UnboundLocalError"}


def judge_continuation(student: Student, reference: Reference, call: Draw) -> None:
    """Of two calls after one seed the second goes on in the generator's stream."""
    first = ask(student, call)
    second = structure(student.build_dataset(*call.args), call.n, call.seq_len)
    with seeded(call.seed):
        reference.build_dataset(*call.args)
        X, y = reference.build_dataset(*call.args)  # noqa: N806  # the lab's own name
    if same(second, (X.numpy(), y.numpy())):
        return
    if same(first, second):
        _seeds_inside()
    fail(
        "After your first call the generator stands elsewhere than after the lab's draws: something more is drawn, or "
        "the generator is seeded or put back. What is drawn next, say a model's start weights, changes with it.",
        mistake="generator left elsewhere",
    )
