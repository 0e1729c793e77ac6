"""Modules of torch's own that a suite hands to a function: made in the child for the student's, and here for programs.

A row of a judge may hold one among its arguments: then nothing but the function that is asked can be to blame.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from autograder.sandbox.torch_modules import construct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torch import nn

    from autograder.suite.failures import StudentObject
    from autograder.suite.student import Student


@dataclass(frozen=True, eq=False)
class LibraryModule:
    """A module by its class' name and arguments; `parts`, each a name and arguments, are handed to it after `args`.

    `weights` are tensors for its parameters, in the module's own order; without them the generator gives them.
    """

    class_name: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[tuple[Any, ...], ...] = ()
    weights: tuple[Any, ...] = ()

    def make_in_child(self, student: Student) -> StudentObject:
        """Make the module in the student's process, and return a handle on it; raises `StudentFailure`."""
        return student.make(self.class_name, *self.args, parts=self.parts, weights=self.weights, **self.kwargs)

    def make_here(self) -> nn.Module:
        """Make the same module in this process."""
        parts = [construct(name, list(args), {}) for name, *args in self.parts]
        module = construct(self.class_name, [*self.args, *parts], dict(self.kwargs))
        return load(module, self.weights) if self.weights else module


def load(module: nn.Module, weights: Sequence[Any]) -> nn.Module:
    """Load copies of the tensors `weights` into `module`, in its own order; raises `ValueError` for more or fewer."""
    import torch

    with torch.no_grad():
        for own, given in zip(module.parameters(), weights, strict=True):
            own.copy_(given)
    return module


def argument_in_child(student: Student, value: Any) -> Any:
    """An argument as the student's function is to get it."""
    return value.make_in_child(student) if isinstance(value, LibraryModule) else value


def argument_here(value: Any) -> Any:
    """An argument as a program is to get it: a copy, so that nothing it does to it is seen elsewhere."""
    return value.make_here() if isinstance(value, LibraryModule) else copy.deepcopy(value)
