"""`autograder init`: what it makes, and where it refuses to."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from autograder.authoring.new_course import local_zone, make_course
from autograder.course.settings import find_course, load_course
from autograder.errors import UsageError
from autograder.export.formats import FORMATS, output_for
from autograder.nbgrader.course_lock import LOCK


def test_a_course_has_what_it_needs_and_nothing_else(tmp_path: Path) -> None:
    """The files that are told are there, in a folder that git already has; a title may hold what YAML minds."""
    folder = tmp_path / "Netze für alle"
    (folder / ".git").mkdir(parents=True)
    made = make_course(folder, 'Netze: "eins" \\ #2', "Europe/Berlin")
    course = load_course(folder)

    assert sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file()) == made
    assert (course.settings.title, course.settings.timezone) == ('Netze: "eins" \\ #2', "Europe/Berlin")
    assert list(course.settings.assignments) == ["lab1_first"]
    config = (folder / "nbgrader_config.py").read_text().splitlines()
    assert len(config) == 3
    assert config[-1] == 'c = configure(get_config(), course_id="Netze_f_r_alle")'
    assert "@@" not in "".join(path.read_text() for path in folder.rglob("*") if path.is_file())


def test_each_course_has_a_secret_of_its_own_that_git_ignores(tmp_path: Path) -> None:
    """In a file that only its owner can read; nothing else of the course holds it."""
    for name in ("one", "two"):
        make_course(tmp_path / name, name, "UTC")
    one, two = (load_course(tmp_path / name).settings.secret for name in ("one", "two"))
    file = tmp_path / "one" / "course.secret"

    assert one != two
    assert len(one) == 64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "/course.secret" in (tmp_path / "one" / ".gitignore").read_text().splitlines()
    assert [path for path in (tmp_path / "one").rglob("*") if path.is_file() and one in path.read_text()] == [file]


@pytest.mark.parametrize(
    ("there", "title", "timezone", "fact"),
    [
        ("course.yml", "T", "UTC", "is a course already: `autograder new LAB` in it makes a lab"),
        ("thesis.docx", "T", "UTC", r"holds thesis\.docx: name a folder that is new or empty"),
        (None, "T", "Middle/Earth", "no time zone 'Middle/Earth': write --timezone Europe/Berlin, for example"),
        (None, " ", "UTC", "a course's title is one line that is not empty"),
        (None, "two\nlines", "UTC", "a course's title is one line"),
    ],
)
def test_where_it_refuses_nothing_is_written(
    tmp_path: Path, there: str | None, title: str, timezone: str, fact: str
) -> None:
    """Each refusal says what to do instead; what is there stays as it was."""
    folder = tmp_path / "course"
    folder.mkdir()
    if there:
        (folder / there).write_text("mine")
    with pytest.raises(UsageError, match=fact):
        make_course(folder, title, timezone)

    assert [path.name for path in folder.iterdir()] == ([there] if there else [])


def test_a_file_and_a_place_that_can_not_be_written_to(tmp_path: Path) -> None:
    """The system's own reason is told."""
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is a file: name a folder that is new or empty"):
        make_course(tmp_path / "file", "T", "UTC")
    with pytest.raises(UsageError, match=r"can't make a course in .*Not a directory.*; choose another place"):
        make_course(tmp_path / "file" / "below", "T", "UTC")


def test_a_fault_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk while the lab is written: the folder is as empty as it was."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("autograder.authoring.new_course.make_lab", full)
    with pytest.raises(UsageError, match="No space left on device"):
        make_course(tmp_path / "course", "T", "UTC")
    assert list((tmp_path / "course").iterdir()) == []


def test_the_machines_time_zone_is_found_by_its_name(tmp_path: Path) -> None:
    """Debian's link leads to it; a copied file, or none, means UTC."""
    for name, target in {"berlin": "/usr/share/zoneinfo/Europe/Berlin", "odd": "/srv/zone"}.items():
        (tmp_path / name).symlink_to(target)
    (tmp_path / "copied").touch()

    assert local_zone(tmp_path / "berlin") == "Europe/Berlin"
    assert [local_zone(tmp_path / name) for name in ("odd", "copied", "missing")] == ["UTC"] * 3


def test_without_a_course_the_command_to_make_one_is_named(tmp_path: Path) -> None:
    """`autograder new` and all others, in an empty folder."""
    with pytest.raises(UsageError, match="or make one with `autograder init FOLDER`"):
        find_course(tmp_path)


def test_what_its_pages_point_to_is_there(tmp_path: Path) -> None:
    """Links of its documents, and the page that `new`, the suite and the mistakes name."""
    make_course(tmp_path / "course", "T", "UTC")
    pages = list((tmp_path / "course").rglob("*.md"))
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)\s#]+)", page.read_text())]

    assert {path.name for path in pages} == {"README.md", "author.md", "student.md"}
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []
    assert not (tmp_path / "course" / "docs" / "author.md").is_symlink()
    assert "autograder handout handout.zip" in (tmp_path / "course" / "README.md").read_text()


@pytest.mark.skipif(shutil.which("git") is None, reason="git says what it ignores")
def test_git_ignores_what_belongs_to_students(tmp_path: Path) -> None:
    """Every export under its default name, beside the download that it was made from; the roster is the course's."""
    folder = tmp_path / "course"
    make_course(folder, "T", "UTC")
    subprocess.run(["git", "init", "-q", folder], check=True)
    names = [output_for(form, None, None) for form in FORMATS]
    names += [output_for(form, None, Path(f"{form}.csv")) for form in ("canvas", "moodle", "blackboard", "brightspace")]
    theirs = [*map(str, names), "handout.zip", "gradebook.db", LOCK, "downloaded.csv", "grades.csv"]
    said = subprocess.run(
        ["git", "check-ignore", *theirs, "students.csv", "course.yml"],
        cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip

    assert set(said.stdout.split()) == set(theirs)
