"""The hash that says whether there is anything to grade again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder import version
from autograder.course.settings import Course, load_course
from autograder.course.submission import Submission
from autograder.grading import fingerprint

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """
title: A course
secret: only-for-tests
assignments:
  one: {title: One}
  two: {title: Two}
"""
PLACES = {
    "solution": "solutions/one/one.ipynb",
    "release": "assignments/one/one.ipynb",
    "suite": "autograder/suites/test_one.py",
    "helper of the suite": "autograder/suites/one/helper.py",
    "data of the suite": "autograder/suites/one/data.csv",
}


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course whose files need not be of any sense."""
    for place in PLACES.values():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("{}")
    (tmp_path / "course.yml").write_text(SETTINGS)
    return load_course(tmp_path)


def shared(course: Course, *, sandbox: bool = True) -> str:
    """The part that all submissions share, from the files as they are now."""
    return fingerprint.for_assignment(load_course(course.root), "one", sandbox=sandbox)


def handed_in(data: bytes = b"{}", path: str = "ada/one/one.ipynb", **more: object) -> Submission:
    """A submission."""
    return Submission(student="ada", assignment="one", path=path, data=data, **more)  # type: ignore[arg-type]


def test_the_same_course_has_the_same_hash(course: Course) -> None:
    """Twice, and after a file was written anew with the same content."""
    before = shared(course)
    (course.root / PLACES["suite"]).write_text("{}")

    assert shared(course) == before


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
def test_a_changed_file_of_the_course_changes_it(course: Course, place: str) -> None:
    """Solution, released notebook, suite, and what the suite may import."""
    before = shared(course)
    (course.root / place).write_text("{ }")

    assert shared(course) != before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("only-for-tests", "another-secret"),
        ("title: One", "title: Eins"),
        ("assignments", "limits: {call_seconds: 3}\nassignments"),
    ],
)
def test_changed_settings_change_it(course: Course, old: str, new: str) -> None:
    """The secret draws the inputs, limits decide what times out."""
    before = shared(course)
    (course.root / "course.yml").write_text(SETTINGS.replace(old, new))

    assert shared(course) != before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Two", "title: Zwei"),
        ("{title: One}", "{title: One, due: 2026-11-30T12:00:00+00:00}"),
        ("assignments", "late: {percent_per_day: 10}\nassignments"),
        ("\n", "\n# a comment\n"),
    ],
)
def test_what_no_grade_depends_on_does_not_change_it(course: Course, old: str, new: str) -> None:
    """Another assignment, comments, dates and penalties: these are computed from the record."""
    before = shared(course)
    (course.root / "course.yml").write_text(SETTINGS.replace(old, new))

    assert shared(course) == before


def test_the_isolation_the_versions_and_the_kit_count(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was graded without a sandbox, with another torch, or by a kit with a bug is graded again."""
    before = shared(course)
    assert shared(course, sandbox=False) != before
    with monkeypatch.context() as patch:
        patch.setattr(fingerprint, "version", lambda _name: "0.0")
        assert shared(course) != before
    monkeypatch.setattr(fingerprint, "kit_hash", lambda: b"corrected")

    assert shared(course) != before


def test_a_submission_has_its_own_hash() -> None:
    """Its bytes, its name, what was left aside, why it was rejected, and what it shares with the others."""
    found = [
        fingerprint.for_submission("shared", handed_in()),
        fingerprint.for_submission("changed", handed_in()),
        fingerprint.for_submission("shared", handed_in(b"{ }")),
        fingerprint.for_submission("shared", handed_in(path="ada/one/one.py")),
        fingerprint.for_submission("shared", handed_in(notes=["left aside: x"])),
        fingerprint.for_submission("shared", handed_in(rejection="too large")),
        fingerprint.for_submission("shared", handed_in(rejection="a link")),
    ]

    assert len(set(found)) == len(found)
    assert fingerprint.for_submission("shared", handed_in()) == found[0]


@pytest.mark.parametrize("name", ["code.py", "page.html", "style.css"])
def test_the_kit_is_its_code_and_its_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A student's page depends on its template as a grade does on the code; compiled files don't count."""
    monkeypatch.setattr(version, "PACKAGE", tmp_path)
    hashes = []
    for changed in (tmp_path / "code.pyc", tmp_path / "other.pyc", tmp_path / name):
        changed.write_text("changed")
        hashes.append(version.kit_hash.__wrapped__())

    assert hashes[0] == hashes[1] != hashes[2]


def test_a_suite_is_no_part_of_the_kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the kit's own repository the course's suites stand in the package: another lab's change is none of the kit."""
    (tmp_path / "suites" / "lab").mkdir(parents=True)
    engine, helper = tmp_path / "engine.py", tmp_path / "suites" / "lab" / "helper.py"
    monkeypatch.setattr(version, "PACKAGE", tmp_path)
    found: list[bytes] = []
    for file in (engine, helper, helper, engine):
        file.write_text(f"{file.name} {len(found)}")
        found.append(version.kit_hash.__wrapped__())

    assert found[0] == found[1] == found[2] != found[3]
