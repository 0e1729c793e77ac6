"""Printing is not the work, and what is stored is checked: closed pipes, full disks, edited records, cut pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from small_course import COMMAND, autograder, scores, write_course

from autograder.cli.exit_codes import said

# ---------------------------------------------------------------- printing


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small course."""
    return write_course(tmp_path_factory.mktemp("printed"))


@pytest.mark.rotating
@pytest.mark.parametrize(
    ("redirect", "code", "told"),
    [("| head -0", 0, ""), ("> /dev/full", 0, "takes no more"), ("<&- >&-", 0, ""), ("<&- >&- 2>&-", 0, "")],
)
def test_printing_is_not_the_work(printed: Path, redirect: str, code: int, told: str) -> None:
    """Whatever becomes of what is printed, tables and records are written."""
    shutil.rmtree(printed / "results", ignore_errors=True)
    script = f"set -o pipefail; {COMMAND} grade {redirect}"
    done = subprocess.run(["bash", "-c", script], cwd=printed, capture_output=True, text=True, check=False)

    assert done.returncode == code
    assert told in done.stderr
    assert bool(told) == bool(done.stderr)
    assert scores(printed) == {"ann": 4.0, "bob": 1.0}
    assert {"scores.csv", "report.html"} <= {path.name for path in (printed / "results" / "tiny").iterdir()}


def test_an_error_of_our_own_is_one_line(printed: Path) -> None:
    """No traceback reaches a user: the line says where it is written down."""
    code = (
        "import autograder.cli.doctor as d, sys\nsys.argv = ['autograder', 'doctor']\nd.examine = lambda *_: 1 // 0\n"
    )
    script = f"{code}from autograder.__main__ import main\nmain()"
    python = str(Path(COMMAND).with_name("python"))
    done = subprocess.run(
        [python, "-c", script], cwd=printed, capture_output=True, text=True, check=False,
        env=os.environ | {"TMPDIR": str(printed)},
    )  # fmt: skip
    (details,) = printed.glob("autograder-error-*.txt")

    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "ZeroDivisionError" in done.stderr
    assert str(details) in done.stderr
    assert "Traceback" in details.read_text()


def test_the_newest_files_of_details_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash a minute fills no disk; what is not such a file stays."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for number in range(8):
        old = tmp_path / f"autograder-error-{number:08}.txt"
        old.touch()
        os.utime(old, (number, number))
    (tmp_path / "autograder-error-a_folder.txt").mkdir()
    (tmp_path / "autograder-error-notes.txt").touch()
    message, _ = said(ZeroDivisionError())

    left = {path.name for path in tmp_path.iterdir()}
    assert {f"autograder-error-{number:08}.txt" for number in (4, 5, 6, 7)} <= left
    assert len(left) == 7
    assert message.rpartition("/")[2] in left
    assert {"autograder-error-a_folder.txt", "autograder-error-notes.txt"} <= left


# ---------------------------------------------------------------- what is stored


@pytest.mark.rotating
@pytest.mark.parametrize(
    ("old", "new"),
    [('"schema": 1', '"schema": 2'), ('"score": 1.0', '"score": 10.0'), ('"points": 1.0', '"points": 4.0')],
)
def test_a_stored_record_is_checked(tmp_path: Path, old: str, new: str) -> None:
    """A record of another schema, or whose figures don't add up, is graded again."""
    root = write_course(tmp_path)
    assert autograder(root, "grade").returncode == 0
    file = root / "results" / "tiny" / "bob.json"
    whole = file.read_text()
    assert old in whole
    file.write_text(whole.replace(old, new))
    done = autograder(root, "grade")

    assert "not graded again: 1 " in done.stdout
    assert scores(root) == {"ann": 4.0, "bob": 1.0}


@pytest.mark.rotating("stored")
def test_a_page_that_is_cut_is_written_again(tmp_path: Path) -> None:
    """From the record, without grading."""
    root = write_course(tmp_path)
    assert autograder(root, "grade").returncode == 0
    page = root / "results" / "tiny" / "bob.html"
    whole = page.read_bytes()
    page.write_bytes(whole[:2])

    assert "not graded again: 2 " in autograder(root, "grade").stdout
    assert page.read_bytes() == whole


@pytest.mark.rotating("stored")
def test_records_without_a_folder(tmp_path: Path) -> None:
    """They are named and in no table or export, unless there is no folder of submissions to go by."""
    root = write_course(tmp_path)
    assert autograder(root, "grade").returncode == 0
    (root / "submitted" / "bob").rename(root / "bob")
    for command in (("grade",), ("report",), ("export", "csv")):
        done = autograder(root, *command)
        assert "left out, as there is no folder in submitted: the records of bob" in done.stderr
    assert "bob" not in (root / "scores.csv").read_text()
    assert "bob" not in (root / "results" / "tiny" / "scores.csv").read_text()

    (root / "submitted").rename(root / "away")
    done = autograder(root, "report")
    assert "the records alone count" in done.stderr
    assert "bob" in (root / "results" / "tiny" / "scores.csv").read_text()
