"""PrairieLearn's table of scores, and the command that writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from results_kit import LAB, made, result
from sampled import ROOT
from typer.testing import CliRunner
from validators import prairielearn_table

from autograder.cli.main import app
from autograder.course.settings import find_course
from autograder.errors import UsageError
from autograder.export.prairielearn import prairielearn_csv
from autograder.record import to_json

if TYPE_CHECKING:
    from pathlib import Path


def test_percent_by_address() -> None:
    """7.5 of 10 is 75 percent, a third has its digits, and who has no address is left out and named."""
    third = result("b@uni.example", 10 / 3)
    filled = prairielearn_csv([result("a@uni.example", 7.5), third, result("kim")])

    assert prairielearn_table(filled.data) == {"a@uni.example": 75.0, "b@uni.example": 33.3}
    assert filled.left_out == ["kim"]


def test_the_address_may_be_another_id_of_the_student() -> None:
    """The roster knows it."""
    one = result("ada", 5.0)._replace(ids=("77001", "ada@uni.example"))

    assert prairielearn_table(prairielearn_csv([one]).data) == {"ada@uni.example": 50.0}


def test_two_folders_for_one_address_are_refused() -> None:
    """Which of them counts is not guessed."""
    with pytest.raises(UsageError, match="two folders for one address: a@uni"):
        prairielearn_csv([result("a@uni.example"), result("b")._replace(ids=("a@uni.example",))])


def test_a_fault_of_ours_is_no_grade() -> None:
    """It has no row."""
    assert prairielearn_table(prairielearn_csv([result("a@uni.example", None)]).data) == {}


def test_more_points_than_there_are() -> None:
    """16 of 14 is more than all; PrairieLearn takes it."""
    filled = prairielearn_csv([result("a@uni.example", 16.0, max_score=14.0)])

    assert prairielearn_table(filled.data) == {"a@uni.example": 114.2857}


def test_the_command_writes_it_for_an_output_that_ends_in_csv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has no address is named, and the exit code says so."""
    monkeypatch.setattr("autograder.course.settings.find_course", lambda: find_course(ROOT))
    (tmp_path / "results" / LAB).mkdir(parents=True)
    for record in (made("a@uni.example", 5.0), made("kim", 6.0)):
        (tmp_path / "results" / LAB / f"{record.student}.json").write_bytes(to_json(record))
    words = ["export", "prairielearn", "lab1", "--results", str(tmp_path / "results"), "--automatic-only"]
    done = CliRunner().invoke(app, [*words, "--output", str(tmp_path / "scores.csv")])

    assert prairielearn_table((tmp_path / "scores.csv").read_bytes()) == {"a@uni.example": 50.0}
    assert done.exit_code == 1
    assert "left out: kim (no e-mail address: give it in the roster)" in done.stderr
