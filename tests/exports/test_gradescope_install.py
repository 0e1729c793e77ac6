"""The Gradescope zip as its users run it: set up in a fresh prefix, then run."""

from __future__ import annotations

import json
import os
import subprocess

import pytest
from gradescope_kit import LAB, Container, spy
from sampled import ROOT
from validators import gradescope

from autograder.course.settings import find_course
from autograder.export.gradescope import pack

pytestmark = pytest.mark.full
_PIP = {name: value for name, value in os.environ.items() if name.startswith("PIP_") or name in {"HOME", "PATH"}}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Container:
    """The folders after `setup.sh`, with whatever packages this machine's pip finds."""
    root = tmp_path_factory.mktemp("gradescope") / "autograder"
    container = Container(root, pack.pack(find_course(ROOT), LAB, sandbox=True).data)
    done = subprocess.run(
        [root / "source" / "setup.sh", root], cwd="/", env=_PIP, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return container


def run(container: Container) -> subprocess.CompletedProcess[str]:
    """`run_autograder` as Gradescope calls it, but for the folder."""
    script = container.root / "source" / "run_autograder"
    return subprocess.run(
        [script, container.root], cwd="/", env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("student", "score"), [("ada", 10.0), ("dijkstra", 8.4), ("ito", 0.0), ("pascal", 2.0), ("kepler", 0.0)]
)
def test_good_bad_empty_hostile_and_unreadable(installed: Container, student: str, score: float) -> None:
    """The score that `autograder grade` gives, in the form that Gradescope takes."""
    installed.empty()
    installed.hand_in(student)
    done = run(installed)

    assert done.returncode == 0, done.stderr
    assert gradescope(installed.results.read_bytes(), 10.0) == score


def test_nothing_handed_in(installed: Container) -> None:
    """A zero that says what was expected; it is the student's to mend."""
    installed.empty()
    done = run(installed)

    assert done.returncode == 0, done.stderr
    assert gradescope(installed.results.read_bytes(), 10.0) == 0.0
    assert f"there is no {LAB}.ipynb" in json.loads(installed.results.read_bytes())["output"]


def test_a_fault_of_ours(installed: Container) -> None:
    """Without the solution nothing can be graded: no results.json, and a code that is not 0."""
    installed.empty()
    installed.hand_in("ada")
    solution = installed.root / "source" / "solutions" / LAB / f"{LAB}.ipynb"
    kept = solution.read_bytes()
    solution.unlink()
    done = run(installed)
    solution.write_bytes(kept)

    assert done.returncode != 0
    assert not installed.results.exists()


def test_the_isolation_is_the_sandbox_s(installed: Container) -> None:
    """Installed as it is there, the package and the course can be read by no submission."""
    installed.empty()
    source = installed.root / "source"
    places = [source / "course.yml", source / "autograder/suite/stages.py", source / "requirements.txt"]
    installed.hand_in_code(spy(*places))
    done = run(installed)

    assert done.returncode == 0, done.stderr
    assert "PermissionError PermissionError PermissionError" in installed.results.read_text()
