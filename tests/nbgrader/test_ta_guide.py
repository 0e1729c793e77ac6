"""The TA's guide: every command in it, run as it stands there, from top to bottom."""

from __future__ import annotations

import json
import re
import subprocess
import time
import zipfile
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest
from nbcourse import LAB1, REPO, NbCourse, make_course, solved

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GUIDE = REPO / "docs" / "ta-guide.md"
FAILS_WELL = {"autograder check": 1}  # a check fails, which is why the student asks
WORKING = "def sigmoid(x):\n    return 0.5\n"


class Line(NamedTuple):
    """A command of the guide, under which heading, and who runs it."""

    heading: str
    command: str
    student: bool


def guide_lines() -> list[Line]:
    """All commands of the guide."""
    found, heading, block = [], "", ""
    for line in GUIDE.read_text().splitlines():
        if line.startswith("```"):
            block = "" if block else line.removeprefix("```")
        elif block:
            found.append(Line(heading, line, "student" in block))
        elif line.startswith("#"):
            heading = line.lstrip("# ")
    return found


def test_commands_exist() -> None:
    """Each line of the guide starts with a command that there is."""
    from nbgrader.apps.nbgraderapp import NbGraderApp

    from autograder.cli.main import app

    ours = {command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands}
    commands = [line.command.split()[:2] for line in guide_lines()]

    assert len(commands) > 15
    for program, name in commands:
        known = {"nbgrader": set(NbGraderApp.subcommands), "autograder": ours, "jupyter": {"lab"}}[program]
        assert name in known, (program, name)


def _date(course: NbCourse, **extra: float) -> None:
    """What the guide says to write into course.yml."""
    path = course.root / "course.yml"
    due = datetime.now(UTC) - timedelta(days=0.5)
    lines = [f"    due: {due:%Y-%m-%dT%H:%M:%S}+00:00\n"]
    lines += [
        f"    extensions: {{{student}: {due + timedelta(days=days):%Y-%m-%dT%H:%M:%S}+00:00}}\n"
        for student, days in extra.items()
    ]
    text = re.sub(r"    (?:due|extensions): .*\n", "", path.read_text())
    path.write_text(text.replace(f"  {LAB1}:\n", f"  {LAB1}:\n{''.join(lines)}"))


def _downloaded(course: NbCourse) -> None:
    """A download of Canvas' and of Moodle's, as they come."""
    folder = course.root / "downloaded" / LAB1 / "archive"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "submissions.zip", "w") as archive:
        archive.writestr(f"lovelaceada_LATE_1234_98765_{LAB1}.ipynb", "{}")
        archive.writestr(f"lovelaceada_1234_98765_{LAB1}-1.ipynb", json.dumps(solved()))
        archive.writestr(f"Bob Byte_777_assignsubmission_file_/{LAB1}.ipynb", json.dumps(solved()))


def _older_points(course: NbCourse) -> None:
    """As if a suite with a bug had given other points."""
    for path in (course.root / "results" / LAB1).glob("*.json"):
        record = json.loads(path.read_text())
        for check in record["checks"]:
            check["points"] = 0.0
        first = record["checks"][0]
        record["score"] = first["points"] = first["max_points"]
        path.write_text(json.dumps(record | {"fingerprint": "of a buggy suite"}))


def _solve(course: NbCourse) -> None:
    work = course.root.parent / "ada" / LAB1 / f"{LAB1}.ipynb"
    work.write_text(json.dumps(solved(sigmoid_answer=WORKING)))


def _prepare(course: NbCourse, line: Line) -> None:
    """What happens in the world before that line."""
    acts: dict[str, Callable[[], object]] = {
        "autograder due": lambda: _date(course, **({"ada": 2} if "extension" in line.heading else {})),
        "nbgrader zip_collect": lambda: _downloaded(course),
    }
    if " | grep" in line.command:
        _older_points(course)
    acts.get(" ".join(line.command.split()[:2]), lambda: None)()


def _student_home(course: NbCourse) -> Path:
    home = course.root.parent / "ada"
    home.mkdir()
    exchange = str(course.root.parent / "exchange")
    (home / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.Exchange.root = {exchange!r}\nc.CourseDirectory.student_id = 'ada'\n"
    )
    return home


def _serves(course: NbCourse, command: str) -> None:
    """A command that runs until it is stopped: it says where it is to be found."""
    config = course.root.parent / "home" / "config"
    config.mkdir(parents=True, exist_ok=True)
    (config / "jupyter_server_config.py").write_text(
        "c.ServerApp.allow_root = True\nc.ServerApp.open_browser = False\n"
    )
    log = course.root.parent / "server.log"
    with log.open("w") as out:
        process = subprocess.Popen(command.split(), cwd=course.root, env=course.environment, stdout=out, stderr=out)
        try:
            for _ in range(240):
                if "is running at" in log.read_text():
                    return
                time.sleep(0.5)
            pytest.fail(log.read_text())
        finally:
            process.terminate()
            process.wait(30)


@pytest.mark.full
def test_every_command_of_the_guide(tmp_path: Path) -> None:
    """From top to bottom each line does what the guide says it does; at the end ada's penalty is gone."""
    course = make_course(tmp_path / "course")
    home = _student_home(course)
    printed: dict[str, str] = {}
    for line in guide_lines():
        _prepare(course, line)
        if line.command == "jupyter lab":
            _serves(course, line.command)
            continue
        expect = FAILS_WELL.get(" ".join(line.command.split()[:2]), 0)
        if "nbgrader validate" in line.command:
            _solve(course)
        folder = home if line.student else None
        printed[f"{line.heading}: {line.command}"] = course.run(
            "bash", "-c", line.command, folder=folder, expect=expect
        )

    due = next(text for line, text in printed.items() if line.startswith("A student gets an extension"))
    assert "late penalty changed: ada" in due
    assert all("Points changed for" in text for line, text in printed.items() if "grep" in line)
    assert course.points("1234") == course.points("777") == 10
    assert course.points("ada") < 10
    assert list((home / LAB1 / "feedback").rglob("*.html"))
