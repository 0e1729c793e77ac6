"""`autograder grade` and `check` in real processes, on a small course."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from small_course import COMMAND, HEEDS, RIGHT, WRONG, autograder, hand_in, records, write_course

WITHOUT = str(Path(__file__).parent / "helpers" / "without.py")
TIMES = ("started_at", "seconds", "cpu_seconds")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A course of three, graded once with two jobs: right, wrong, and a file that is no Python text."""
    root = write_course(tmp_path_factory.mktemp("course"))
    hand_in(root, "cy", "")
    (root / "submitted" / "cy" / "tiny" / "tiny.py").write_bytes(b"\xff\xfe\x00")
    return root, autograder(root, "grade", "--jobs", "2")


def timeless(record: dict[str, Any]) -> dict[str, Any]:
    """A record without its times."""
    return {key: value for key, value in record.items() if key not in TIMES}


def test_records_pages_and_table(graded: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """One record and one page each, a table, where the pages are, and silence on standard error."""
    root, done = graded
    found = records(root)

    assert (done.returncode, done.stderr) == (0, "")
    assert {name: (record["status"], record["score"]) for name, record in found.items()} == {
        "ann": ("graded", 4.0), "bob": ("graded", 1.0), "cy": ("rejected", 0.0),
    }  # fmt: skip
    assert all((root / "results" / "tiny" / f"{name}.html").exists() for name in found)
    assert "results/tiny" in done.stdout
    assert "not doubled" in done.stdout
    assert (
        (root / "results" / "tiny" / "scores.csv").read_text().startswith("student,assignment,status,score,max_score")
    )


def test_a_second_run_grades_nothing_unless_forced(graded: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """Unchanged submissions keep their records, --force makes the same ones anew, and a changed one alone is graded."""
    root, _ = graded
    before = {path: path.read_bytes() for path in (root / "results" / "tiny").glob("*.json")}
    again = autograder(root, "grade")

    assert "not graded again: 3" in again.stdout
    assert {path: path.read_bytes() for path in before} == before

    old = records(root)
    forced = autograder(root, "grade", "--force", "--jobs", "1")
    assert "not graded again" not in forced.stdout
    assert {name: timeless(record) for name, record in records(root).items()} == {
        name: timeless(record) for name, record in old.items()
    }

    hand_in(root, "bob", RIGHT)
    assert "not graded again: 2" in autograder(root, "grade").stdout
    assert records(root)["bob"]["score"] == 4.0
    hand_in(root, "bob", WRONG)


def test_check_prints_the_mistake(
    graded: tuple[Path, subprocess.CompletedProcess[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong submission is exit code 1 with the mistake named; a right one is 0."""
    root, _ = graded
    monkeypatch.setenv("PYTEST_ADDOPTS", "-v --no-such-option")
    wrong = autograder(root, "check", "submitted/bob/tiny/tiny.py")
    right = autograder(root, "check", "submitted/ann/tiny/tiny.py")

    assert (wrong.returncode, right.returncode) == (1, 0)  # whatever options somebody's own pytest should take
    assert "not doubled" in wrong.stdout
    assert "Multiply by 2." in wrong.stdout


@pytest.mark.rotating
@pytest.mark.parametrize("layer", ["landlock", "seccomp"])
def test_without_a_layer_grading_refuses(tmp_path: Path, layer: str) -> None:
    """One message and exit code 2; with --no-sandbox it grades, and each record says so."""
    root = write_course(tmp_path)
    before = (sys.executable, WITHOUT, layer, "--")
    refused = autograder(root, "grade", before=before)

    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert layer in refused.stderr.lower()
    assert "--no-sandbox" in refused.stderr
    assert not (root / "results").exists()

    done = autograder(root, "grade", "--no-sandbox", before=before)
    assert done.returncode == 0
    assert [record["isolation"] for record in records(root).values()] == [{"sandbox": "none"}] * 2


def test_a_suite_that_breaks_is_nobodys_zero(tmp_path: Path) -> None:
    """Grader errors: no score, exit code 1, and the message reaches staff, not the page; `check` says 3."""
    root = write_course(tmp_path)
    suite = root / "autograder" / "suites" / "test_tiny.py"
    suite.write_text(suite.read_text().replace("    double.right", "    1 / 0\n    double.right"))
    done = autograder(root, "grade")
    found = records(root)

    assert done.returncode == 1
    assert {(record["status"], record["score"]) for record in found.values()} == {("grader_error", None)}
    first = found["ann"]["message"].splitlines()[0]
    assert first == "autograder/suites/test_tiny.py, line 21: ZeroDivisionError: division by zero (check double.twice)"
    assert "ZeroDivisionError" not in (root / "results" / "tiny" / "ann.html").read_text()
    assert autograder(root, "check", "submitted/ann/tiny/tiny.py").returncode == 3


def test_a_suite_that_cannot_be_collected_is_nobodys_zero(tmp_path: Path) -> None:
    """A syntax error in a suite is a grader error with its text."""
    root = write_course(tmp_path, {"ann": RIGHT})
    (root / "autograder" / "suites" / "test_tiny.py").write_text("def broken(:\n")
    done = autograder(root, "grade")

    assert done.returncode == 1
    assert "test_tiny.py, line 1: SyntaxError: invalid syntax" in records(root)["ann"]["message"].splitlines()[0]


def slow_course(root: Path) -> Path:
    """Twelve students whose code takes half a second."""
    slow = "import time\ndef double(x):\n    time.sleep(0.25)\n    return 2 * x\n"
    return write_course(root, {f"s{number:02}": slow for number in range(12)})


def started(root: Path) -> subprocess.Popen[str]:
    """A run with two jobs, once its first record is there."""
    run = subprocess.Popen(
        [*HEEDS, COMMAND, "grade", "--jobs", "2"],
        cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while not list((root / "results" / "tiny").glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.05)
    return run


def test_a_killed_worker_costs_no_record(tmp_path: Path) -> None:
    """SIGKILL to a worker process in the middle: every submission is graded all the same."""
    root = slow_course(tmp_path)
    run = started(root)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    workers = [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(workers[0], signal.SIGKILL)
    run.communicate(timeout=180)

    assert run.returncode == 0
    assert {record["score"] for record in records(root).values()} == {4.0}
    assert len(records(root)) == 12


@pytest.mark.rotating("ctrl-c")
def test_ctrl_c_keeps_what_is_done(tmp_path: Path) -> None:
    """SIGINT ends the run in good order; the same command then goes on and grades the rest only."""
    root = slow_course(tmp_path)
    run = started(root)
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=120)
    done = len(records(root))

    assert run.returncode == 1
    assert "run the same command again" in errors
    assert "Traceback" not in errors
    assert 0 < done < 12
    assert f"not graded again: {done}" in autograder(root, "grade").stdout
    assert len(records(root)) == 12


def test_a_folder_name_that_is_not_utf_8_costs_one_row(tmp_path: Path) -> None:
    """Everybody else is graded, and the row says which folder to rename."""
    root = write_course(tmp_path)
    odd = os.fsencode(root / "submitted") + b"/j\xf6rg/tiny"
    os.makedirs(odd)  # a path of bytes

    done = autograder(root, "grade")

    assert done.returncode == 1, done.stderr
    assert {name: record["status"] for name, record in records(root).items()} == {
        "ann": "graded", "bob": "graded", "j\\xf6rg": "grader_error",
    }  # fmt: skip
    assert "not UTF-8: rename it" in str(records(root)["j\\xf6rg"])
