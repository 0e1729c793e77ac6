"""Find the warm server's libraries: in folders called site-packages, and nowhere else.

Its environment is clean from its exec on, so whatever the grader has by way of its own environment has to be named: the
folders in PYTHONPATH (a cluster's modules are loaded so), and the user's own site-packages where a library that the
server needs stands there. The kit itself is found by the current folder, which `python -m` puts first.
"""

from __future__ import annotations

import importlib.util
import os
import site
import sys
from pathlib import Path

NEEDED = ("msgspec", "numpy", "torch", "matplotlib")
"""The packages that the server imports besides the kit and the standard library."""


def is_library(entry: str) -> bool:
    """Tell whether an entry of `sys.path` is a folder of installed libraries."""
    return entry.endswith(("site-packages", "dist-packages")) and Path(entry).is_dir()


def environment() -> dict[str, str]:
    """Variables that give the server the libraries of this process, no more of its environment."""
    found = {}
    folders = [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if is_library(entry)]
    if folders:
        found["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, folders))
    if site.ENABLE_USER_SITE and _needs(site.getusersitepackages()):
        return found | {"PYTHONUSERBASE": site.getuserbase()}
    return found | {"PYTHONNOUSERSITE": "1"}


def _needs(folder: str) -> bool:
    specs = (importlib.util.find_spec(name) for name in (__name__.partition(".")[0], *NEEDED))
    return any(spec is not None and Path(spec.origin or "/").is_relative_to(folder) for spec in specs)


def without_course(path: list[str], here: str) -> list[str]:
    """Return `sys.path` without the folder `here`, unless libraries are imported from it later on."""
    return [entry for entry in path if entry and (entry != here or is_library(entry))]


def missing() -> list[str]:
    """Say which of `NEEDED` the server can't import, a line each: not installed, or where it does not look."""
    lines = []
    for name in NEEDED:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            lines.append(f"{name} is not installed for {sys.executable}: {sys.executable} -m pip install {name}")
        elif not any(is_library(str(folder)) for folder in Path(spec.origin).parents):
            lines.append(f"{name} is in {Path(spec.origin).parent}; only folders called site-packages are looked into")
    return lines
