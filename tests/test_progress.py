"""What is shown while a batch runs."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from typing import TYPE_CHECKING

from small_course import COMMAND, RIGHT, write_course

from autograder import progress
from autograder.record import Record, Status, SubmissionFile

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


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


def test_the_bar_on_a_terminal(tmp_path: Path) -> None:
    """Count, rate, time left, rejected and failed are on the bar, of a real run on a real terminal."""
    root = write_course(tmp_path, {"ann": RIGHT, "bob": ""})
    (root / "submitted" / "bob" / "tiny" / "tiny.py").write_bytes(b"\xff\xfe\x00")
    ours, theirs = pty.openpty()
    environment = os.environ | {"COLUMNS": "100", "TERM": "xterm"}
    run = subprocess.Popen(
        [COMMAND, "grade", "--jobs", "1"], cwd=root, stderr=theirs, stdout=subprocess.DEVNULL, env=environment
    )
    os.close(theirs)
    seen = b""
    try:
        while part := os.read(ours, 4096):
            seen += part
    except OSError:  # how a terminal ends
        pass
    os.close(ours)
    last = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode()).strip().splitlines()[-1]

    assert run.wait() == 0
    assert re.search(r"grading .* 2/2 [0-9.]+/(s|min) 0:00:00 1 rejected, 0 our fault", last), last
