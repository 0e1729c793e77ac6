"""Hidden suite of lab 3: the shapes that nn.LSTM and nn.GRU return, and the state after the last step.

Points stand in the notebook and weights share them out; test_lab1 says how a suite is read. The rows are in `rows`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.suite import Reference, Student, array_by_group, array_of, check, dict_of_shapes

from .lab3_shapes.rows import SHAPES, states

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = ("lstm_out", "lstm_h", "lstm_c", "gru_out", "gru_h")

shapes = dict_of_shapes("shape_check", keys=KEYS, groups=SHAPES)


def one_row_each(module: Any, x: Any) -> Any:
    """The form of what `final_hidden` returns."""
    return array_of(len(x), module.args[1], letters="(batch, hidden)")


of_gru, of_lstm = (
    array_by_group("final_hidden", form=one_row_each, groups=states(kind), label=kind) for kind in ("GRU", "LSTM")
)


# ---------------------------------------------------------------- shape_check


@check(shapes, weight=1, visible=True)
def test_five_shapes(student: Student, reference: Reference) -> None:
    """A dict of five shapes

    End shape_check with `return {…}`: the docstring's five names, each with the `.shape` of what came back.
    """
    shapes.answers(student, reference)


def at_any_size(key: str) -> Callable[..., None]:
    """A check of one shape."""

    def test(student: Student, reference: Reference) -> None:
        shapes.right(student, reference, key)

    test.__name__ = f"test_{key}"
    test.__doc__ = f"""The shape of {key}

    Try shape_check(2, 5, 3, 11): the four numbers differ, so each axis of {key} shows where it comes from.
    """
    return check(shapes, weight=0.5, needs=[test_five_shapes])(test)


def at_sizes_of_one(key: str, needs: Callable[..., None]) -> Callable[..., None]:
    """A check of one shape where some size is one."""

    def test(student: Student, reference: Reference) -> None:
        shapes.right(student, reference, shapes.quantity(key, "sizes of one"))

    test.__name__ = f"test_{key}_of_one"
    test.__doc__ = f"""The shape of {key} at sizes of one

    Try shape_check(1, 5, 3, 7) and shape_check(2, 1, 3, 7): an axis of length one is still an axis.
    """
    return check(shapes, weight=0.2, needs=[test_five_shapes, needs])(test)


test_lstm_out = at_any_size("lstm_out")
test_lstm_h = at_any_size("lstm_h")
test_lstm_c = at_any_size("lstm_c")
test_gru_out = at_any_size("gru_out")
test_gru_h = at_any_size("gru_h")
SHAPES_OF = [test_lstm_out, test_lstm_h, test_lstm_c, test_gru_out, test_gru_h]


@check(shapes, weight=0.5, visible=True, needs=[test_five_shapes, *SHAPES_OF])
def test_printed_table(student: Student, reference: Reference) -> None:
    """The printed table

    Run shape_lab() and compare with the expected output in the lab. Predict each number before you look.
    """
    shapes.prints(student, reference, "shape_lab")


test_lstm_out_of_one = at_sizes_of_one("lstm_out", test_lstm_out)
test_lstm_h_of_one = at_sizes_of_one("lstm_h", test_lstm_h)
test_lstm_c_of_one = at_sizes_of_one("lstm_c", test_lstm_c)
test_gru_out_of_one = at_sizes_of_one("gru_out", test_gru_out)
test_gru_h_of_one = at_sizes_of_one("gru_h", test_gru_h)


# ---------------------------------------------------------------- final_hidden


def has_one_row_each(kind: str, judge: Any) -> Callable[..., None]:
    """A check of the form of the result."""

    def test(student: Student, reference: Reference) -> None:
        judge.answers(student, reference)

    test.__name__ = f"test_{kind.lower()}_form"
    test.__doc__ = f"""{kind}: one row per sequence

    Print the shapes of what {kind.lower()}(x) returns, and pick what is (batch, hidden) after the last step.
    """
    return check(judge, weight=0.5, visible=True)(test)


ABOUT = {
    "one layer": "An LSTM's state is the pair (h, c), a GRU's is h itself: ask isinstance(state, tuple).",
    "several layers": "The first axis of h counts the layers. Its last layer is h[-1], however many there are.",
    "a batch of one": "One sequence gives (1, hidden) as well: `squeeze` takes that axis away, indexing doesn't.",
    "other sizes": "Nothing in the function should know of 7 steps or 5 hidden numbers: index from the end.",
}


def is_right(kind: str, judge: Any, about: str, needs: list[Any]) -> Callable[..., None]:
    """A check of the state for one group of modules."""

    def test(student: Student, reference: Reference) -> None:
        judge.right(student, reference, about)

    test.__name__ = f"test_{kind.lower()}_{about.replace(' ', '_')}"
    test.__doc__ = f"{kind}: {about}\n\n{ABOUT[about]}"
    return check(judge, weight=0.5, needs=needs)(test)


test_gru_form, test_lstm_form = has_one_row_each("GRU", of_gru), has_one_row_each("LSTM", of_lstm)
test_gru_one_layer = is_right("GRU", of_gru, "one layer", [test_gru_form])
test_lstm_one_layer = is_right("LSTM", of_lstm, "one layer", [test_lstm_form])
test_gru_layers = is_right("GRU", of_gru, "several layers", [test_gru_one_layer])
test_lstm_layers = is_right("LSTM", of_lstm, "several layers", [test_lstm_one_layer])
test_gru_alone = is_right("GRU", of_gru, "a batch of one", [test_gru_one_layer])
test_lstm_alone = is_right("LSTM", of_lstm, "a batch of one", [test_lstm_one_layer])
test_gru_sizes = is_right("GRU", of_gru, "other sizes", [test_gru_one_layer])
test_lstm_sizes = is_right("LSTM", of_lstm, "other sizes", [test_lstm_one_layer])
