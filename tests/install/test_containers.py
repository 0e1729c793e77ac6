"""The Containerfile and the devcontainer: that they name what there is. No container engine is needed, or used."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from installed import ROOT

CONTAINERFILE = (ROOT / "Containerfile").read_text(encoding="utf-8")


def test_its_make_targets_are_there() -> None:
    """A target that was renamed would be noticed by whoever builds the image, months later."""
    wanted = re.findall(r'(?:^RUN make |"make", ")(\w+)', CONTAINERFILE, re.MULTILINE)

    assert wanted == ["environment", "demo"]
    for target in wanted:
        done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_nothing_of_students_and_no_secret_history_goes_into_the_image() -> None:
    """What git ignores because it is a student's is left out of the image as well."""
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if not line.startswith("#")}
    left_out = set((ROOT / ".dockerignore").read_text().split("\n"))

    assert {"submitted", "results", "autograded", "feedback", "gradebook.db"} <= ignored & left_out
    assert {".git", ".venv"} <= left_out


def test_the_devcontainer_is_that_image() -> None:
    """It is built from the Containerfile, works as its user, and makes the environment."""
    found = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())

    assert (ROOT / ".devcontainer" / found["build"]["dockerfile"]).resolve() == ROOT / "Containerfile"
    assert f"USER {found['remoteUser']}" in CONTAINERFILE
    assert found["postCreateCommand"] == "make environment"


def test_its_user_is_none_that_debian_has() -> None:
    """`useradd` refuses a name that is a group already, as `staff` is in Debian's base system."""
    groups = Path("/usr/share/base-passwd/group.master")
    if not groups.exists():
        pytest.skip("no Debian")
    taken = {line.split(":")[0] for line in groups.read_text().splitlines()}
    (user,) = re.findall(r"useradd --create-home (\w+)", CONTAINERFILE)

    assert user not in taken
    assert f"USER {user}\n" in CONTAINERFILE
