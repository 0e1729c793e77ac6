"""`autograder calibrate`: its options, messages and exit codes, over an experiment that costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fake_experiment import LAB
from small_course import autograder, write_course
from typer.testing import CliRunner, Result

from autograder.authoring import calibration_runs
from autograder.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path

    from fake_experiment import Fake

    from autograder.course.settings import Course


def calibrate(*arguments: str) -> Result:
    """The command in this process, in this repository's course."""
    return CliRunner().invoke(app, ["calibrate", *arguments])


def test_supported_thresholds_are_exit_code_0(fake: Fake) -> None:
    """Measured with the default's many runs, then looked at again: both say yes, and the second runs nothing."""
    measuring = calibrate("lab4")
    ran = fake.ran
    looking = calibrate("lab4", "--check")

    assert (measuring.exit_code, looking.exit_code) == (0, 0)
    assert "✓ the stored calibration supports every threshold" in looking.stdout
    assert fake.ran == ran


def test_unsupported_thresholds_are_exit_code_1(fake: Fake) -> None:
    """One threshold of one lab, ten runs: what is missing is said for each of the others."""
    done = calibrate("--runs", "10", "--only", "last_10")

    assert done.exit_code == 1
    assert fake.ran == 410
    assert f"✗ {LAB}.last_10: at 0.95 up to 0.31 of correct work may fail" in done.stdout
    assert f"✗ {LAB}.first_30: not measured; run `autograder calibrate`" in done.stdout


def test_a_stop_loses_nothing(fake: Fake, course: Course) -> None:
    """Ctrl-C after 500 of the runs: they are stored, and the message says how to go on."""
    fake.stop_at = 500
    done = calibrate("--only", "first_10")
    table = calibration_runs.load_table(course, LAB)

    assert done.exit_code == 1
    assert done.stderr == "stopped; what was measured is stored, and the same command goes on from there\n"
    assert table is not None
    assert table.thresholds["first_10"].correct["right"].runs == 100


def test_choose_prints_pools(fake: Fake) -> None:
    """One line per threshold asked for; nothing is measured."""
    done = calibrate("lab4", "--choose", "--only", "lstm_10")

    assert (done.exit_code, done.stdout) == (0, f"{LAB} lstm_10: (1, 2)\n")
    assert fake.ran == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["tiny"], ["no runs to calibrate tiny with", "suites/tiny/calibration.py"]),
        (["lab9"], ["no assignment called 'lab9'", "tiny"]),
        (["--check", "--runs", "5"], ["--check looks at all that is stored", "leave --choose, --runs and --only out"]),
        (["--choose", "--runs", "5"], ["--choose has runs of its own", "leave --runs out"]),
    ],
)
def test_wrong_usage_is_exit_code_2(tmp_path: Path, arguments: list[str], words: list[str]) -> None:
    """One line: what is wrong, and what to do."""
    done = autograder(write_course(tmp_path), "calibrate", *arguments)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert [word for word in words if word not in done.stderr] == []


def test_unknown_threshold_is_named(fake: Fake) -> None:
    """With those that there are."""
    done = calibrate("lab4", "--only", "first_20")

    assert fake.ran == 0
    assert str(done.exception) == (
        f"{LAB} has no threshold 'first_20': --only takes first_10, last_10, first_30, lstm_10"
    )
