"""The catalogue of mistakes: three ways to write a change, `for`, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from autograder.errors import UsageError
from autograder.suite.catalogue import Mistake, read

if TYPE_CHECKING:
    from pathlib import Path

ANSWER = "def f(a, b):\n    c = a + b\n    d = c * b\n    return {'c': c, 'd': d}\n"


def mistake(text: str) -> Mistake:
    """An entry of YAML with words of no interest."""
    return msgspec.yaml.decode("{mistake: m, says: s, next: n, " + text + "}", type=Mistake)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("set: {d: c - b}", "    d = c - b"),
        ('in: "c * b", is: "c"', "    d = c"),
        ("in: [\"'c': c\", \"'d': d\"], is: [\"'c': d\", \"'d': c\"]", "    return {'c': d, 'd': c}"),
        ('instead: "def f(a, b):\\n    return 1\\n"', "    return 1"),
    ],
)
def test_change_stands_in_the_answer(text: str, line: str) -> None:
    """By assignment, by text, by several texts, or as a whole."""
    assert line in mistake(text).source(ANSWER).splitlines()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("set: {e: c}", "e is assigned 0 times in the answer, not once"),
        ('in: " c", is: "x"', "' c' stands 3 times in the answer, not once"),
        ('in: ["a", "b"], is: "x"', "2 texts in `in`, but 1 in `is`"),
    ],
)
def test_change_without_its_place_is_refused(text: str, words: str) -> None:
    """A solution that was rewritten is noticed."""
    with pytest.raises(ValueError, match=words):
        mistake(text).source(ANSWER)


def test_for_writes_an_entry_per_line() -> None:
    """Words are filled in wherever they stand, in keys as well."""
    entry = mistake('for: [{x: c}, {x: d}], set: {"{x}": a}, lab shows: "{x} is 1"')

    assert [(line.set, line.lab_shows, line.each) for line in entry.lines()] == [
        ({"c": "a"}, "c is 1", []),
        ({"d": "a"}, "d is 1", []),
    ]


def test_each_line_has_what_is_shown_of_it() -> None:
    """A list goes along the lines of `for`, as far as it reaches."""
    entry = mistake('for: [{x: c}, {x: d}], set: {"{x}": a}, lab shows: [c is 1]')

    assert [line.symptom for line in entry.lines()] == ["c is 1", ""]


@pytest.mark.parametrize("each", ["", "for: [{x: c}], "])
def test_more_is_shown_than_there_are_lines(each: str, tmp_path: Path) -> None:
    """A list that is longer than `for` is refused, with the entry."""
    file = tmp_path / "mistakes.yml"
    file.write_text("f:\n- {mistake: m, says: s, next: n, " + each + "lab shows: [c is 1, d is 1]}\n")

    with pytest.raises(UsageError, match=r"m: 2 texts are shown, but `for` has [01] lines; correct that entry"):
        read(file)


def test_text_that_a_comma_cuts_is_refused(tmp_path: Path) -> None:
    """YAML reads what follows the comma as one more word, and the student would read half a sentence."""
    file = tmp_path / "mistakes.yml"
    file.write_text('f:\n- {mistake: m, says: "{x}", next: n, for: [{x: four (i, f)}]}\n')

    with pytest.raises(UsageError, match=r"m: `f\)` in `for` is no word of any text: put what has commas in quotes"):
        read(file)


def test_lab_without_a_catalogue_has_no_mistakes(tmp_path: Path) -> None:
    """A file that isn't there is none."""
    assert read(tmp_path / "mistakes.yml") == {}


def test_entry_that_lacks_its_words_is_refused(tmp_path: Path) -> None:
    """With the file, the place and what to do."""
    file = tmp_path / "mistakes.yml"
    file.write_text("f:\n- {mistake: m, says: s}\n")

    with pytest.raises(UsageError, match=r"mistakes.yml can't be read: .*`next`.*; correct that entry"):
        read(file)
