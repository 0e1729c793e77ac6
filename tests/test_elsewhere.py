"""Work that is done in a process of its own."""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING

import pytest

from autograder.errors import GraderError
from autograder.grading import local_workers

if TYPE_CHECKING:
    from pathlib import Path


def noted(file: Path) -> None:
    """Say who is at work."""
    file.write_text(str(os.getpid()))


def refused() -> None:
    """Fail as tables do that can't be written."""
    raise GraderError("can't write the tables")


def test_it_is_done_by_another_process(tmp_path: Path) -> None:
    """And waited for: what it wrote is there."""
    local_workers.elsewhere(functools.partial(noted, tmp_path / "pid"))

    assert int((tmp_path / "pid").read_text()) != os.getpid()


def test_what_it_raises_is_raised_here() -> None:
    """One line for whoever waits, of the same kind as if it had been done here."""
    with pytest.raises(GraderError, match="can't write the tables"):
        local_workers.elsewhere(refused)
