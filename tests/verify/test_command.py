"""`autograder verify` as people run it: exit codes, short words, and the release step that it compares with."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from broken_course import LAB, Broken

if TYPE_CHECKING:
    from pathlib import Path


def verify(course: Broken, *options: str) -> subprocess.CompletedProcess[str]:
    """The command, in the course."""
    return subprocess.run(
        [sys.executable, "-m", "autograder", "verify", "lab1", *options],
        cwd=course.root,
        capture_output=True,
        text=True,
        check=False,
        env={"COLUMNS": "200"},
    )


@pytest.fixture
def course(tmp_path: Path) -> Broken:
    """A whole copy, not broken yet."""
    return Broken(tmp_path)


def test_clean_course_takes_one_line(course: Broken) -> None:
    """Exit code 0, and how many rules and labs there were."""
    done = verify(course, "--rule", "points", "--rule", "cell-ids")

    assert (done.returncode, done.stdout) == (0, "✓ 2 rules, 1 lab: nothing to fix\n"), done.stderr


def test_finding_says_rule_place_fact_and_remedy(course: Broken) -> None:
    """Exit code 1; of many findings of one rule five are shown, and how many more there are."""
    for cell in ("sigmoid", "lstm_step", "forget_gate_effect"):
        course.tag(course.master, cell, points=20)

    done = verify(course, "--rule", "points")

    first, place, remedy, *_ = done.stdout.splitlines()
    assert done.returncode == 1
    assert first.startswith("✗ points  The points of a cell")
    assert place.strip() == (
        f"assignments/{LAB}/{LAB}.ipynb, cell `sigmoid`: 2 points for `sigmoid`, but the master's cell says 20"
    )
    assert remedy.strip().startswith("→ make them the same")
    assert "… and 4 more" in done.stdout
    assert done.stdout.splitlines()[-1] == "9 findings of 1 rule in 1 lab"


def test_unknown_rule_is_wrong_usage(course: Broken) -> None:
    """Exit code 2, and the rules that there are."""
    done = verify(course, "--rule", "point")

    assert done.returncode == 2
    assert done.stderr.startswith("autograder: no rule 'point'")
    assert "points" in done.stderr
