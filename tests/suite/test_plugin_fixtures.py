"""What the plugin hands to checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from small_course import autograder, write_course

if TYPE_CHECKING:
    from pathlib import Path

ASKS = """
from autograder.suite import check

@check("double")
def test_far(student, thresholds):
    \"\"\"A threshold

    Train for longer.
    \"\"\"
    assert thresholds["near"] < 1 < thresholds["far"]
"""


def test_threshold_that_course_yml_lacks_is_our_fault(tmp_path: Path) -> None:
    """The one that is there has its number; for the other the message says where it belongs; nobody loses points."""
    root = write_course(tmp_path)
    (root / "autograder" / "suites" / "test_tiny.py").write_text(ASKS)
    settings = root / "course.yml"
    settings.write_text(settings.read_text() + "thresholds: {tiny: {near: 0.9}}\n")

    done = autograder(root, "check", "submitted/ann/tiny/tiny.py")

    assert done.returncode == 3
    assert "course.yml has no threshold 'far' for this assignment: add it" in " ".join(done.stdout.split())
