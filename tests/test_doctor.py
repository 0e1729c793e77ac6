"""`doctor`, `grade` and the record on this machine, and on one that seems to lack Landlock or seccomp."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from small_course import autograder, records, write_course

from autograder.cli import doctor
from autograder.sandbox.server_client import WarmServer

WITHOUT = str(Path(__file__).parent / "helpers" / "without.py")
ENDS_THE_PROCESS = {"run a program"}


def lacking(layer: str) -> tuple[str, ...]:
    """What stands before a command on a kernel without `layer`."""
    return sys.executable, WITHOUT, layer, "--"


@pytest.mark.rotating("doctor")
def test_each_layer_is_proved(tmp_path: Path) -> None:
    """Every attempt on every layer is refused, honest work is not, and the exit code says that it holds."""
    done = autograder(tmp_path, "doctor")
    lines = done.stdout.splitlines()

    assert done.returncode == 0, done.stdout
    assert lines[-1] == "the sandbox holds"
    assert not [line for line in lines if line.startswith("BAD")]
    for layer in ("Landlock", "seccomp", "privileges", "limits"):
        assert sum(line.startswith(f"ok   {layer}: ") for line in lines) >= 3


@pytest.mark.rotating("doctor")
def test_promises_are_compared_with_what_is_there(tmp_path: Path) -> None:
    """What the course's limits promise stands beside what there is; too low a ulimit is BAD, by its figure."""
    root = write_course(tmp_path / "course")
    limited = ("bash", "-c", 'ulimit -t 5; exec "$0" "$@"')
    here, low = autograder(root, "doctor", "--jobs", "3"), autograder(root, "doctor", before=limited)

    for what in ("ulimit -v: no limit", "memory: ", "room for files: ", "threads and processes: "):
        assert re.search(rf"^ok   {what}.*; 3 at once may need ", here.stdout, re.MULTILINE), what
    assert "3 at once may need 192 MiB" in here.stdout
    assert low.returncode == 1
    assert "BAD  ulimit -t: `ulimit -t` allows a process 5 here; a submission needs 20: raise it" in low.stdout


def test_the_attempts_would_succeed_without_a_sandbox() -> None:
    """An attempt with a slip in it would be refused by Python, and prove nothing."""
    with WarmServer(sandbox=False) as server:
        for attempt in doctor._ATTEMPTS:
            if attempt.layer in {"Landlock", "seccomp"} and attempt.what not in ENDS_THE_PROCESS:
                with doctor._aims() as aims:
                    assert doctor._told(server, aims, attempt.code) is None, attempt.what


@pytest.mark.parametrize(("layer", "name"), [("landlock", "Landlock"), ("seccomp", "seccomp")])
def test_without_a_layer(tmp_path: Path, layer: str, name: str) -> None:
    """The doctor says what is missing, grade refuses in one line, and neither writes anything."""
    course = write_course(tmp_path)
    told = autograder(course, "doctor", before=lacking(layer))
    refused = autograder(course, "grade", before=lacking(layer))

    assert told.returncode == 1
    assert f"no sandbox: The sandbox needs {name}, which this kernel" in told.stdout
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"autograder: The sandbox needs {name}, which this kernel")
    assert refused.stderr.endswith("or pass --no-sandbox if you trust every submission.\n")
    assert refused.stderr.count("\n") == 1
    assert not (course / "results").exists()


def test_graded_all_the_same_the_record_says_so(tmp_path: Path) -> None:
    """With --no-sandbox it grades; record and page say that there was none."""
    course = write_course(tmp_path)
    done = autograder(course, "grade", "--no-sandbox", before=lacking("landlock"))

    assert done.returncode == 0, done.stderr
    assert {str(record["isolation"]) for record in records(course).values()} == {"{'sandbox': 'none'}"}
    assert "sandbox" in (course / "results" / "tiny" / "ann.html").read_text()
