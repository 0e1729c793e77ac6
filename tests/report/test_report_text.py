"""Foreign text made safe, and the small words that all reports share."""

from __future__ import annotations

import logging

import pytest
from builders import check, record
from hypothesis import given
from hypothesis import strategies as st

from autograder.record import Late
from autograder.report import wording
from autograder.text import one_line, plain, plain_logs, say


@given(st.text(st.characters(codec=None), max_size=300))
def test_any_text_comes_out_printable_and_encodable(text: str) -> None:
    """Whatever goes in, what comes out encodes and holds no control character but tab and newline."""
    shown = plain(text)

    assert shown.encode().decode() == shown
    assert all(char in "\n\t" or not ("\x00" <= char < " " or "\x7f" <= char < "\xa0") for char in shown)
    assert "\n" not in one_line(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", r"a\x00b"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("\ud83d", r"\ud83d"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("z" + "\u0301" * 50, "z" + "\u0301" * 4),
        ("\U000e0041", r"\U000e0041"),
        ("naïve Ελλάδα \u0627\u0644 👩\u200d🔬 c̃_t", "naïve Ελλάδα \u0627\u0644 👩\u200d🔬 c̃_t"),
    ],
)
def test_unsafe_characters_are_shown_as_escapes(text: str, shown: str) -> None:
    """Unsafe ones become visible, line ends become newlines, piles of marks are cut; honest text stays."""
    assert plain(text) == shown


def test_the_cap_notes_what_is_missing() -> None:
    """Cut text says how much is missing; on one line dots do, and a flood of newlines does not hide the name."""
    assert plain("x" * 30, cap=10) == "x" * 10 + " ... (20 more characters)"
    assert plain("x" * 10, cap=10) == "x" * 10
    assert one_line("x" * 30, cap=10) == "xxxxxx ..."
    assert one_line("\n" * 1000 + " a \n b\t c", cap=10) == "a b c"


@pytest.mark.parametrize(
    ("value", "shown"), [(7.0, "7"), (6.5, "6.5"), (1 / 3, "0.33"), (-0.001, "0"), (100, "100"), (-1.5, "-1.5")]
)
def test_points_read_as_people_write_them(value: float, shown: str) -> None:
    """Two decimals at most, no trailing zeros, no negative zero."""
    assert wording.number(value) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (1, "1 min"),
        (60, "1 min"),
        (61, "2 min"),
        (7800, "2 h 10 min"),
        (86400, "1 day"),
        (3 * 86400 + 3700, "3 days 1 h"),
    ],
)
def test_lateness_reads_in_its_two_largest_units(seconds: float, shown: str) -> None:
    """Minutes are rounded up, and beside days they are left out."""
    assert wording.duration(seconds) == shown


def test_penalty_never_goes_below_zero() -> None:
    """A penalty beyond the score leaves 0, and no penalty is said not to cost anything."""
    graded = record(check("a.a"), late=Late(seconds=60, penalty=5.0))

    assert wording.final_score(graded) == 0.0
    assert wording.late_line(record(late=Late(seconds=60))) == "Handed in 1 min late; no points are taken off."
    assert wording.late_line(record()) == ""


def test_remark_falls_back_from_mistake_to_message_to_outcome() -> None:
    """The one line for staff names the mistake if there is one, else what happened."""
    title = "Title of a.a"

    assert wording.remark(record(check("a.a", "failed", mistake="swapped mix", message="m"))) == f"{title}: swapped mix"
    assert wording.remark(record(check("a.a", "failed", message="m"))) == f"{title}: m"
    assert wording.remark(record(check("b.b", "skipped"), check("a.a", "timeout"))) == f"{title}: took too long"
    assert wording.remark(record(check("a.a"))) == ""


def test_facts_are_flattened_and_bounded() -> None:
    """Isolation reads as words, nested or listed, and a long one is cut."""
    assert wording.facts({"no_new_privs": True, "a": {"b": [1, None]}, "c": []}) == [
        ("no new privs", "yes"),
        ("a b", "1, none"),
        ("c", "none"),
    ]
    assert len(wording.facts({str(number): number for number in range(1000)})) == 40


def test_what_is_said_is_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    """A name can neither act on a terminal nor begin a line of its own; nothing is cut."""
    say("eve\x1b[2J\nautograder: all is well", "x" * 5000)

    assert capsys.readouterr().out == "eve\\x1b[2J\\nautograder: all is well\n" + "x" * 5000 + "\n"


def test_logs_are_plain_whoever_writes_them(caplog: pytest.LogCaptureFixture) -> None:
    """A foreign library that logs a file's name logs it on one line; a traceback keeps its lines, without codes."""
    before = logging.getLogRecordFactory()
    try:
        plain_logs()
        plain_logs()
        logging.getLogger("nbgrader").warning("Copying %s", "eve\x1b[2J\nfake")
        logging.getLogger("nbgrader").error("Traceback\n  \x1b[31mhere")
    finally:
        logging.setLogRecordFactory(before)

    assert [record.getMessage() for record in caplog.records] == [
        "Copying eve\\x1b[2J\\nfake",
        "Traceback\n  \\x1b[31mhere",
    ]
