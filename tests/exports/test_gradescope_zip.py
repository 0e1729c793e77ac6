"""The zip for Gradescope: what is in it, and what its process does, with this interpreter."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import msgspec
import pytest
from gradescope_kit import LAB, Container, spy
from sampled import ROOT
from validators import gradescope, gradescope_zip, texts

from autograder.course.settings import find_course
from autograder.export.gradescope import pack, run
from autograder.export.gradescope.run import Metadata, User

if TYPE_CHECKING:
    from pathlib import Path

COURSE = find_course(ROOT)
DATA = pack.pack(COURSE, LAB, sandbox=True).data


@pytest.fixture
def container(tmp_path: Path) -> Container:
    """Gradescope's folders with the zip in place."""
    return Container(tmp_path / "autograder", DATA)


def test_everything_that_the_lab_needs_and_no_other_lab_s_tests() -> None:
    """Scripts at the root, the course, the package, one suite, one solution, what was released, pinned versions."""
    files = gradescope_zip(DATA)

    assert {"setup.sh", "run_autograder", "requirements.txt", "course.yml", "gradescope.json"} <= set(files)
    assert f"solutions/{LAB}/{LAB}.ipynb" in files
    assert f"assignments/{LAB}/{LAB}.ipynb" in files
    suites = [name for name in files if "/suites/" in name]
    assert f"autograder/suites/{LAB}/mistakes.yml" in suites
    assert all(name.startswith((f"autograder/suites/test_{LAB}.py", f"autograder/suites/{LAB}/")) for name in suites)
    assert not [name for name in files if "__pycache__" in name or name.endswith(".db")]
    assert json.loads(files["gradescope.json"]) == {"assignment": LAB, "sandbox": True}


def test_versions_are_those_that_are_installed_here() -> None:
    """Each pinned, torch with them; nbgrader is people's part, and not needed there."""
    lines = pack.requirements().splitlines()

    assert all(line.count("==") == 1 for line in lines)
    assert {"torch", "numpy", "pytest", "msgspec", "ipython"} <= {line.split("==")[0] for line in lines}
    assert not [line for line in lines if line.startswith(("nbgrader", "jupyterlab", "mypy"))]


def test_the_roster_stays_at_home(tmp_path: Path) -> None:
    """No name travels; an extension holds for the address that Gradescope knows."""
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions")
    shutil.copytree(ROOT / "assignments", tmp_path / "assignments")
    shutil.copytree(ROOT / "autograder" / "suites", tmp_path / "autograder" / "suites")
    text = (ROOT / "course.yml").read_text() + "\nstudents: {ada: {name: Ada Lovelace, ids: [ada@uni.example]}}\n"
    dates = "    due: 2026-10-09\n    extensions: {ada: 2026-10-12}\n"
    (tmp_path / "course.yml").write_text(text.replace(f"  {LAB}:\n", f"  {LAB}:\n{dates}", 1))
    data = gradescope_zip(pack.pack(find_course(tmp_path), LAB, sandbox=True).data)["course.yml"]
    (tmp_path / "course.yml").write_bytes(data)

    assert b"Lovelace" not in data
    assert "ada@uni.example" in find_course(tmp_path).settings.assignments[LAB].extensions
    assert find_course(tmp_path).settings.thresholds == COURSE.settings.thresholds


def test_the_same_course_gives_the_same_zip() -> None:
    """Byte by byte: whether an upload is due can be told by its hash."""
    assert pack.pack(COURSE, LAB, sandbox=True).data == DATA


def test_without_a_sandbox_only_when_it_is_asked_for() -> None:
    """Then the manifest says so, and so does the command."""
    made = pack.pack(COURSE, LAB, sandbox=False)

    assert json.loads(gradescope_zip(made.data)["gradescope.json"])["sandbox"] is False
    assert any("can read the hidden tests" in note for note in made.notes)


def test_a_good_submission(container: Container) -> None:
    """Full points in the form that Gradescope takes, written once."""
    container.hand_in("ada")
    done = container.run()

    assert done.returncode == 0, done.stderr
    assert gradescope(container.results.read_bytes(), 10.0) == 10.0
    assert [path.name for path in container.results.parent.iterdir()] == ["results.json"]


@pytest.mark.rotating("gradescope")
def test_hidden_checks_stay_hidden(container: Container) -> None:
    """A submission that reads for its life finds nothing of the course, and nothing of it gets into the results."""
    source = container.root / "source"
    places = [
        source / "course.yml",
        source / f"autograder/suites/test_{LAB}.py",
        source / f"solutions/{LAB}/{LAB}.ipynb",
    ]
    container.hand_in_code(spy(*places, container.root / "submission_metadata.json"))
    done = container.run()
    shown = "\n".join(texts(json.loads(container.results.read_bytes())))

    assert done.returncode == 0, done.stderr
    assert gradescope(container.results.read_bytes(), 10.0) <= 2.0
    assert "PermissionError PermissionError PermissionError PermissionError" in shown
    assert COURSE.settings.secret not in shown + done.stdout


def test_a_fault_of_ours_leaves_no_result(container: Container) -> None:
    """A broken suite: no results.json, not even one of before, and an exit code that says so."""
    container.hand_in("ada")
    container.results.write_text("{}")
    (container.root / "source/autograder/suites" / f"test_{LAB}.py").write_text("raise RuntimeError('ours')\n")
    done = container.run()

    assert done.returncode == 1
    assert not container.results.exists()
    assert "the fault is ours; no score was given" in done.stderr


@pytest.mark.rotating
@pytest.mark.parametrize("sandbox", [True, False])
def test_on_a_host_without_landlock(tmp_path: Path, *, sandbox: bool) -> None:
    """Nothing is graded unconfined, unless the zip was made for it; then the record of it says so."""
    container = Container(tmp_path / "autograder", pack.pack(COURSE, LAB, sandbox=sandbox).data)
    container.hand_in("ada")
    done = container.run(sys.executable, str(ROOT / "tests" / "helpers" / "without.py"), "landlock", "--")

    assert (done.returncode, container.results.exists()) == ((1, False) if sandbox else (0, True))
    if sandbox:
        assert "needs Landlock" in done.stderr
    else:
        assert gradescope(container.results.read_bytes(), 10.0) == 10.0
        assert json.loads(container.results.read_bytes())["extra_data"]["isolation"] == "sandbox none"


@pytest.mark.parametrize("what", ["course.yml", "gradescope.json"])
def test_a_broken_zip_leaves_no_result(container: Container, what: str) -> None:
    """Nor does anything else that goes wrong before grading."""
    (container.root / "source" / what).write_text("{")

    assert run.main([str(container.root)]) == 1
    assert not container.results.exists()


@pytest.mark.rotating("gradescope")
def test_metadata_that_can_not_be_read_is_a_fault_of_ours(container: Container) -> None:
    """A lateness is not guessed."""
    (container.root / "submission_metadata.json").write_text("[]")

    assert container.run().returncode == 1
    assert not container.results.exists()


@pytest.mark.rotating
@pytest.mark.parametrize(
    ("email", "seconds", "penalty"), [("ada@example.org", 72_000, 1.0), ("kim@example.org", 0, 0.0)]
)
def test_lateness_is_course_yml_s(container: Container, email: str, seconds: int, penalty: float) -> None:
    """By the time that Gradescope received it; an extension stands under an e-mail address."""
    config = container.root / "source" / "course.yml"
    settings = msgspec.yaml.decode(config.read_bytes())
    dates = {"due": "2026-10-05T00:00:00Z", "extensions": {"kim@example.org": "2026-10-07T00:00:00Z"}}
    settings["assignments"][LAB] |= dates
    settings["late"] = {"percent_per_day": 10}
    config.write_text(json.dumps(settings))
    container.metadata(email, "2026-10-05T13:00:00.000000-07:00")
    container.hand_in("ada")
    done = container.run()
    found = json.loads(container.results.read_text())

    assert done.returncode == 0, done.stderr
    assert found["score"] == 10.0 - penalty
    assert ("20 h late" in found["output"]) is (seconds > 0)


def test_a_student_goes_by_the_address_or_by_the_name_of_an_extension() -> None:
    """Whichever of the two `course.yml` knows; in a group, anyone's."""
    two = Metadata(users=[User(email="a@x"), User(email="b@x", id=9)])

    assert run._student(COURSE, LAB, two) == "a@x"
    assert run._student(COURSE, LAB, Metadata()) == "student"
