"""What `final_hidden` is tried on: a module and an input, made in the grader and once more in the student's process.

Both get the same weights, copied in: the lab's own seeded ones for what the student can see, random ones otherwise.
Random cases come from a small pool for each set of sizes; which one a submission meets is drawn for its code. So what
the reference and the recipes of mistakes need of a case is computed once for all submissions.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from torch import nn

if TYPE_CHECKING:
    from autograder.suite.reference import Reference
    from autograder.suite.student import Student

Matrix = np.ndarray[Any, Any]
KINDS: dict[str, type[nn.LSTM | nn.GRU]] = {"GRU": nn.GRU, "LSTM": nn.LSTM}
POOL = 8
"""Random cases for each set of sizes."""
_FIRST_SEED = 4000


@dataclass(frozen=True, eq=False)
class Case:
    """A module and an input, and what PyTorch returns for them. Each is equal to itself only."""

    module: nn.LSTM | nn.GRU
    x: torch.Tensor
    out: torch.Tensor
    h: torch.Tensor
    cell: torch.Tensor | None

    @property
    def c(self) -> torch.Tensor:
        """The LSTM's cell state; a GRU raises `IndexError`, which no recipe fits."""
        if self.cell is None:
            raise IndexError("a GRU has no c")
        return self.cell

    @property
    def words(self) -> str:
        """For messages: kind and number of layers."""
        layers = self.module.num_layers
        return f"{type(self.module).__name__} of {layers} layer{'s' * (layers > 1)}"

    def ask(self, student: Student) -> Any:  # noqa: ANN401  # plain data
        """What the student's `final_hidden` gives for the same module, made in the student's process."""
        own = self.module
        made = student.make(
            f"torch.nn.{type(own).__name__}",
            own.input_size,
            own.hidden_size,
            own.num_layers,
            batch_first=True,
            weights=[weight.detach() for weight in own.parameters()],
        )
        return student.final_hidden(made, self.x)


def _case(module: nn.LSTM | nn.GRU, x: torch.Tensor) -> Case:
    with torch.no_grad():
        out, state = module(x)
    h, c = state if isinstance(state, tuple) else (state, None)
    return Case(module, x, out, h, c)


@functools.cache
def lab_case(kind: str) -> Case:
    """One layer, as the check in the notebook makes it: the hints there speak of these very numbers."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        module = KINDS[kind](input_size=2, hidden_size=5, num_layers=1, batch_first=True)
        return _case(module, torch.randn(3, 7, 2))


class CaseSizes(NamedTuple):
    """Of a random case."""

    batch: int
    steps: int
    inputs: int
    hidden: int
    layers: int = 1


def random_case(draw: np.random.Generator, kind: str, sizes: CaseSizes) -> Case:
    """One of the pool's."""
    return _pooled(int(draw.integers(POOL)), kind, sizes)


@functools.cache
def _pooled(number: int, kind: str, sizes: CaseSizes) -> Case:
    """Weights in ±0.8: large enough that layers, steps, h and c all differ, small enough that no state saturates."""
    draw = np.random.default_rng([_FIRST_SEED + number, *sizes])
    module = KINDS[kind](sizes.inputs, sizes.hidden, sizes.layers, batch_first=True)
    with torch.no_grad():
        for weight in module.parameters():
            weight.copy_(torch.from_numpy(draw.uniform(-0.8, 0.8, tuple(weight.shape))))
    x = draw.standard_normal((sizes.batch, sizes.steps, sizes.inputs))
    return _case(module, torch.from_numpy(x.astype(np.float32)))


@functools.cache
def wanted(case: Case, reference: Reference) -> Matrix:
    """What the reference returns."""
    found: Matrix = reference.final_hidden(case.module, case.x).detach().numpy()
    return found


def agree(got: Matrix, wanted: Matrix) -> bool:
    """Shape first, then rtol 1e-5 + atol 1e-5: broadcasting must not help."""
    return got.shape == wanted.shape and bool(np.allclose(got, wanted, rtol=1e-5, atol=1e-5))
