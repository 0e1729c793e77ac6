"""Hidden suite of lab6_attention: scaled dot-product attention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from autograder.suite.stages import Array, check, fail, name

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from autograder.suite.reference import Reference
    from autograder.suite.student import Student

TABLE = """\
attention_lab
share 1  0.7679
share 2  0.1867
share 3  0.0454
"""


def scores(q: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
    """Likeness of queries and keys, scaled."""
    return (q @ k.T).div(q.shape[1] ** 0.5)


MISTAKES: dict[str, tuple[str, Callable[..., torch.Tensor]]] = {
    "no scaling": (
        "Your shares are too sharp: divide by the square root of d before the softmax.",
        lambda q, k, v: torch.softmax(q @ k.T, 1) @ v,
    ),
    "softmax over queries": (
        "Your softmax runs over the queries: the shares of one query have to add up to 1.",
        lambda q, k, v: torch.softmax(scores(q, k), 0) @ v,
    ),
    "no softmax": ("The softmax is missing: shares lie between 0 and 1.", lambda q, k, v: scores(q, k) @ v),
    "scaled by d": (
        "You divide by d itself; it is the square root of d.",
        lambda q, k, v: torch.softmax(q @ k.T / q.shape[1], 1) @ v,
    ),
}


@check(
    cell="attention",
    points=2,
    title="The printed shares",
    hint="Run attention_lab() and compare with the expected output in the lab: the three shares add up to 1.",
    visible=True,
)
def test_printed_shares(student: Student) -> None:
    """The lab's own copy of attention_lab prints the table over the student's attention."""
    printed = student.printed("attention_lab", overlay=["attention"])
    if printed != TABLE:
        fail("attention_lab prints other shares.", expected=TABLE, got=printed)


@check(
    cell="attention",
    points=4,
    title="Other queries, keys and values",
    hint="Check the shape of each product: (n, d) times (d, m) gives a share for each query and key.",
)
def test_values(student: Student, reference: Reference, draw: np.random.Generator) -> None:
    """Random tensors of sizes that all differ agree with the reference."""
    for n, m, d, e in ((3, 4, 5, 2), (1, 6, 2, 3), (4, 1, 3, 5)):
        q, k, v = (torch.tensor(draw.normal(size=size), dtype=torch.float32) for size in ((n, d), (m, d), (m, e)))
        found = tensor(student.attention(q, k, v), (n, e))
        if torch.allclose(found, reference.attention(q, k, v), rtol=1e-5, atol=1e-5):
            continue
        for mistake, (message, recipe) in MISTAKES.items():
            if torch.allclose(found, recipe(q, k, v), rtol=1e-5, atol=1e-5):
                fail(message, mistake=mistake)
        fail("The shape is right, the numbers are not.")


def tensor(value: Any, shape: tuple[int, ...]) -> torch.Tensor:  # noqa: ANN401  # plain data
    """The student's tensor; fails where it is none, or of another shape."""
    if not isinstance(value, Array) or value.shape != shape:
        fail(f"`attention` should return a tensor of shape {shape}, but returned {name(value)}.")
    return torch.from_numpy(value.numpy().copy())
