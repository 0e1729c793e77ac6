"""The secret that the kit is shipped with: who grades with it is told, and one of the course's own takes its place."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from small_course import autograder, write_course

from autograder.course.secret import ELSEWHERE, PUBLIC, SHIPPED, make_secret
from autograder.course.settings import find_course, load_course

REPO = Path(__file__).parents[1]
BOTH = f"secret: {SHIPPED}\nsecret_file: course.secret"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with the lines of the kit's own, outside of these tests' environment."""
    monkeypatch.delenv(ELSEWHERE)
    root = write_course(tmp_path)
    text = (root / "course.yml").read_text().replace("secret: only-for-tests", BOTH)
    (root / "course.yml").write_text(text)
    return root


def test_the_kit_s_own_course_is_as_these_tests_take_it() -> None:
    """Its lines are those above; here it has a secret of the tests' own."""
    assert f"\n{BOTH}\n" in (REPO / "course.yml").read_text()
    assert not find_course(REPO).has_public_secret


def test_git_ignores_the_file() -> None:
    """So that no commit publishes it."""
    done = subprocess.run(["git", "check-ignore", "-q", "course.secret"], cwd=REPO, check=False)
    assert done.returncode == 0


def test_grade_says_so_in_a_line(shipped: Path) -> None:
    """Once per run, with what to do; and no more once there is a secret."""
    told = autograder(shipped, "grade", "--student", "ann").stderr
    assert told.splitlines().count(f"autograder: {PUBLIC}") == 1

    make_secret(shipped)
    assert PUBLIC not in autograder(shipped, "grade", "--student", "ann").stderr


@pytest.mark.parametrize("command", ["doctor", "verify"])
def test_doctor_and_verify_say_so(shipped: Path, command: str) -> None:
    """Each in a line of its own."""
    done = autograder(shipped, command)
    assert PUBLIC in (done.stdout + done.stderr).splitlines()


def test_a_made_secret_is_the_owner_s_and_holds(shipped: Path) -> None:
    """64 letters that nobody else can read; a second call leaves them as they are, and says so."""
    make = [sys.executable, "-m", "autograder", "secret"]
    first = subprocess.run(make, cwd=shipped, check=True, capture_output=True, text=True).stdout
    file = shipped / "course.secret"
    text = file.read_text()
    second = subprocess.run(make, cwd=shipped, check=True, capture_output=True, text=True).stdout

    assert first.startswith(f"made {file}")
    assert second == f"{file} is there already, and stays\n"
    assert (len(text), file.read_text(), load_course(shipped).settings.secret) == (65, text, text.strip())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 & ~os.umask(os.umask(0))
