"""Which folders the warm server takes its libraries from, and what is said where one of them can't be had."""

from __future__ import annotations

import os
import site
import sys
from typing import TYPE_CHECKING

import pytest

from autograder.sandbox import site_packages

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module in a folder of `sys.path` that is not called site-packages."""
    (tmp_path / "odd_place").mkdir()
    (tmp_path / "odd_place" / "oddly_placed.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path / "odd_place"))
    return tmp_path / "odd_place"


def test_what_is_missing_is_named_with_the_command(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is not installed, one where the server does not look; what it finds is not mentioned."""
    monkeypatch.setattr(site_packages, "NEEDED", ("msgspec", "no_such_library", "oddly_placed"))

    assert site_packages.missing() == [
        f"no_such_library is not installed for {sys.executable}: {sys.executable} -m pip install no_such_library",
        f"oddly_placed is in {elsewhere}; only folders called site-packages are looked into",
    ]


def test_folders_of_libraries_are_handed_on_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PYTHONPATH may name a course as well: of it the server gets what is called site-packages, and is there."""
    for name in ("site-packages", "course"):
        (tmp_path / name).mkdir()
    named = [tmp_path / name for name in ("course", "site-packages", "not/there/site-packages")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(map(str, named)))
    monkeypatch.setenv("SECRET", "of the grader's")

    assert site_packages.environment() == {"PYTHONPATH": str(tmp_path / "site-packages"), "PYTHONNOUSERSITE": "1"}


@pytest.mark.parametrize("used", [True, False])
def test_the_users_own_libraries_are_there_only_where_they_are_used(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    used: bool,  # a parameter
) -> None:
    """After `pip install --user` the server finds what it needs; else the user's folder stays out of sight."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    (folder / ("needed_library.py" if used else "other.py")).touch()
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr(site, "ENABLE_USER_SITE", True)
    monkeypatch.setattr(site, "getusersitepackages", lambda: str(folder))
    monkeypatch.setattr(site, "getuserbase", lambda: str(tmp_path))
    monkeypatch.setattr(site_packages, "NEEDED", ("needed_library",))
    monkeypatch.delenv("PYTHONPATH", raising=False)

    assert site_packages.environment() == ({"PYTHONUSERBASE": str(tmp_path)} if used else {"PYTHONNOUSERSITE": "1"})


def test_the_kits_folder_goes_unless_libraries_are_in_it(tmp_path: Path) -> None:
    """What is installed is in one folder with its libraries; a repository or a course is not to be imported from."""
    installed = tmp_path / "site-packages"
    installed.mkdir()

    assert site_packages.without_course([str(tmp_path), "/lib", ""], str(tmp_path)) == ["/lib"]
    assert site_packages.without_course([str(installed), "/lib"], str(installed)) == [str(installed), "/lib"]
