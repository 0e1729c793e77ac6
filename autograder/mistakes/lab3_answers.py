"""What came back from lab 3's functions, read as shapes and matrices; whatever else it is, is said and named.

Messages speak of kinds of things only: a shape in them could be that of a hidden input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from autograder.mistakes.lab3_shapes import KEYS, Shape
from autograder.sandbox.values import Array
from autograder.suite.failures import StudentObject
from autograder.suite.stages import as_number, fail, name

if TYPE_CHECKING:
    from autograder.mistakes.lab3_cases import Case, Matrix

NO_RETURN = "`{}` returned None. Its last line should start with `return`."


def _kind(value: object) -> str:
    return name(value).partition(" of shape")[0]


def _refuse_shape(value: object, key: str) -> NoReturn:
    match value:
        case Array():
            said, mistake = f"is {_kind(value)}. Hand back its shape: `.shape`", "tensor for its shape"
        case [Array() | list(), *_]:
            said = "holds several tensors or shapes. An LSTM's state is the pair (h, c): take it apart"
            mistake = "pair taken for h"
        case str():
            said, mistake = "is a text. Leave the shape as it is; printing makes a text of it", "text for a shape"
        case None:
            said, mistake = "is None", "None for a shape"
        case StudentObject(type_name="builtin_function_or_method" | "method"):
            said, mistake = "is a method that was not called: write `.shape` or `.size()`", "method not called"
        case _:
            said, mistake = f"is {_kind(value)}, and should be a shape such as (4, 6, 16)", "no shape"
    fail(f"`{key}` {said}.", expected="a tuple, a list or a torch.Size", got=value, mistake=mistake)


def _as_shape(value: object, key: str) -> Shape:
    """A tuple, list or torch.Size of numbers."""
    if isinstance(value, list) and all(as_number(item) is not None for item in value):
        return tuple(number for item in value if (number := as_number(item)) is not None)
    _refuse_shape(value, key)


def as_shapes(answer: Any) -> dict[str, Shape]:  # noqa: ANN401  # plain data
    """The five shapes of a returned dict."""
    if answer is None:
        fail(NO_RETURN.format("shape_check"), mistake="no return")
    if not isinstance(answer, dict):
        fail(f"`shape_check` should return a dict, but returned {_kind(answer)}.", got=answer, mistake="no dict")
    missing = [key for key in KEYS if key not in answer]
    if missing:
        found = ", ".join(f"`{key[:40]}`" for key in list(answer)[:12]) or "none"
        names = ", ".join(f"`{key}`" for key in missing)
        fail(f"The dict that `shape_check` returned lacks {names}.", got=f"the keys {found}", mistake="other keys")
    return {key: _as_shape(answer[key], key) for key in KEYS}


def _refuse_matrix(answer: Any, case: Case) -> NoReturn:  # noqa: ANN401  # plain data
    if answer is None:
        fail(NO_RETURN.format("final_hidden"), mistake="no return")
    if isinstance(answer, list) and answer and isinstance(answer[0], Array):
        if answer[0].shape == tuple(case.out.shape):
            fail("That is everything that the module returns. Take the state out of it.", mistake="all returned")
        fail("That is a sequence of tensors, such as the pair (h, c). Wanted is one, h.", mistake="pair returned")
    fail(f"The result should be a tensor, but is {_kind(answer)}.", got=answer, mistake="no tensor")


def as_matrix(answer: Any, case: Case) -> Matrix:  # noqa: ANN401  # plain data
    """A tensor, an array or nested lists as an array, of whatever shape."""
    if isinstance(answer, Array) and answer.dtype != "bool":
        return answer.numpy()
    if isinstance(answer, list) and answer and all(_is_row(row) for row in answer):
        return np.array(answer, dtype=np.float64) if len({len(row) for row in answer}) == 1 else np.empty(0)
    _refuse_matrix(answer, case)


def _is_row(row: object) -> bool:
    """Whether it is a list of Python numbers, as `tolist()` gives them."""
    return isinstance(row, list) and all(isinstance(item, int | float) for item in row)
