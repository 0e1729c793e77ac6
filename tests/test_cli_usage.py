"""Wrong usage and configuration: one message, whose first line says fact, place and fix; exit code 2."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from small_course import autograder, write_course

from autograder.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A small course."""
    return write_course(tmp_path / "course")


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One message of ours with all `words` in its first line, exit code 2, nothing else."""
    assert done.returncode == 2, done.stderr
    first, *rest = done.stderr.splitlines()
    assert first.startswith("autograder: ")
    assert [word for word in words if word not in first] == []
    assert rest == []
    assert "Traceback" not in done.stdout


def test_no_such_assignment(course: Path) -> None:
    """The names that there are stand in the message."""
    refused(autograder(course, "grade", "lab9"), "no assignment called 'lab9'", "course.yml", "tiny")


def test_ambiguous_prefix(course: Path) -> None:
    """Both candidates are named."""
    text = (course / "course.yml").read_text()
    (course / "course.yml").write_text(text + "  tin: {title: a}\n  tint: {title: b}\n")

    refused(autograder(course, "grade", "ti"), "several assignments", "tin", "tint")


def test_no_such_folder(course: Path) -> None:
    """The folder is named, and the option."""
    refused(autograder(course, "grade", "--submitted", "nowhere"), "nowhere", "No such file", "--submitted")


def test_empty_folder(course: Path) -> None:
    """A folder without students says what should be there."""
    (course / "empty").mkdir()

    refused(autograder(course, "grade", "--submitted", "empty"), "no student in empty", "one folder per student")


def test_unknown_student(course: Path) -> None:
    """The student is named."""
    refused(autograder(course, "grade", "--student", "zoe"), "no folder for zoe", "--student")


def test_no_course(tmp_path: Path) -> None:
    """Outside of any course, the message says what a course's root holds."""
    refused(autograder(tmp_path, "grade"), "no course.yml", str(tmp_path), "run this inside a course")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("limits: {call_seconds: 3, cpu_seconds: 20}", ["limits.call_seconds", "`str`"]),
        ("secret: only-for-tests", ["secret", "length >= 8"]),
        ("title: A small course", ["missing required field `title`"]),
    ],
)
def test_broken_key(course: Path, line: str, words: list[str]) -> None:
    """The key is named, with its path, and the file."""
    wrong = {"limits": "limits: {call_seconds: soon}", "secret": "secret: short", "title": ""}[line.partition(":")[0]]
    text = (course / "course.yml").read_text()
    (course / "course.yml").write_text(text.replace(line, wrong))

    refused(autograder(course, "grade"), "course.yml", *words)


def test_unknown_key(course: Path) -> None:
    """A key with a typo is no silent default."""
    with (course / "course.yml").open("a") as file:
        file.write("limitz: {}\n")

    refused(autograder(course, "grade"), "limitz", "course.yml")


def test_no_yaml(course: Path) -> None:
    """The place in the file is named."""
    (course / "course.yml").write_text("title: [")

    refused(autograder(course, "grade"), "course.yml is not YAML", "line 2,", "fix that line")


def test_results_that_cannot_be_written(course: Path) -> None:
    """A file stands where the results folder should be."""
    (course / "taken").touch()

    refused(autograder(course, "grade", "--results", "taken"), "can't write results to taken", "--results")


@pytest.mark.parametrize("folder", ["solutions", "assignments"])
def test_missing_notebook(course: Path, folder: str) -> None:
    """The path is named, and how it is made."""
    (course / folder / "tiny" / "tiny.ipynb").unlink()

    refused(autograder(course, "grade"), f"{folder}/tiny/tiny.ipynb", "notebook")


def test_missing_suite(course: Path) -> None:
    """The path is named, and what to do."""
    (course / "autograder" / "suites" / "test_tiny.py").unlink()

    refused(autograder(course, "grade"), "no hidden suite at", "test_tiny.py")


def test_check_needs_a_file(course: Path) -> None:
    """The path is named."""
    refused(autograder(course, "check", "tiny.ipynb"), "no file tiny.ipynb")


def test_check_needs_an_assignment(course: Path) -> None:
    """A file whose name says no assignment."""
    (course / "other.py").touch()

    refused(autograder(course, "check", "other.py"), "no assignment called 'other'", "tiny", "with --assignment")


def test_unknown_option(course: Path) -> None:
    """The parser's own errors have exit code 2 as well."""
    assert autograder(course, "grade", "--no-such-option").returncode == 2


def test_help_cuts_nothing_off(tmp_path: Path) -> None:
    """Each command has a description that is whole in 80 columns, and a page of its own that begins with one."""
    shown = autograder(tmp_path, "--help").stdout
    commands = [line.split()[0] for line in shown.partition("Commands:")[2].splitlines() if line.strip()]

    assert len(commands) > 12
    assert "..." not in shown.partition("Commands:")[2]
    for command in commands:
        assert len(autograder(tmp_path, command, "--help").stdout.split("\n\n")[1].split()) > 4


def test_version(tmp_path: Path) -> None:
    """It is said, outside of a course too."""
    assert autograder(tmp_path, "--version").stdout == f"autograder {VERSION}\n"


def test_help(tmp_path: Path) -> None:
    """It lists the commands and imports nothing heavy."""
    done = autograder(tmp_path, "--help")
    heavy = {"torch", "numpy", "rich", "pytest", "msgspec"}
    code = f"import sys, autograder.cli.main; print(sorted({heavy} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.returncode == 0
    assert all(command in done.stdout for command in ("grade", "check", "doctor"))
    assert loaded.stdout == "[]\n"


def test_the_module_is_the_command(course: Path) -> None:
    """`python -m autograder` says and returns what `autograder` does."""
    for arguments in (["--help"], ["grade", "no-such-lab"]):
        module = [sys.executable, "-m", "autograder", *arguments]
        done = subprocess.run(module, cwd=course, capture_output=True, text=True, check=False)
        command = autograder(course, *arguments)

        assert (done.returncode, done.stderr) == (command.returncode, command.stderr)
        assert done.stdout.replace("python -m autograder", "autograder") == command.stdout


def test_the_command_ends_without_a_last_search_for_garbage() -> None:
    """What is there when it ends is frozen, which the collector passes over."""
    program = (
        "import atexit, gc; from autograder.cli.main import run; "
        "atexit.register(lambda: print(gc.get_freeze_count() > 1000)); run(lambda: None)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "True\n"
