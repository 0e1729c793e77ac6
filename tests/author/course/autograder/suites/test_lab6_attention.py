"""Hidden suite of lab6_attention: scaled dot-product attention."""

from __future__ import annotations

from autograder.suite import Reference, Student, array, array_of, check, printed_table

from .lab6_attention.tensors import drawn, of_the_lab, words

attention = array(
    "attention",
    form=lambda q, _k, v: array_of(len(q), v.shape[1], letters="(n, e)"),
    visible=[of_the_lab()],
    hidden=[words(), drawn],
)


@check(attention, weight=1, visible=True)
def test_shape(student: Student, reference: Reference) -> None:
    """The shape of the mix

    Check the shape of each product: (n, d) times (d, m) gives a share for each query and key.
    """
    attention.answers(student, reference)


@check(attention, weight=3, needs=[test_shape])
def test_values(student: Student, reference: Reference) -> None:
    """Other queries, keys and values

    First the products of queries and keys, then the square root, then the softmax over the keys.
    """
    attention.right(student, reference)


@check(attention, weight=2, visible=True, needs=[test_shape, test_values])
def test_printed_shares(student: Student, reference: Reference) -> None:
    """The printed shares

    Run attention_lab() and compare with the expected output in the lab: the three shares add up to 1.
    """
    printed_table(attention, student, reference, "attention_lab")
