"""Import a course's suites, each course under a package name of its own.

A suite imports its lab's folder with `from .<lab> import helper`, in this repository and elsewhere alike. The
package that the dot means is made here from the folder's path, so that two courses, or two versions of one, never
meet in `sys.modules`.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
import types
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PREFIX = "_suites_"
"""The beginning of the name of each course's package."""


def is_suite(path: Path) -> bool:
    """Tell whether `path` is a suite: `test_….py` below `autograder/suites/` of a folder with a `course.yml`."""
    suites = path.parent
    return (
        path.name.startswith("test_")
        and (suites.name, suites.parent.name) == ("suites", "autograder")
        and suites.parents[1].joinpath("course.yml").is_file()
    )


def is_above_suites(folder: Path) -> bool:
    """Tell whether `folder` is the `autograder/` or the `autograder/suites/` of a course."""
    above = folder.parent if folder.name == "suites" else folder
    return above.name == "autograder" and above.parent.joinpath("course.yml").is_file()


def import_suite(path: Path) -> types.ModuleType:
    """The suite at `path` as a module; raises whatever its code raises."""
    path = path.resolve()
    return importlib.import_module(f"{_package(path.parent)}.{path.stem}")


def import_beside(suite: Path, module: str) -> types.ModuleType:
    """A module of the suite's own lab, from the folder beside it; raises whatever its code raises."""
    suite = suite.resolve()
    return importlib.import_module(f"{_package(suite.parent)}.{suite.stem.removeprefix('test_')}.{module}")


def _package(folder: Path) -> str:
    name = PREFIX + hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    if name not in sys.modules:
        package = types.ModuleType(name, f"The suites in {folder}.")
        package.__path__ = [str(folder)]
        sys.modules[name] = package
    return name
