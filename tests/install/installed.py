"""The engine as somebody else has it: built as a wheel, installed away from this repository, perhaps by another user.

In `make test` such an environment borrows the libraries of `.venv` but not its `autograder`; with `--full` pip installs
all of it anew.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from autograder.sandbox.confinement.policy import reachable_by_others

ROOT = Path(__file__).parents[2]
LIBRARIES = Path(sysconfig.get_path("purelib"))
NOBODY = 65534
_SOURCES = ("autograder", "pyproject.toml", "README.md", "LICENSE")


def build_wheel(folder: Path) -> Path:
    """The wheel, built from a copy, so that nothing is left in the repository and nothing left there is packed."""
    source = folder / "source"
    source.mkdir()
    for name in _SOURCES:
        place, ignored = ROOT / name, shutil.ignore_patterns("__pycache__")
        if place.is_dir():
            shutil.copytree(place, source / name, ignore=ignored)
        else:
            shutil.copy(place, source)
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(source))
    return next(folder.glob("*.whl"))


@dataclass
class Installed:
    """An environment with the wheel, a folder to work in, and the user who does, where that is not us."""

    env: Path
    home: Path
    user: int | None = None

    @classmethod
    def make(
        cls, wheel: Path, folder: Path, *, fresh: bool = False, base: str = sys.executable, user: int | None = None
    ) -> Installed:
        """Install the wheel into a new environment of the interpreter `base` below `folder`."""
        made = cls(folder / "übung eins", folder / "zu Hause", user)
        subprocess.run([base, "-m", "venv", "--without-pip", made.env], check=True)
        needed = ["-c", str(ROOT / "requirements.lock")] if fresh else ["--no-deps", "--no-index"]
        if not fresh:
            made._borrow()
        _pip("--python", str(made.env / "bin" / "python"), "install", *needed, str(wheel))
        made.home.mkdir()
        if user is not None:
            os.chown(made.home, user, user)
        return made

    def _borrow(self) -> None:
        site = next((self.env / "lib").glob("python3*")) / "site-packages"
        (site / "borrowed.pth").write_text(f"{LIBRARIES}\n")
        for name in ("nbgrader", "alembic"):
            (script,) = entry_points(group="console_scripts", name=name)
            run = f"import sys; from {script.module} import {script.attr}; sys.exit({script.attr}())"
            file = self.env / "bin" / name
            file.write_text(f"#!/bin/sh\nexec '{self.env}/bin/python' -c '{run}' \"$@\"\n")
            file.chmod(0o755)

    def run(self, where: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the environment in the folder `where`, with `more` in its environment."""
        scripts = self.env / "bin"
        clean = {"HOME": str(self.home), "TMPDIR": str(self.home), "LANG": "C.UTF-8", "COLUMNS": "120"}
        return subprocess.run(
            [str(scripts / command[0]), *command[1:]],
            cwd=where,
            capture_output=True,
            text=True,
            check=False,
            env={**clean, "PATH": f"{scripts}:/usr/bin:/bin", **more},
            user=self.user,
            group=self.user,
            extra_groups=None if self.user is None else [],
        )

    def do(self, where: Path, *command: str, code: int = 0) -> str:
        """What a command prints that has to end with `code`."""
        done = self.run(where, *command)
        assert done.returncode == code, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout


def _pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "-q", *arguments], check=True)


def for_anyone() -> str | None:
    """An interpreter of this minor version that an ordinary user can run with `.venv`'s libraries; None without one."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for found in (sys.executable, f"/usr/bin/{name}", f"/usr/local/bin/{name}"):
        real = Path(found).resolve()
        if real.exists() and reachable_by_others(real.parent) and reachable_by_others(LIBRARIES):
            return str(real)
    return None
