"""What is shown while a batch runs."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from pathlib import Path

import pytest
from small_course import COMMAND, RIGHT, write_course

from autograder.course.settings import load_course
from autograder.grading import progress
from autograder.grading.batch import Batch
from autograder.record import Record, Status, SubmissionFile


def outcome(status: Status) -> Record:
    """A record of which only the status matters."""
    return Record(
        assignment="tiny", student="ann", status=status, submission=SubmissionFile(path="x"), score=None, max_score=1
    )


def test_the_line_says_all() -> None:
    """Count, rate, time left, rejected and failed, in words."""
    shown = progress.Progress(200)
    for status in [Status.GRADED] * 7 + [Status.REJECTED] * 2 + [Status.GRADER_ERROR]:
        shown.done(outcome(status))

    assert shown.line(5.0) == "graded 10/200, 2.0/s, 1:35 left, 2 rejected, 1 our fault"
    assert "30.0/min, 6:20 left" in shown.line(20.0)


def test_a_log_gets_a_line_now_and_then(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no terminal: a line when a minute has passed, on standard error, and none at the end."""
    monkeypatch.setattr(progress, "LINE_SECONDS", 0.0)
    with progress.Progress(2) as shown:
        shown.done(outcome(Status.GRADED))
        shown.done(outcome(Status.GRADED))
    out, told = capsys.readouterr()

    assert out == ""
    assert [line.startswith("graded 1/2, ") for line in told.splitlines()] == [True]


LOOKS_OFTEN = (
    "from autograder.grading import progress, scheduler\nscheduler._LOOK_SECONDS = progress.WAIT_SECONDS = 0.3\n"
)
SLEEPS = "import time\ndef double(x):\n    time.sleep(1.5)\n    return 2 * x\n"


@pytest.mark.rotating("waits")
@pytest.mark.parametrize("jobs", ["1", pytest.param("2", marks=pytest.mark.full)])
def test_whom_it_waits_for(tmp_path: Path, jobs: str) -> None:
    """While nothing is finished the student is named: in the bar on a terminal, in a line elsewhere."""
    root = write_course(tmp_path, {"ann": SLEEPS} | {f"s{number}": RIGHT for number in range(8 if jobs == "2" else 1)})
    program = f"{LOOKS_OFTEN}from autograder.cli.main import run\nrun()"
    command = [str(Path(COMMAND).with_name("python")), "-c", program, "grade", "--force", "--jobs", jobs]
    seen, code = on_a_terminal(command, root)
    elsewhere = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)

    assert (code, elsewhere.returncode) == (0, 0)
    assert re.search(r"0 our fault, waiting \d s for ann \(tiny\)", seen)
    assert any(re.fullmatch(r"waiting \d s for ann \(tiny\).*", line) for line in elsewhere.stderr.splitlines())


def test_slow_submissions_go_last(tmp_path: Path) -> None:
    """By what the last run took; the slowest last of all, the others in their order."""
    root = write_course(tmp_path, dict.fromkeys(("ann", "bob", "cyd", "dan"), RIGHT))
    batch = Batch(
        course=load_course(root),
        submitted=root / "submitted",
        results=root / "results",
        assignments=["tiny"],
        force=True,
    )
    batch.prepare()
    for student, seconds in (("ann", 90.0), ("bob", 0.1), ("cyd", 9.0)):
        found = outcome(Status.GRADED)
        found.student, found.seconds, found.score = student, seconds, 0.0
        batch.write(found)

    assert [student for _, student in batch.plan()[0]] == ["bob", "dan", "cyd", "ann"]


def on_a_terminal(command: list[str], root: Path) -> tuple[str, int]:
    """What a command writes to a terminal of 160 columns on standard error, less its codes; and the exit code."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"COLUMNS": "160", "TERM": "xterm"}
    run = subprocess.Popen(command, cwd=root, stderr=theirs, stdout=subprocess.DEVNULL, env=environment)
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 4096):
            seen += part
    except OSError:  # how a terminal ends
        pass
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode()), run.wait()


def test_the_bar_on_a_terminal(tmp_path: Path) -> None:
    """Count, rate, time left, rejected and failed are on the bar, of a real run on a real terminal."""
    root = write_course(tmp_path, {"ann": RIGHT, "bob": ""})
    (root / "submitted" / "bob" / "tiny" / "tiny.py").write_bytes(b"\xff\xfe\x00")
    seen, code = on_a_terminal([COMMAND, "grade", "--jobs", "1"], root)
    last = seen.strip().splitlines()[-1]

    assert code == 0
    assert re.search(r"grading .* 2/2 [0-9.]+/(s|min) 0:00:00 1 rejected, 0 our fault", last), last
