"""The hash of a submission's own code: what it ignores, what it sees, and that nothing can upset it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course.code_hash import code_hash

CODE = '''
def lstm_step(c_prev, gate):
    """The step."""
    total = c_prev * gate  # keep
    if total > 1.5e-3:
        return {"c_t": total}
    return max(total, 0)
'''


def same(left: str, right: str, released: tuple[str, ...] = ()) -> bool:
    """Whether both have the same hash."""
    return code_hash([left], released) == code_hash([right], released)


@pytest.mark.parametrize(
    "other",
    [
        CODE.replace("total", "x").replace("c_prev", "memory").replace("lstm_step", "f"),
        CODE.replace("    ", "\t"),
        CODE.replace("# keep", "# " + "other words " * 9).replace("The step.", "Words."),
        CODE.replace("c_prev, gate", "c_prev,\n   gate").replace("total = c_prev *", "total = c_prev \\\n *"),
        CODE.replace("\n", "\r\n"),
        "\n\n" + CODE + "\n\n\n",
        CODE.replace("c_prev * gate", "c_prev*gate"),
    ],
)
def test_names_and_layout_do_not_count(other: str) -> None:
    """Renamed throughout, indented, commented or broken otherwise, it is the same code."""
    assert other != CODE
    assert same(CODE, other)


@pytest.mark.parametrize(
    "other",
    [
        CODE.replace("c_prev * gate", "gate * c_prev"),
        CODE.replace("*", "+"),
        CODE.replace("1.5e-3", "1.5e-4"),
        CODE.replace('"c_t"', '"h_t"'),
        CODE.replace("max", "min"),
        CODE.replace("\n    return max", "\n        return max"),
        CODE + "print(1)\n",
    ],
)
def test_what_the_code_does_counts(other: str) -> None:
    """Operands, operators, numbers, texts, built-in functions, and what is in a block."""
    assert not same(CODE, other)


def test_what_was_handed_out_is_nobody_s_own() -> None:
    """Released cells don't count; who changed nothing has no hash, and is like nobody."""
    given_code = "def helper():\n    return 1\n"

    assert code_hash([given_code], (given_code,)) == ("", 0)
    assert code_hash([given_code, CODE], (given_code,)) == code_hash([CODE], ())


def test_too_much_code_is_left_alone() -> None:
    """No hash rather than a slow one."""
    assert code_hash(["x = 1\n" * 50_000], ()) == ("", 0)


@given(st.text(alphabet=st.sampled_from("ab1 \n\t\\'\"#()[]:.eE+-=\u0660é\ud800"), max_size=60))
def test_any_text_has_a_hash(text: str) -> None:
    """Unfinished strings, stray brackets, half characters: never an error, and the same each time."""
    assert code_hash([text], ()) == code_hash([text], ())


@pytest.mark.parametrize(
    "text",
    [
        '"""' + r'\"""' * 40_000,
        '"' * 199_999,
        r'"\""' * 49_000,
        "(" * 199_999,
        "\\\n" * 99_000,
        "1e+" * 60_000,
        " " * 199_999,
    ],
    ids=range(7),
)
def test_hostile_code_takes_no_time(text: str) -> None:
    """At most 200,000 characters in time linear in their number: under a second here, and twenty where it is busy."""
    start = time.process_time()
    code_hash([text[:199_999]], ())

    assert time.process_time() - start < 20


def test_an_unfinished_string_is_one_token() -> None:
    """It runs to the end: nothing in it is tried again as code."""
    assert code_hash(['x = """a b "c" d = 1 \\'], ())[1] == 4
    assert code_hash(["x = 'a b c\ny = 1"], ())[1] == 8
