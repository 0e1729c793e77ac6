"""A module in this process, with the face of one in a student's: both are examined by the same lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.sandbox.torch_modules import first_of
from autograder.suite.library_modules import load
from autograder.suite.variants import plain

if TYPE_CHECKING:
    from torch import nn

    from autograder.sandbox.values import Array


class ModuleHere:
    """A module in this process, used like a `StudentObject`: plain data in and out."""

    def __init__(self, module: nn.Module) -> None:
        self._module = module

    @staticmethod
    def seed(value: int) -> None:
        """Seed torch's default generator."""
        import torch

        torch.default_generator.manual_seed(value)

    def weights(self) -> list[tuple[str, Array]]:
        """Return its parameters by name, in its own order."""
        return [(name, plain(weight)) for name, weight in self._module.named_parameters()]

    def gradients(self) -> list[tuple[str, Array | None]]:
        """Return the gradients of its parameters; None where there is none."""
        return [(name, plain(weight.grad)) for name, weight in self._module.named_parameters()]

    def set_weights(self, arrays: list[Any]) -> None:
        """Copy arrays or tensors into the parameters, in its own order."""
        load(self._module, [_tensor(value) for value in arrays])

    def __call__(self, *args: Any) -> Any:
        """Call the module, and return its result as plain data."""
        return plain(self._module(*args))

    def method(self, name: str) -> None:
        """Call one of its methods."""
        getattr(self._module, name)()

    def backward(self, *args: Any) -> Any:
        """Clear the gradients, call it, run backward from the sum of what it returned; returns that."""
        self._module.zero_grad(set_to_none=True)
        out = self._module(*args)
        first_of(out).sum().backward()
        return plain(out)


def _tensor(value: Any) -> Any:
    import torch

    return value if isinstance(value, torch.Tensor) else torch.from_numpy(value.numpy().copy())
