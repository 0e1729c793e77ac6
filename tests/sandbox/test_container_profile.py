"""The sandbox under the seccomp profile that containers have by default, as Debian packages it for Podman."""

from __future__ import annotations

import ctypes.util
import subprocess
import sys
from pathlib import Path

import pytest
from small_course import COMMAND

PROFILE = Path("/usr/share/containers/seccomp.json")
UNDER_IT = (sys.executable, str(Path(__file__).parents[1] / "helpers" / "in_container.py"), str(PROFILE), "--")

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(not PROFILE.exists(), reason="no profile (apt-get install golang-github-containers-common)"),
    pytest.mark.skipif(ctypes.util.find_library("seccomp") is None, reason="no libseccomp"),
]


def test_the_profile_is_in_force() -> None:
    """What a container may not do is refused here too, or the next test would prove nothing."""
    code = "import os; os.sethostname(b'x') if hasattr(os, 'sethostname') else __import__('socket').sethostname('x')"
    done = subprocess.run([*UNDER_IT, sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "Error" in done.stderr.splitlines()[-1]


def test_the_sandbox_holds_in_a_container(tmp_path: Path) -> None:
    """Nothing has to be switched on: every attempt of the doctor's is refused, honest work is not."""
    done = subprocess.run([*UNDER_IT, COMMAND, "doctor"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "the sandbox holds"
