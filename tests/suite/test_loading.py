"""Suites of two courses in one process, each with a helper of the same name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from autograder.suite.loading import import_suite, is_suite

if TYPE_CHECKING:
    from pathlib import Path


def course(root: Path, value: int) -> Path:
    """A suite whose helper holds `value`; returns the suite."""
    home = root / "autograder" / "suites" / "lab"
    home.mkdir(parents=True)
    (root / "course.yml").touch()
    (home / "helper.py").write_text(f"VALUE = {value}\n")
    suite = home.parent / "test_lab.py"
    suite.write_text("from .lab.helper import VALUE\n")
    return suite


def test_two_courses_do_not_meet(tmp_path: Path) -> None:
    """Each suite gets its own helper, and neither is importable by a plain name."""
    first, second = course(tmp_path / "a", 1), course(tmp_path / "b", 2)

    assert (import_suite(first).VALUE, import_suite(second).VALUE) == (1, 2)
    assert not {"lab", "lab.helper", "test_lab"} & set(sys.modules)


def test_only_a_courses_suites_are_suites(tmp_path: Path) -> None:
    """Neither a test elsewhere nor one in a folder without course.yml."""
    suite = course(tmp_path / "a", 1)
    (tmp_path / "autograder" / "suites").mkdir(parents=True)

    assert is_suite(suite)
    assert not is_suite(suite.parent / "lab" / "test_x.py")
    assert not is_suite(tmp_path / "autograder" / "suites" / "test_lab.py")
