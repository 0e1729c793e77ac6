"""The judge of functions that return an array, or several."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograder.sandbox.values import Array
from autograder.suite.answer_form import Fact
from autograder.suite.disclosure import if_shown
from autograder.suite.form_facts import DRAWS
from autograder.suite.judge import Judge
from autograder.suite.quantities import Lacking
from autograder.suite.rows import same_argument
from autograder.suite.stages import RETURN, CheckFailed, name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from autograder.suite.answer_form import Answer
    from autograder.suite.rows import Asked
    from autograder.suite.variants import Row

NOT_FINITE = "Look for a division by 0, a log of 0, or numbers that grow without end."
RTOL = ATOL = 1e-5
"""Agreement of arrays where a suite says nothing else (lesson: logits, hidden states)."""


@dataclass(frozen=True)
class ArrayForm:
    """The form of an array: its shape, that shape in the lab's letters, and, where they matter, dtype and kind."""

    shape: tuple[int, ...]
    letters: str = ""
    dtype: str = ""
    kind: str = ""  # "tensor", "ndarray" or, as they may all do, ""

    def read(self, value: Any, what: str) -> Any:
        """The array in `value`; fails by stages: an array, its kind, shape, finite numbers. Its dtype is `flaw`'s."""
        if not isinstance(value, Array) or (self.kind and value.kind != self.kind):
            found = "a NumPy array" if isinstance(value, Array) and value.kind == "ndarray" else name(value)
            step = RETURN if value is None else f"Hand back {_an(self.kind or 'array')}: one, and nothing around it."
            raise CheckFailed(f"{what} should be {_an(self.kind or 'array')}, but is {found}.", step=step)
        if (other := self.other_shape(value.shape, what)) is not None:
            raise other
        array = value.numpy()
        if not _finite(array):
            raise CheckFailed(f"{what} holds numbers that are not finite.", step=NOT_FINITE)
        return array

    def other_shape(self, shape: tuple[int, ...], what: str) -> CheckFailed | None:
        """Return the failure of an array of another shape; None where the shape is right."""
        if shape == self.shape:
            return None
        wanted = f"{self.letters} = {self.shape}" if self.letters else f"{self.shape}"
        return CheckFailed(
            f"{what} has {if_shown(f'shape {shape}', 'another shape')}, but {wanted} is expected.",
            expected=f"shape {self.shape}",
            got=f"shape {shape}",
            step="Print the shape after each line of the function, and find the line from which on it differs.",
        )

    def flaw(self, array: Any, what: str) -> CheckFailed | None:
        """Return what is wrong with the dtype of an array whose numbers may be right; None if nothing is."""
        if not self.dtype or array.dtype.name == self.dtype:
            return None
        return CheckFailed(
            f"{what} is {if_shown(array.dtype.name, 'of another type')}, but {self.dtype} is expected.",
            expected=self.dtype,
            got=array.dtype.name,
            step=f"Make {what} with dtype=torch.{self.dtype}, or take out what gives it another type.",
        )


def array_of(*shape: int, letters: str = "", dtype: str = "", kind: str = "") -> ArrayForm:
    """The form of an array; `letters` is its shape as the lab writes it, "(batch, hidden)"."""
    return ArrayForm(shape, letters, dtype, kind)


class ArraysJudge(Judge):
    """Judges a function that returns an array for each of its keys, as a sequence where there are several."""

    asks_again = False
    one_price = "function"

    def __init__(
        self,
        function: str,
        keys: Sequence[str],
        forms: Callable[..., Mapping[str, ArrayForm]],
        *,
        rtol: float = RTOL,
        atol: float = ATOL,
        **more: Any,
    ) -> None:
        """`forms`, called with a row's arguments, says what each array looks like; see `Asking` for the rest."""
        super().__init__(function, keys, **more)
        self._forms = forms
        self._rtol, self._atol = rtol, atol

    @property
    def carried(self) -> tuple[str, ...]:
        """No quantities: arrays are judged by the inputs alone."""
        return ()

    def read(self, value: Any, row: Row) -> dict[str, Any]:
        """The arrays by key, `Lacking` where one is none or has another shape; fails for no sequence of them."""
        forms = self._forms(*row.args, **row.kwargs)
        parts = [value] if len(self.keys) == 1 else value
        if not isinstance(parts, list) or len(parts) != len(self.keys):
            wanted = ", ".join(self.keys)
            raise CheckFailed(
                f"`{self.function}` should return {wanted}, but returned {name(value)}.",
                expected=wanted,
                got=name(value),
                step=RETURN if value is None else f"Write `return {wanted}`: these, in this order, and no more.",
            )
        return {key: self._array(forms[key], part, key) for key, part in zip(self.keys, parts, strict=True)}

    def _array(self, form: ArrayForm, part: Any, key: str) -> Any:
        try:
            return form.read(part, self.named(key))
        except CheckFailed as failed:
            return Lacking.of(failed)

    def flaw(self, answer: Answer, row: Row) -> Any:
        """Return what is wrong with the form of the first array that is missing or malformed, or else with a dtype."""
        forms = self._forms(*row.args, **row.kwargs)
        dtypes = (
            forms[key].flaw(array, self.named(key)) for key, array in answer.items() if not isinstance(array, Lacking)
        )
        return super().flaw(answer, row) or next(filter(None, dtypes), None)

    def same(self, got: Any, wanted: Any) -> bool:
        """Tell whether two arrays have one shape and agree in each number."""
        return near(got, wanted, self._rtol, self._atol)

    def as_returned(self, answer: Answer) -> Any:
        """The arrays as tensors, which is what notebooks go on with."""
        import torch

        found = [torch.from_numpy(answer[key].copy()) for key in self.keys]
        return found[0] if len(found) == 1 else tuple(found)

    def named(self, key: str) -> str:
        """The array, or the function's result."""
        return key if len(self.keys) > 1 else f"`{self.function}`'s result"

    def shown(self, key: str, value: Any) -> str:
        """Show the array's shape and its first six numbers."""
        numbers = ", ".join(f"{number:.4f}" for number in value.flatten()[:6].tolist())
        return f"{key} of shape {value.shape}: {numbers}" + (", …" if value.size > 6 else "")

    def general(self, key: str, rows: Sequence[Row], got: Sequence[Answer], text: str) -> Fact | None:
        """Tell why two rows that differ in their seed alone have the same answer: it seeds, or it remembers."""
        for (first, mine), (second, other) in _pairs(rows, got):
            alike = same_argument(*([row.args, row.kwargs, row.times] for row in (first, second)))
            if alike and first.seed != second.seed and self.same(mine[key], other[key]):
                return self._whatever_the_seed(key, text)
        return None

    def _whatever_the_seed(self, key: str, text: str) -> Fact:
        what = f"what `{self.function}` gives" if len(self.keys) == 1 else f"{self.named(key)} of `{self.function}`"
        same = f"Whatever the seed, {what} is the same"
        if re.search(r"^@.*\b(?:lru_)?cache\b", text, re.MULTILINE):
            says = f"{same}: a decorator keeps its answers and hands them out again, so that nothing new is drawn."
            return Fact("answers kept", says, "Take the line with @ and cache above the function out.")
        if "seed" in text:
            says = f"{same}: it seeds a generator itself. It draws; seeding is the caller's business."
            return Fact("seeds inside", says, "Take the line that seeds out of the function.")
        if DRAWS.search(text):
            says = f"{same}: what it draws makes no difference there, or is drawn once for all calls."
            return Fact("draws in vain", says, "Print what it draws, and each line that uses it, in two calls.")
        says = f"{same}: nothing new is drawn for it in the call."
        return Fact("answers kept", says, "Draw inside of the function, in each call.")


def _pairs(rows: Sequence[Row], got: Sequence[Answer]) -> list[tuple[tuple[Row, Answer], tuple[Row, Answer]]]:
    both = list(zip(rows, got, strict=True))
    return [(first, other) for place, first in enumerate(both) for other in both[place + 1 :]]


def near(got: Any, wanted: Any, rtol: float = RTOL, atol: float = ATOL) -> bool:
    """Tell whether two arrays have one shape and agree in each number; shapes are compared, not broadcast."""
    import numpy as np

    return got.shape == wanted.shape and bool(np.allclose(got, wanted, rtol=rtol, atol=atol))


def _finite(array: Any) -> bool:
    import numpy as np

    return bool(np.isfinite(array).all())


def _an(kind: str) -> str:
    return "an array" if kind == "array" else f"a {kind}"


def arrays(
    function: str,
    *,
    keys: Sequence[str],
    forms: Callable[..., Mapping[str, ArrayForm]],
    visible: Sequence[Asked],
    hidden: Sequence[Asked] = (),
    **more: Any,
) -> ArraysJudge:
    """Judge a function that returns several arrays, `keys` in their order; `forms(*args, **kwargs)` is what each is.

    A row with a seed is asked after seeding. `rtol` and `atol` say how near the numbers have to be; see `Asking` for
    the rest. What is missing, has another shape or is not finite fails as such, and costs the other arrays nothing; a
    wrong dtype fails `answers` alone.
    """
    return ArraysJudge(function, keys, forms, visible=visible, hidden=hidden, **more)


def array(
    function: str,
    *,
    form: Callable[..., ArrayForm],
    visible: Sequence[Asked],
    hidden: Sequence[Asked] = (),
    **more: Any,
) -> ArraysJudge:
    """Judge a function that returns one array; `form(*args, **kwargs)` is what it looks like. See `arrays`."""
    key = "value"
    return ArraysJudge(
        function, [key], lambda *args, **kwargs: {key: form(*args, **kwargs)}, visible=visible, hidden=hidden, **more
    )
