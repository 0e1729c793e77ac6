"""Library objects that a suite may have made in a child, modules of `torch.nn` by dotted name; and gradients.

What is here does the same in a child and in the grader. A function that takes a module (`final_hidden(module, x)`)
needs one that lives where it runs. Its class is named, never sent: what the name leads to is looked up in the child,
in the library that the student's code uses too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor, nn

PREFIX = "torch.nn."


def find_class(name: str) -> type[nn.Module]:
    """The class of modules called `name`; raises `TypeError` for whatever else it may lead to."""
    import torch

    found: Any = torch.nn if name.startswith(PREFIX) else None
    for part in name.removeprefix(PREFIX).split("."):
        found = getattr(found, part, None)
    if not (isinstance(found, type) and issubclass(found, torch.nn.Module)):
        raise TypeError(f"{name!r} is no class of modules below {PREFIX!r}")
    return found


def construct(name: str, args: list[Any], kwargs: dict[str, Any]) -> nn.Module:
    """A module of class `name`, in single precision whatever default type the student's code has set."""
    return find_class(name)(*args, **kwargs).float()


def slopes(function: Callable[..., Any], inputs: Sequence[Tensor], weighting: Sequence[Tensor]) -> list[Tensor]:
    """Return the gradients of a weighted sum of all that `function` returns; zeros where none leads to an input.

    Raises `ValueError` where it returns another number of tensors than there are in `weighting`.
    """
    import torch

    leaves = [tensor.detach().clone().requires_grad_() for tensor in inputs]
    parts = zip(weighting, _flat(function(*leaves)), strict=True)
    total: Any = sum((weights * part).sum() for weights, part in parts)
    found = torch.autograd.grad(total, leaves, allow_unused=True) if total.requires_grad else [None] * len(leaves)
    return [torch.zeros_like(leaf) if slope is None else slope for slope, leaf in zip(found, leaves, strict=True)]


def _flat(returned: Any) -> list[Any]:
    """Return the tensors of a nested tuple in a row."""
    return [part for item in returned for part in _flat(item)] if isinstance(returned, tuple | list) else [returned]


def first_of(returned: Any) -> Any:
    """Return a module's output, without the state that a recurrent layer returns beside it."""
    return returned[0] if isinstance(returned, tuple) else returned
