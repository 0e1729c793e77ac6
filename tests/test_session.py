"""The warm pytest: what it does not do for a submission that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_course import WRONG, hand_in, write_course

from autograder.course import find_course
from autograder.grading import Grader

if TYPE_CHECKING:
    from pathlib import Path


def test_no_picture_is_drawn_of_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report that shows the code around a failure, for nobody, takes forty times as long as all the rest."""
    drawn: list[object] = []
    monkeypatch.setattr(pytest.Function, "repr_failure", lambda *_args: drawn.append(1))
    hand_in(write_course(tmp_path), "eve", WRONG)

    with Grader(find_course(tmp_path), assignments=["tiny"]) as grader:
        record = grader.grade_file(tmp_path / "submitted" / "eve" / "tiny" / "tiny.py", "eve", "tiny")

    assert (record.score, drawn) == (1.0, [])
