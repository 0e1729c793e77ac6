"""What needs no torch runs under each Python that is found here: reading, choosing and running a student's code."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_definitions import COUNTS
from test_slicing import NEEDED

REPO = Path(__file__).parents[2]
MINORS = (11, 12, 13, 14)  # of Python 3
NEW = [
    (12, "def f(x):\n    return int(f\"{f'{x}'}\")"),
    (12, "def f[T](x: T) -> T:\n    return x"),
    (12, "type Number = int | float\ndef f(x: Number) -> Number:\n    return x"),
    (14, "def f(x):\n    try:\n        return x\n    except ValueError, TypeError:\n        return 0"),
]


@functools.cache
def pythons() -> dict[str, str]:
    """By version, the other Pythons from 3.11 on: those on the path and those of pyenv."""
    places = [shutil.which(f"python3.{minor}") for minor in MINORS]
    versions = sorted(Path.home().glob(".pyenv/versions/3.1[1-9]*/bin/python"))
    found: dict[str, str] = {}
    for place in [*filter(None, places), *map(str, versions)]:
        asked = [place, "-c", "import platform; print(platform.python_version())"]
        version = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
        if version and version.split(".")[:2] != sys.version.split()[0].split(".")[:2]:
            found.setdefault(version, place)
    return found


@pytest.mark.parametrize("python", pythons().values() or [None], ids=list(pythons()) or ["none"])
def test_programs_run_alike(python: str | None, tmp_path: Path) -> None:
    """Slices answer like the whole, the definition that counts is found, newer syntax is read where there is any.

    Some of the programs write files.
    """
    if python is None:
        pytest.skip("there is no other Python from 3.11 on")
    kept = [source for source in NEEDED.values() if "numpy" not in source]
    asked = json.dumps({"kept": kept, "counts": list(COUNTS.values()), "new": NEW})
    command = [python, "-W", "error::SyntaxWarning", str(REPO / "tests" / "helpers" / "other_python.py")]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout)["said"] == []


@pytest.mark.parametrize("python", [sys.executable, *pythons().values()], ids=["this", *pythons()])
def test_every_module_compiles(python: str, tmp_path: Path) -> None:
    """The kit's own text has no syntax that one of them lacks, or warns of."""
    script = (
        "import pathlib, sys\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.py')):\n"
        "    compile(path.read_text('utf-8'), str(path), 'exec')\n"
    )
    command = [python, "-W", "error", "-c", script, str(REPO / "autograder")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert done.returncode == 0, done.stderr[-2000:]
