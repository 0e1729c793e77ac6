"""`nbgrader autograde` on a machine that has no sandbox: it refuses, and says how one does without it there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from autograder.authoring.new_course import LAB, make_course

WITHOUT = Path(__file__).parents[1] / "helpers" / "without.py"
NBGRADER = str(Path(sysconfig.get_path("scripts"), "nbgrader"))


def autograde(course: Path) -> subprocess.CompletedProcess[str]:
    """Run it as on a kernel without Landlock."""
    command = [sys.executable, str(WITHOUT), "landlock", "--", NBGRADER, "autograde", LAB, "--create"]
    return subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)


def test_the_switch_that_the_message_names_is_one(tmp_path: Path) -> None:
    """One line says what is missing and what to write where; written there, it grades, and the record says how."""
    course = tmp_path / "course"
    make_course(course, "A course", "UTC")
    handed_in = course / "submitted" / "ada" / LAB
    handed_in.mkdir(parents=True)
    shutil.copy(course / "solutions" / LAB / f"{LAB}.ipynb", handed_in)
    subprocess.run([NBGRADER, "generate_assignment", LAB, "--force"], cwd=course, check=True, capture_output=True)
    refused = autograde(course)
    told = [line for line in refused.stderr.splitlines() if "Landlock" in line]

    assert refused.returncode != 0
    assert "Traceback" not in refused.stderr
    assert "--no-sandbox" not in refused.stderr
    assert told[0].endswith(
        "or write `c.SubmissionExporter.sandbox = False` into nbgrader_config.py if you trust every submission."
    )
    with (course / "nbgrader_config.py").open("a") as config:
        found = re.search("write `(.+)` into", told[0])
        assert found
        config.write(found[1] + "\n")
    done = autograde(course)
    record = json.loads((course / "results" / LAB / "ada.json").read_text())

    assert done.returncode == 0, done.stderr
    assert (record["score"], record["isolation"]) == (4.0, {"sandbox": "none"})
