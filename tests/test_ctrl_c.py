"""Ctrl-C as a terminal sends it, to every process of the run: one line, what is done is kept, nothing stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from small_course import COMMAND, HEEDS, records, write_course
from test_crash_safety import descendants, gone

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.rotating("ctrl-c")
@pytest.mark.parametrize("after", [0, 3], ids=["while workers start", "in the middle"])
def test_ctrl_c_with_two_jobs(tmp_path: Path, after: int) -> None:
    """The run ends within seconds with exit code 1 and one line, and the records that are there are whole."""
    slow = "import time\ndef double(x):\n    time.sleep(0.1)\n    return 2 * x\n"
    root = write_course(tmp_path / "course", {f"s{number:02}": slow for number in range(24)})
    (tmp_path / "tmp").mkdir()
    run = subprocess.Popen(
        [*HEEDS, COMMAND, "grade", "--jobs", "2"], cwd=root, start_new_session=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, env=os.environ | {"TMPDIR": str(tmp_path / "tmp")},
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and (len(records(root)) < after if after else len(descendants(run.pid)) < 2):
        time.sleep(0.01)
    below = descendants(run.pid)
    begun = time.monotonic()
    os.killpg(run.pid, signal.SIGINT)
    _, told = run.communicate(timeout=60)
    took, kept = time.monotonic() - begun, records(root)

    assert run.returncode == 1
    assert told.splitlines() == [f"stopped: {24 - len(kept)} not graded; run the same command again to go on"]
    assert took < 20, "it waited for what nobody will take; half a second on an idle machine"
    assert gone(below)
    assert not list((tmp_path / "tmp").glob("autograder-*"))
    assert after <= len(kept) < 24
    assert {record["status"] for record in kept.values()} <= {"graded"}
