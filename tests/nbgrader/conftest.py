"""One generated course for all nbgrader tests; each module works on a copy."""

from __future__ import annotations

import pytest
from nbcourse import LABS, NbCourse, copy_of, make_course


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> NbCourse:
    """A course whose gradebook knows the first three labs; not to be changed."""
    course = make_course(tmp_path_factory.mktemp("template") / "course")
    course.nbgrader_all(*[f"generate_assignment {lab} --force" for lab in LABS])
    return course


@pytest.fixture(scope="module")
def course(generated: NbCourse, tmp_path_factory: pytest.TempPathFactory) -> NbCourse:
    """The module's own course."""
    return copy_of(generated, tmp_path_factory.mktemp("nbgrader"))
