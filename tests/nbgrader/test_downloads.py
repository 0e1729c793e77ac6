"""File names of Moodle's and Canvas' bulk downloads."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.nbgrader.downloads import LmsFileNames, file_of

NAMES = {
    "Ada Lovelace_123456_assignsubmission_file_lab1.ipynb": ("123456", "lab1", 0),
    "Ada Lovelace_123456_assignsubmission_file_/lab1.ipynb": ("123456", "lab1", 0),
    "Ada_Maria Lovelace_12_assignsubmission_file_/my_1_2_work.ipynb": ("12", "my_1_2_work", 0),
    "Ada Lovelace_123456_assignsubmission_file/lab1-2.ipynb": ("123456", "lab1-2", 0),
    "lovelaceada_123_45678_lab1.ipynb": ("123", "lab1", 0),
    "lovelaceada_LATE_123_45678_lab1.ipynb": ("123", "lab1", 0),
    "lovelaceada_123_45678_lab1-2.ipynb": ("123", "lab1", 2),
    "lovelaceada_123_45678_lab1_scalar_lstm-12.py": ("123", "lab1_scalar_lstm", 12),
}


@pytest.mark.parametrize("name", NAMES)
def test_names_are_understood(name: str) -> None:
    """Whose it is, what it is called, which of several it is."""
    assert file_of(Path("/downloaded/lab1/extracted", name)) == NAMES[name]


@pytest.mark.parametrize("name", ["lab1.ipynb", "a_b_c.ipynb", "..ipynb", "lovelaceada_x_45678_lab1.ipynb"])
def test_other_names_are_nobody_s(name: str) -> None:
    """What is not from an LMS is skipped, never guessed."""
    assert file_of(Path("/downloaded/lab1/extracted", name)) is None


def test_of_two_submissions_the_last_counts(tmp_path: Path) -> None:
    """Two files of one student without times would stop nbgrader; Canvas' numbers say which is newer."""
    names = [f"a_{number}_9_lab1{again}.ipynb" for number in (1, 2) for again in ("", "-1", "-2")]
    for name in [*names, "b_LATE_3_9_lab1-10.ipynb", "b_3_9_lab1-9.ipynb"]:
        (tmp_path / name).touch()

    plugin = LmsFileNames()
    taken = {path.name for path in tmp_path.iterdir() if plugin.collect(str(path)) is not None}

    assert taken == {"a_1_9_lab1-2.ipynb", "a_2_9_lab1-2.ipynb", "b_LATE_3_9_lab1-10.ipynb"}
    assert plugin.collect(str(tmp_path / "a_1_9_lab1-2.ipynb")) == {"student_id": "1", "file_id": "lab1"}
    assert plugin.collect(str(tmp_path / "a_1_9_plot.png")) is None
