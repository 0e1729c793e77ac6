"""Ctrl-C in the middle of a submission, at the moments that a signal rarely hits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.course.settings import find_course
from autograder.grading.batch import Batch
from autograder.grading.grader import Grader
from autograder.sandbox.errors import ServerLost
from autograder.sandbox.submission_process import SubmissionProcess
from autograder.suite.warm_pytest import WarmSuite

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "sample_class" / "submitted" / "ada" / "lab1_scalar_lstm" / "lab1_scalar_lstm.ipynb"


def test_ctrl_c_is_not_taken_for_a_lost_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the server can't be asked any more at that moment, nothing is graded once more: the run ends."""
    lost = [ServerLost("in the middle of an answer")]

    def interrupted(*_args: object) -> None:
        raise KeyboardInterrupt

    def close(_process: SubmissionProcess) -> None:
        if lost:
            raise lost.pop()

    with Grader(find_course(ROOT)) as grader:
        with monkeypatch.context() as patched:
            patched.setattr(WarmSuite, "run", interrupted)
            patched.setattr(SubmissionProcess, "close", close)
            with pytest.raises(KeyboardInterrupt):
                grader.grade_file(SAMPLE, "ada", "lab1_scalar_lstm")

        assert not lost
        assert grader.grade_file(SAMPLE, "ada", "lab1_scalar_lstm").score == 10


def test_what_is_left_is_what_has_no_record_of_this_run(tmp_path: Path) -> None:
    """Records that were there before don't count, whether or not they were to be graded again."""
    batch = Batch(course=find_course(ROOT), submitted=tmp_path, results=tmp_path, assignments=["lab"])
    (tmp_path / "lab").mkdir()
    for name, changed in (("old", 100), ("new", 300)):
        path = batch.path("lab", name, "json")
        path.write_text("{}")
        os.utime(path, (changed, changed))

    assert batch.missing([("lab", "old"), ("lab", "new"), ("lab", "none")], since=200) == 2
