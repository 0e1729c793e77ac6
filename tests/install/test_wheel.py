"""The wheel: what is in it, and that the sandbox holds where it is installed."""

from __future__ import annotations

import re
import tempfile
import zipfile
from typing import TYPE_CHECKING

import pytest
from installed import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from installed import Installed

ENGINE_ONLY = re.compile(r"autograder/(?!suites/)")


def test_the_wheel_is_the_engine_and_nothing_of_a_lesson(wheel: Path) -> None:
    """Every file of the engine is in it; nothing of a suite, a solution or a lab's folder is."""
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    files = (path for path in (ROOT / "autograder").rglob("*") if path.is_file() and path.suffix != ".pyc")
    wanted = {path.relative_to(ROOT).as_posix() for path in files}

    assert packed == {name for name in wanted if ENGINE_ONLY.match(name)}
    assert not [name for name in packed if re.search(r"lab\d|ipynb|course\.yml", name)]


@pytest.mark.rotating("installed")
def test_the_sandbox_holds_where_it_is_installed(here: Installed, tmp_path: Path) -> None:
    """All of the doctor's attempts are refused in an environment of its own, honest work is not."""
    done = here.run(tmp_path, "autograder", "doctor")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "the sandbox holds"
    assert "BAD" not in done.stdout


def test_the_doctor_says_what_the_server_lacks(here: Installed, tmp_path: Path) -> None:
    """A library that can't be imported is named in a line with the remedy, and there is no traceback."""
    folder = tmp_path / "site-packages" / "matplotlib"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("raise ImportError('libfreetype.so.6 is missing')\n")
    done = here.run(tmp_path, "autograder", "doctor", PYTHONPATH=str(folder.parent))

    assert (done.returncode, done.stderr) == (1, "")
    last = done.stdout.splitlines()[-1]
    assert last == "submissions can't be run here: the warm server is gone: ImportError: libfreetype.so.6 is missing"


@pytest.mark.rotating("installed")
def test_attacks_find_nothing_of_what_is_installed(here: Installed, pytestconfig: pytest.Config) -> None:
    """Class 7, which looks for tests, solutions and the kit, gains nothing; with `--full` the sandbox's own tests too.

    A child reads neither the package in site-packages nor the course.
    """
    python = (str(here.env / "bin" / "python"), "-P")  # not the folder that we are in
    kit = here.do(ROOT, *python, "-c", "import autograder; print(autograder.__file__)").strip()
    assert kit.startswith(str(here.env))
    tests = ["tests/hostile", "-k", "test_attack and class_07"]
    full = bool(pytestconfig.getoption("--full"))
    for chosen in (tests, ["tests/sandbox"]) if full else (tests,):
        command = (*python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *chosen, *(["--full"] * full))
        done = here.run(ROOT, *command, TMPDIR=tempfile.gettempdir())  # into pytest's own folder other users can't get

        assert done.returncode == 0, done.stdout
        assert " passed" in done.stdout
        assert "failed" not in done.stdout
