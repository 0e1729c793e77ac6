"""One wheel and one environment for all tests of an installed engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from installed import build_wheel, install

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the repository as it is now."""
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """The commands of an environment that has the wheel, at a path with a space and an umlaut."""
    folder = tmp_path_factory.mktemp("env") / "übung eins"
    return install(wheel, folder, fresh=bool(pytestconfig.getoption("--full")))
