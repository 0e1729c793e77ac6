"""One wheel, and an environment for each user, for all tests of an installed engine."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from installed import NOBODY, Installed, build_wheel, for_anyone

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the repository as it is now."""
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def here(wheel: Path, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Installed:
    """An environment of ours with the wheel."""
    return Installed.make(wheel, tmp_path_factory.mktemp("env"), fresh=bool(pytestconfig.getoption("--full")))


@pytest.fixture(scope="session")
def ordinary(wheel: Path) -> Iterator[Installed]:
    """The same for an ordinary user: who runs the tests, or if that is root, nobody in particular."""
    base = for_anyone()
    if os.geteuid() == 0 and base is None:
        pytest.skip("no Python of this version here that an ordinary user can run")
    folder = Path(tempfile.mkdtemp(prefix="anyone-"))
    folder.chmod(0o755)  # pytest's own folders are closed to others
    try:
        if os.geteuid() == 0 and base is not None:
            yield Installed.make(wheel, folder, base=base, user=NOBODY)
        else:
            yield Installed.make(wheel, folder)
    finally:
        shutil.rmtree(folder)
