"""`course.yml`: defaults, units, prefixes, and errors that name the key and the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.course.settings import Course, find_course, load_course
from autograder.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
title: A course
secret: only-for-tests
assignments:
  lab1_first: {title: One}
  lab1_second: {title: Two}
  lab2: {title: Three}
  lab2_more: {title: Four}
"""


def loaded(folder: Path, text: str | bytes = GOOD) -> Course:
    """The course that this text makes."""
    (folder / "course.yml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_course(folder)


def error(folder: Path, text: str | bytes) -> str:
    """The message for a text that makes none: one line, which names the file."""
    with pytest.raises(UsageError) as caught:
        loaded(folder, text)
    message = str(caught.value)
    assert str(folder / "course.yml") in message
    assert "\n" not in message
    return message


def test_what_is_left_out_has_the_defaults_of_the_design(tmp_path: Path) -> None:
    """10 s a cell, 20 s a call, 120 s of CPU, 2 GiB, 1 MiB of output, 64 MiB and 1,000 files of scratch."""
    limits = loaded(tmp_path).settings.limits.for_sandbox()

    assert (limits.cell_seconds, limits.call_seconds, limits.cpu_seconds) == (10, 20, 120)
    assert (limits.memory_bytes, limits.output_bytes) == (2 * 2**30, 2**20)
    assert (limits.scratch_bytes, limits.scratch_files) == (64 * 2**20, 1000)


def test_limits_are_read_in_their_units(tmp_path: Path) -> None:
    """Seconds, MiB, KiB."""
    text = GOOD + "limits: {cell_seconds: 0.5, memory_mib: 3, output_kib: 5, scratch_mib: 7, scratch_files: 11}"
    limits = loaded(tmp_path, text).settings.limits.for_sandbox()

    assert (limits.cell_seconds, limits.memory_bytes, limits.output_bytes) == (0.5, 3 * 2**20, 5 * 2**10)
    assert (limits.scratch_bytes, limits.scratch_files) == (7 * 2**20, 11)


WRONG = {
    "empty": ("", ["the top level"]),
    "a list": ("- a", ["the top level"]),
    "no title": (GOOD.replace("title: A course", ""), ["`title`", "the top level"]),
    "an unknown key": (GOOD + "colour: red", ["`colour`"]),
    "an unknown limit": (GOOD + "limits: {cel_seconds: 1}", ["`cel_seconds`", "at limits"]),
    "a negative limit": (GOOD + "limits: {cell_seconds: -1}", ["limits.cell_seconds"]),
    "no number": (GOOD + "limits: {memory_mib: much}", ["limits.memory_mib"]),
    "not a number": (GOOD + "limits: {call_seconds: .nan}", ["limits.call_seconds"]),
    "endless": (GOOD + "limits: {cpu_seconds: .inf}", ["limits.cpu_seconds"]),
    "too much for any machine": (GOOD + f"limits: {{memory_mib: {10**30}}}", ["limits.memory_mib"]),
    "a short secret": (GOOD.replace("only-for-tests", "abc"), ["at secret"]),
    "a secret that is a number": (GOOD.replace("only-for-tests", "123456789"), ["at secret"]),
    "a title that is a list": (GOOD.replace("{title: Two}", "{title: [2]}"), ["assignments.lab1_second.title"]),
    "an assignment without a title": (GOOD.replace("{title: Two}", "{}"), ["`title`", "assignments.lab1_second"]),
    "an assignment that is a text": (GOOD.replace("{title: Two}", "Two"), ["assignments.lab1_second"]),
    "a name that leads elsewhere": (GOOD.replace("lab2_more", "../../lab2"), ["at assignments"]),
    "a name that is a number": (GOOD.replace("lab2_more", "2"), ["at assignments"]),
    "no assignments": (GOOD[: GOOD.index("  lab1")], ["at assignments"]),
    "a roster that is a list": (GOOD + "students: [ada, bob]", ["at students"]),
    "a student with an unknown key": (GOOD + "students: {ada: {nam: Ada}}", ["`nam`", "at students.ada"]),
    "an id that is a number": (GOOD + "students: {ada: {ids: [b, 77]}}", ["`str`", "students.ada.ids[1]"]),
    "a student who is a number": (GOOD + "students: {0012345: {name: Ada}}", ["`str`", "at students"]),
    "a threshold that is no share": (GOOD + "thresholds: {lab2: {gru: 7}}", ["thresholds.lab2.gru"]),
    "no YAML": ("title: [", ["not YAML", "line 2"]),
    "a tab": ("title:\n\t- a", ["not YAML", "line 2"]),
    "no text": (b"title: \xff\xfe", ["not YAML"]),
    "a Python object": (GOOD + "limits: !!python/object/apply:os.getcwd []", ["not YAML"]),
}


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG.keys())
def test_a_broken_file_is_one_message_that_names_the_key(tmp_path: Path, text: str | bytes, words: list[str]) -> None:
    """The key with its path, the file, what is wrong and what to do."""
    message = error(tmp_path, text)

    for word in words:
        assert word in message
    assert "fix" in message or "change that key" in message


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=30) | st.binary(max_size=30) | st.sampled_from(["[[", "&a [*a]", "? :", "{a: {b: ", "!!set {}"])
)
def test_any_file_is_a_course_or_one_message(tmp_path: Path, noise: str | bytes) -> None:
    """Whatever stands below a good beginning."""
    text = GOOD.encode() + (noise if isinstance(noise, bytes) else noise.encode("utf-8", "surrogatepass"))
    try:
        loaded(tmp_path, text)
    except UsageError as caught:
        assert "course.yml" in str(caught)  # noqa: PT017  # both ways are right


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    """A folder in its place."""
    (tmp_path / "course.yml").mkdir()

    with pytest.raises(UsageError, match=r"can't read .*course\.yml: Is a directory"):
        load_course(tmp_path)


def test_a_course_is_found_from_any_folder_below(tmp_path: Path) -> None:
    """The nearest one counts; outside of any the message says what a root holds."""
    loaded(tmp_path)
    inner = tmp_path / "other" / "deep"
    inner.mkdir(parents=True)

    assert find_course(inner).root == tmp_path
    loaded(tmp_path / "other")
    assert find_course(inner).root == tmp_path / "other"


def test_outside_of_any_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is named, and what is looked for."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UsageError, match=rf"no course\.yml in {tmp_path}"):
        find_course()


@pytest.mark.parametrize(
    ("prefix", "name"),
    [("lab1_f", "lab1_first"), ("lab1_second", "lab1_second"), ("lab2", "lab2"), ("lab2_", "lab2_more")],
)
def test_a_unique_prefix_names_an_assignment(tmp_path: Path, prefix: str, name: str) -> None:
    """A whole name does so even where it begins another."""
    assert loaded(tmp_path).assignment(prefix) == name


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("lab1", ["several", "lab1_first, lab1_second"]),
        ("lab9", ["no assignment", "lab2_more"]),
        ("", ["several"]),
        ("Lab2", ["no"]),
    ],
)
def test_any_other_prefix_is_a_message_with_the_names(tmp_path: Path, prefix: str, words: list[str]) -> None:
    """Those that fit, or all."""
    with pytest.raises(UsageError) as caught:
        loaded(tmp_path).assignment(prefix)

    assert all(word in str(caught.value) for word in [*words, "course.yml"])


def test_the_parts_of_a_course_have_fixed_places(tmp_path: Path) -> None:
    """As the README says."""
    course = loaded(tmp_path)

    assert course.solution("lab2") == tmp_path / "solutions/lab2/lab2.ipynb"
    assert course.released("lab2") == tmp_path / "assignments/lab2/lab2.ipynb"
    assert course.suite("lab2") == tmp_path / "autograder/suites/test_lab2.py"


def test_whether_a_course_trains(tmp_path: Path) -> None:
    """Its solutions say so, by their optimizer. Where none is named, it may."""
    course = loaded(tmp_path)
    for name, source in {"a": "from torch import optim", "b": "torch.optim.Adam(w)", "c": "an optimal step"}.items():
        course.solution(name).parent.mkdir(parents=True)
        course.solution(name).write_text(source)

    assert [course.trains([name]) for name in ("a", "b", "c", "missing")] == [True, True, False, False]
    assert course.trains(["c", "b"])
    assert course.trains([])
