"""Library objects that a suite may have made in a child: modules of `torch.nn`, by dotted name.

A function that takes a module (`final_hidden(module, x)`) needs one that lives where it runs. Its class is named,
never sent: what the name leads to is looked up in the child, in the library that the student's code uses too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import nn

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
