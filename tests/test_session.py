"""The warm pytest: what it does not do for a submission that fails."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from small_course import WRONG, hand_in, write_course

from autograder.course.settings import find_course
from autograder.grading.grader import Grader

if TYPE_CHECKING:
    from pathlib import Path


SLOW = '''
from autograder.suite import check, once_per_batch

def burn():
    return sum(range(20_000_000))

@once_per_batch
def shared(number):
    return burn()

@check("double", weight=4)
def test_slow(student):
    """t

    h
    """
    student.double(1.0)
    WORK
'''


@pytest.mark.parametrize(("work", "charged"), [("burn()", True), ("shared(1)", False)])
def test_time_of_the_suite_counts_against_the_submission(work: str, charged: bool, tmp_path: Path) -> None:
    """Comparing what it has sent as well as reading it; what is computed once per batch does not."""
    suite = write_course(tmp_path) / "autograder" / "suites" / "test_tiny.py"
    suite.write_text(SLOW.replace("WORK", work))

    with Grader(find_course(tmp_path), assignments=["tiny"]) as grader:
        record = grader.grade_file(tmp_path / "submitted" / "ann" / "tiny" / "tiny.py", "ann", "tiny")

    assert record.score == 4.0
    assert (record.cpu_seconds > 0.15) == charged


def test_no_picture_is_drawn_of_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that shows the code around a failure, for nobody, takes forty times as long as all the rest."""
    drawn: list[object] = []
    monkeypatch.setattr(pytest.Function, "repr_failure", lambda *_args: drawn.append(1))
    hand_in(write_course(tmp_path), "eve", WRONG)

    with Grader(find_course(tmp_path), assignments=["tiny"]) as grader:
        record = grader.grade_file(tmp_path / "submitted" / "eve" / "tiny" / "tiny.py", "eve", "tiny")

    assert (record.score, drawn) == (1.0, [])


def test_failure_at_the_prompt_ends_in_the_suite(tmp_path: Path) -> None:
    """An author reads the line of the check and the message: what the engine did to find out is left out."""
    root = write_course(tmp_path)
    (root / "mine.py").write_text(WRONG)
    words = ["autograder/suites/test_tiny.py", "--submission", "mine.py", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words], cwd=root, check=False, capture_output=True, text=True
    )

    assert done.returncode == 1, done.stderr
    assert "double.right(student, reference)" in done.stdout
    assert "The result is not twice the number." in done.stdout
    assert "test_tiny.py:21: CheckFailed" in done.stdout
    assert "judge.py" not in done.stdout
    assert "stages.py" not in done.stdout
