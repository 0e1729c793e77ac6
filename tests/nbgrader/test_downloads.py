"""File names of Moodle's and Canvas' bulk downloads."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.nbgrader.collector import LmsFileNames, Unclear, file_of

NAMES = {
    "Ada Lovelace_123456_assignsubmission_file_lab1.ipynb": ("123456", "Ada Lovelace", "lab1.ipynb", 0),
    "Ada Lovelace_123456_assignsubmission_file_/lab1.ipynb": ("123456", "Ada Lovelace", "lab1.ipynb", 0),
    "Ada_Maria L_12_assignsubmission_file_/my_1_2_work.ipynb": ("12", "Ada_Maria L", "my_1_2_work.ipynb", 0),
    "Ada Lovelace_123456_assignsubmission_file/lab1-2.ipynb": ("123456", "Ada Lovelace", "lab1-2.ipynb", 0),
    "all/Cem D_202_assignsubmission_file_/lab1/lab1.ipynb": ("202", "Cem D", "lab1.ipynb", 0),
    "Gil H_204_assignsubmission_onlinetext_/onlinetext.html": ("204", "Gil H", "onlinetext.html", 0),
    "lovelaceada_123_45678_lab1.ipynb": ("123", "lovelaceada", "lab1.ipynb", 0),
    "lovelaceada_LATE_123_45678_lab1.ipynb": ("123", "lovelaceada", "lab1.ipynb", 0),
    "lovelaceada_123_45678_lab1-2.ipynb": ("123", "lovelaceada", "lab1.ipynb", 2),
    "lovelaceada_123_45678_lab1_scalar_lstm-12.py": ("123", "lovelaceada", "lab1_scalar_lstm.py", 12),
    "noext_127_45684_lab1.ipynb.txt": ("127", "noext", "lab1.ipynb.txt", 0),
    # What follows the platform's part is the student's, whatever it looks like.
    "eve_200_9_ada_123_4_lab1.ipynb": ("200", "eve", "ada_123_4_lab1.ipynb", 0),
    "o_brien_200_9_ada_123_4_lab1.ipynb": ("200", "o_brien", "ada_123_4_lab1.ipynb", 0),
    "o_brien_LATE_200_9_lab1.ipynb": ("200", "o_brien", "lab1.ipynb", 0),
    "Eve_200_assignsubmission_file_/x_123_assignsubmission_file_a.ipynb": (
        "200", "Eve", "x_123_assignsubmission_file_a.ipynb", 0),
    "Eve_200_assignsubmission_file_/x_123_assignsubmission_file_/lab1.ipynb": ("200", "Eve", "lab1.ipynb", 0),
    "Eve_200_assignsubmission_file_/ada_123_4_lab1.ipynb": ("200", "Eve", "ada_123_4_lab1.ipynb", 0),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_are_understood(name: str) -> None:
    """Whose it is, what it is called, which of several it is: never from the student's end of a name."""
    assert file_of(Path(name)) == NAMES[name]


UNCLEAR = [
    "eve_200_9_x_123_assignsubmission_file_lab1.ipynb",  # Canvas, and a file of that name; or Moodle, and a person's
    "o_brien_200_9_x_123_assignsubmission_file_lab1.ipynb",
    "Eve_200_assignsubmission_file_x_123_assignsubmission_file_a.ipynb",
    "x_123_4_y_200_assignsubmission_file_/lab1.ipynb",  # somebody calls himself so in Moodle
    "x_123_assignsubmission_file_200_assignsubmission_file_/lab1.ipynb",
    "eve_200_9_x_123_assignsubmission_file_/ada_7_4_lab1.ipynb",
]


@pytest.mark.parametrize("name", UNCLEAR)
def test_a_name_of_two_readings_is_nobody_s_and_named(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is left for a person to look at; the one whose number is in it keeps his own file."""
    mine = tmp_path / "ada_123_8_lab1.ipynb"
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()
    mine.touch()

    plugin = LmsFileNames()
    plugin._root = lambda _file: tmp_path  # type: ignore[method-assign, assignment]  # as under nbgrader
    with caplog.at_level("WARNING"):
        assert plugin.collect(str(tmp_path / name)) is None
    assert isinstance(file_of(Path(name)), Unclear)
    assert plugin.collect(str(mine)) == {"student_id": "123", "file_id": "lab1.ipynb"}
    assert f"{Path(name).parts[0]} can be of any of the numbers" in caplog.text


@pytest.mark.parametrize(
    "name", ["lab1.ipynb", "a_b_c.ipynb", "..ipynb", "eve_1_2_..", "lovelaceada_x_45678_lab1.ipynb"]
)
def test_other_names_are_nobody_s(name: str) -> None:
    """What is not from an LMS is skipped, never guessed."""
    assert file_of(Path(name)) is None


def test_two_names_that_claim_one_number_are_both_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Neither is taken, nobody else is touched, and one person's several files are no quarrel."""
    for name in ["ada_123_4_lab1.ipynb", "eve\x1b[2J_123_9_lab1.ipynb", "bob_7_1_lab1.ipynb", "bob_LATE_7_2_data.py"]:
        (tmp_path / name).touch()

    plugin = LmsFileNames()
    with caplog.at_level("WARNING"):
        taken = {path.name for path in tmp_path.iterdir() if plugin.collect(str(path)) is not None}

    assert taken == {"bob_7_1_lab1.ipynb", "bob_LATE_7_2_data.py"}
    assert "several names claim the number 123 (ada, eve\\x1b[2J)" in caplog.text
    assert "\x1b" not in caplog.text


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """A link among the files would bring another file's text into the student's folder."""
    (tmp_path / "ada_1_1_lab1.ipynb").touch()
    (tmp_path / "eve_2_1_lab1.ipynb").symlink_to("ada_1_1_lab1.ipynb")

    assert LmsFileNames().collect(str(tmp_path / "eve_2_1_lab1.ipynb")) is None


def test_of_two_submissions_the_last_counts(tmp_path: Path) -> None:
    """Two files of one student without times would stop nbgrader; Canvas' numbers say which is newer."""
    names = [f"a_{number}_9_lab1{again}.ipynb" for number in (1, 2) for again in ("", "-1", "-2")]
    for name in [*names, "b_LATE_3_9_lab1-10.ipynb", "b_3_9_lab1-9.ipynb"]:
        (tmp_path / name).touch()

    plugin = LmsFileNames()
    taken = {path.name for path in tmp_path.iterdir() if plugin.collect(str(path)) is not None}

    assert taken == {"a_1_9_lab1-2.ipynb", "a_2_9_lab1-2.ipynb", "b_LATE_3_9_lab1-10.ipynb"}
    assert plugin.collect(str(tmp_path / "a_1_9_lab1-2.ipynb")) == {"student_id": "1", "file_id": "lab1.ipynb"}
    assert plugin.collect(str(tmp_path / "a_1_9_lab1.ipynb")) is None
