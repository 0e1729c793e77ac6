"""Lab 6's task as the suite trains on it: a small pool of data and start weights, and fresh rows to judge with.

A training from a start of its own would be a matter of luck (lesson: with the usual start 23 of 120 fail). So start
and data come from a pool, chosen and proved by `autograder calibrate`, with gates that start by keeping. Fewer rows,
steps and epochs than the lab's are enough to tell a model that remembers from one that does not.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

import torch
import torch._dynamo  # an optimizer's first step would: here, the warm server is still at its own imports

from autograder.suite import load, seed_of

from .rows import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.suite import Reference

ROWS, STEPS, HIDDEN = 96, 12, 16
LEARNING_RATE, CLIP = 0.02, 1.0
SHORT = 10
"""Epochs whose losses are compared: later ones drift apart in equivalent code (lesson)."""
LONG = 60
"""Epochs until the accuracy is asked for; the reference gets all fresh rows right well before."""
HELD_OUT = 400
"""Fresh rows that the weights are judged on, by the grader."""
LOSS_TOLERANCE = 5.2e-5
"""How far a loss may be from the reference's: the lesson's 5e-5, and room for noise where rounding uses that up."""
POOL = (3, 25, 31, 21, 20, 2)
"""Candidates of `autograder calibrate --choose`, by number."""
GRU = Kind("GRU")
torch.set_num_threads(1)  # as in the child: two beside other load take several times as long


class Given(NamedTuple):
    """Data, and never-trained weights in the order of the lab's two layers."""

    X: torch.Tensor
    y: torch.Tensor
    start: list[torch.Tensor]


@functools.cache
def given(number: int) -> Given:
    """Data, and a GRU whose share of old state starts near 1 (Tallec and Ollivier, 2018, as the lesson gives it)."""
    drawn = torch.Generator().manual_seed(seed_of(number, "task"))
    X, y = rows(ROWS, drawn)  # the lab's own name
    near = HIDDEN**-0.5
    shapes = [*GRU.layer(hidden_size=HIDDEN), *GRU.linear(hidden_size=HIDDEN)]
    start = [torch.empty(shape).uniform_(-near, near, generator=drawn) for shape in shapes]
    start[2].zero_()
    start[3].zero_()
    start[2][HIDDEN : 2 * HIDDEN] = torch.empty(HIDDEN).uniform_(1, STEPS - 1, generator=drawn).log()
    return Given(X, y, start)


def rows(n: int, drawn: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Marked bits, X (n, STEPS, 2) and y (n,), drawn all at once: nothing compares these draw by draw."""
    y = torch.randint(0, 2, (n,), generator=drawn)
    place = torch.randint(0, STEPS // 2, (n,), generator=drawn)
    X = torch.zeros(n, STEPS, 2)  # the lab's own name
    X[:, :, 0] = torch.randint(0, 2, (n, STEPS), generator=drawn) * 2 - 1
    X[torch.arange(n), place] = torch.stack([2.0 * y - 1, torch.ones(n)], dim=1)
    return X, y


def held_out(seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Fresh rows, which no child ever sees."""
    return rows(HELD_OUT, torch.Generator().manual_seed(seed))


def share_right(reference: Reference, weights: Sequence[torch.Tensor], seed: int) -> float:
    """The share of fresh rows that the reference's model gets right with these weights."""
    model, (X, y) = load(reference.RecallModel(), weights), held_out(seed)  # the lab's own name
    with torch.no_grad():
        return float((model(X).argmax(1) == y).double().mean())
