"""`make`: which Python it takes, what it installs with it, and what it says where that can't be done.

Interpreters and pip are stand-ins here that note what they are asked; `--full` has the real ones in `test_demo.py`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from installed import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = """#!/bin/sh
case "$*" in
  *ensurepip*) exit {unfit} ;;
  *_base_executable*) echo "{version} /usr/bin/{name}" ;;
  "-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; echo "venv {name}" >>asked ;;
  "-m pip "*) echo "$*" >>asked
    case "$*" in {refused}) printf 'a wall of text\\nERROR: no version of torch fits\\nmore text\\n'; exit 1 ;; esac ;;
esac
"""


class Place:
    """A folder with our Makefile, and a PATH with nothing but stand-ins and the system's tools."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.bin = folder / "ein Kurs für alle", folder / "bin"
        self.folder.mkdir()
        self.bin.mkdir()
        for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-dev.lock"):
            shutil.copy(ROOT / name, self.folder)
        for tool in ("sh", "sed", "mkdir", "cp", "rm", "touch", "grep", "tail", "cat", "cut", "ls"):
            (self.bin / tool).symlink_to(shutil.which(tool) or tool)
        self.make = shutil.which("make") or "make"

    def python(self, name: str, version: str, *, fits: bool = True, refused: str = "-") -> None:
        """Put an interpreter on the PATH; `refused` is a pattern of what its pip can't install."""
        text = PYTHON.format(name=name, version=version, unfit=int(not fits), refused=refused)
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`make` for the environment alone."""
        env = {"PATH": str(self.bin), "LANG": os.environ.get("LANG", "C.UTF-8")}
        command = [self.make, *(arguments or (".venv/.ready",))]
        return subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True, check=False)

    def asked(self) -> list[str]:
        """What interpreters and pip were asked, in order."""
        file = self.folder / "asked"
        return file.read_text().splitlines() if file.exists() else []


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A place without any Python."""
    return Place(tmp_path)


def test_the_first_python_that_will_do_is_taken_and_named(place: Place) -> None:
    """One that is too old, or can't make environments, is passed over; developers' pins are not installed."""
    place.python("python3", "3.10.2", fits=False)
    place.python("python3.12", "3.12.1")
    place.python("python3.13", "3.13.0")
    done = place.run()

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "environment: .venv, with Python 3.12.1 /usr/bin/python3.12\n"
    assert place.asked()[0] == "venv python3.12"
    assert [line.split(" ")[3:] for line in place.asked()[2:]] == [
        ["-r", "requirements.lock"],
        ["--no-deps", "--no-build-isolation", "-e", "."],
    ]


def test_the_environment_stays_until_another_python_is_named(place: Place) -> None:
    """A newer one that turns up changes nothing; `make PYTHON=…` makes the environment anew, and once only."""
    place.python("python3.12", "3.12.1")
    place.run()
    place.python("python3.11", "3.11.2")
    before = place.asked()
    again = place.run()
    other = place.run(".venv/.ready", "PYTHON=python3.11")
    once = place.asked()
    place.run(".venv/.ready", "PYTHON=python3.11")

    assert again.stdout == f"{again.args[0].rsplit('/', 1)[-1]}: '.venv/.ready' is up to date.\n"
    assert once[: len(before)] == before
    assert once[len(before)] == "venv python3.11"
    assert other.stdout == "environment: .venv, with Python 3.11.2 /usr/bin/python3.11\n"
    assert place.asked() == once


@pytest.mark.parametrize("named", [(), (".venv/.ready", "PYTHON=python3")])
def test_no_python_is_one_line(place: Place, named: tuple[str, ...]) -> None:
    """It says what is wanted, which was named, and how to get one."""
    place.python("python3", "3.9.2", fits=False)
    done = place.run(*named)
    told, makes_own = done.stderr.splitlines()

    assert done.returncode == 2
    assert told.startswith(f"no Python from 3.11 on that can make environments{': python3' if named else ''}: install")
    assert makes_own.startswith("make: ***")


def test_a_failure_of_pips_is_one_line_with_the_logs_place(place: Place) -> None:
    """Pip's own reason stands in it; nothing counts as done, so the next call goes on."""
    place.python("python3", "3.11.2", refused='*"-r requirements.lock"*')
    done = place.run()
    told, _ = done.stderr.splitlines()

    assert told == (
        "installing requirements.lock failed: ERROR: no version of torch fits (all of it: .venv/install.log)"
    )
    assert "a wall of text" in (place.folder / ".venv" / "install.log").read_text()
    assert "wall" not in done.stdout
    assert not (place.folder / ".venv" / ".ready").exists()


def test_torchs_cpu_build_is_looked_for_without_a_wall(place: Place) -> None:
    """Where pip's own sources have none, the source of the Makefile is asked, and one line says so."""
    place.python("python3", "3.11.2", refused='*"+cpu"*')
    done = place.run(".venv/.ready", "TORCH_SOURCE=https://example.org/cpu")
    first, second = place.asked()[1:3]

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1:] == [
        "torch: no CPU build where pip looks; trying https://example.org/cpu, then the default build"
    ]
    assert first.endswith("+cpu")
    assert second.endswith("--extra-index-url https://example.org/cpu")
    assert "+cpu" not in second


def test_the_wheel_needs_no_environment(place: Place) -> None:
    """Where there is none, one for the moment has pip and what builds; where there is one, nothing is fetched."""
    place.python("python3.12", "3.12.1")
    place.run("wheel")  # ends with an error: the stand-in makes no wheel
    without = place.asked()
    place.run()
    before = place.asked()
    place.run("wheel")

    assert without == ["venv python3.12", "-m pip wheel -q --no-deps --wheel-dir dist ."]
    assert place.asked()[len(before) :] == ["-m pip wheel -q --no-deps --no-build-isolation --wheel-dir dist ."]


def test_a_wheel_without_any_python_is_one_line(place: Place) -> None:
    """The same line as for the environment."""
    told, makes_own = place.run("wheel").stderr.splitlines()

    assert told.startswith("no Python from 3.11 on that can make environments: install one")
    assert makes_own.startswith("make: ***")
