"""The sample class, graded once for all tests that read its results."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLE = Path(__file__).parent / "sample_class"


def grade_sample(results: Path, *options: str) -> Path:
    """The results folder after one run of the command over the sample class."""
    command = [sys.executable, "-m", "autograder", "grade", "lab1", "--submitted", str(SAMPLE / "submitted")]
    done = subprocess.run(
        [*command, "--results", str(results), *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stderr.splitlines() if not line.startswith(("graded ", "waiting "))]  # how far it is
    assert told == []
    return results


@pytest.fixture(scope="session")
def sample_results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the whole class, one for all workers of pytest-xdist; not to be changed."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with (shared / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "sample").exists():
            grade_sample(shared / "sample.new", "--jobs", "2").rename(shared / "sample")
    return shared / "sample"
