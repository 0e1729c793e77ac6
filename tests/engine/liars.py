# mypy: disable-error-code="override, assignment, unused-ignore"
"""Objects that claim to be something else, in the ways that Python, NumPy and torch offer."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch


class LyingFloat(float):
    """Claims to be 1.0 in every way that Python offers."""

    def __float__(self) -> float:
        return 1.0

    def __eq__(self, _other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 1

    def __mul__(self, _other: object) -> float:
        return 1.0

    __rmul__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__

    def __repr__(self) -> str:
        return "1.0"


class LyingInt(int):
    """Claims to be 1."""

    def __int__(self) -> int:
        return 1

    __index__ = __int__

    def __add__(self, _other: object) -> int:
        return 1


class LyingText(str):
    """Claims to be another text."""

    __slots__ = ()

    def __str__(self) -> str:
        return "right"

    def encode(self, *_args: object) -> bytes:
        """Claim."""
        return b"right"


class LyingDict(dict[str, object]):
    """Claims to hold the right answer, another one each time."""

    def __getitem__(self, _key: str) -> object:
        return 1.0

    def items(self) -> object:
        """Claim."""
        return {"right": 1.0}.items()

    keys = __iter__ = items


class LyingList(list[object]):
    """Claims to hold one right answer."""

    def __iter__(self) -> object:
        return iter([1.0])

    def __len__(self) -> int:
        return 1


class LyingTuple(tuple[object, ...]):
    """The same."""

    __slots__ = ()

    def __iter__(self) -> object:
        return iter([1.0])


class LyingArray(np.ndarray[Any, Any]):
    """Claims to be ones."""

    def __array__(self, *_args: object, **_kwargs: object) -> object:
        return np.ones(3)

    def tobytes(self, *_args: object) -> bytes:
        """Claim."""
        return np.ones(3).tobytes()

    def __eq__(self, _other: object) -> object:
        return True

    __hash__ = None


class LyingTensor(torch.Tensor):
    """Claims to be ones, through the door that torch leaves open to subclasses."""

    @classmethod
    def __torch_function__(cls, *_args: object, **_kwargs: object) -> object:
        return torch.ones(3)

    def numpy(self, *_args: object, **_kwargs: object) -> object:
        """Claim."""
        return np.ones(3)


class Impostor:
    """Says that it is a float, a dict, anything."""

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return float

    def __float__(self) -> float:
        return 1.0

    def __array__(self) -> object:
        return np.ones(3)
