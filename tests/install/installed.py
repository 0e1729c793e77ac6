"""The engine as somebody else has it: built as a wheel, installed away from this repository.

In `make test` such an environment borrows the libraries of `.venv` but not its `autograder`; with `--full` pip installs
all of it anew.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[2]
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


def install(wheel: Path, folder: Path, *, fresh: bool) -> Path:
    """An environment at `folder` with the wheel; returns the folder of its commands."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    scripts = folder / "bin"
    python, needed = str(scripts / "python"), ["--no-deps", "--no-index"]
    if fresh:
        needed = ["-c", str(ROOT / "requirements.lock")]
    else:
        inside = subprocess.run(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        Path(inside, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    _pip("--python", python, "install", *needed, str(wheel))
    return scripts


def _pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "-q", *arguments], check=True)


def run(scripts: Path, where: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the environment in the folder `where`, with `more` in its environment."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    return subprocess.run(
        [str(scripts / command[0]), *command[1:]],
        cwd=where,
        capture_output=True,
        text=True,
        check=False,
        env=kept | {"PATH": f"{scripts}:/usr/bin:/bin", "COLUMNS": "120", **more},
    )
