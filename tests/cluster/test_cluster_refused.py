"""What `--cluster` refuses before anything is graded: one line that names what is wrong, exit code 2."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from importlib.metadata import version
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from clusters import local
from distributed import Client
from small_course import autograder, write_course

from autograder.course.settings import load_course
from autograder.errors import UsageError
from autograder.grading import dask_client, dask_worker

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of two."""
    return write_course(tmp_path_factory.mktemp("course"))


def refused(root: Path, address: str) -> str:
    """The one line."""
    done = autograder(root, "grade", "--cluster", address)
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert not list((root / "results").glob("*/*.json"))
    return line


def pretend_numpy(folder: Path) -> Path:
    """A folder that makes numpy's version another one for whoever has it on the path."""
    info = folder / "numpy-9.9.9.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: numpy\nVersion: 9.9.9\n")
    return folder


@pytest.mark.rotating("cluster refused")
def test_a_worker_with_another_numpy(course: Path, tmp_path: Path) -> None:
    """The worker and the difference are named, both versions; a second package is not."""
    with local(1, tmp_path / "workers", first_on_path=pretend_numpy(tmp_path / "other")) as found:
        line = refused(course, found.address)

    assert line.startswith("autograder: the worker tcp://")
    assert f"has other versions: numpy 9.9.9 there, {version('numpy')} here; install the same" in line


@pytest.mark.rotating("cluster refused")
def test_a_worker_that_joins_later_compares_too(tmp_path: Path) -> None:
    """A worker of other versions takes no course, and says what differs to whoever sends it a submission."""
    client = dask_worker.versions() | {"torch": "1.0"}
    plugin = dask_worker.CoursePlugin("run", {"course.yml": b"secret"}, client, sandbox=True)
    plugin.setup(SimpleNamespace(local_directory=str(tmp_path)))

    assert plugin.refusal == f"torch {dask_worker.versions()['torch']} there, 1.0 here"
    assert not list(tmp_path.iterdir())


@pytest.mark.rotating
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere", "ftp://x:1"])
def test_a_wrong_address(course: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens, or it is no address at all: the message says what an address looks like."""
    monkeypatch.setattr(dask_client, "CONNECT_SECONDS", 0.5)
    with pytest.raises(UsageError) as told:
        dask_client.ClusterPool(load_course(course), address, ["tiny"], sandbox=True)

    assert str(told.value).startswith(f"no Dask scheduler answers at {address} (")
    assert "such as tcp://HOST:8786" in str(told.value)
    assert "\n" not in str(told.value)


def test_a_wrong_address_on_the_command_line(course: Path) -> None:
    """The same as one line on standard error, with exit code 2, and nothing of Dask's own."""
    assert "no Dask scheduler answers at nowhere:1" in refused(course, "nowhere:1")


@pytest.mark.rotating("cluster refused")
def test_no_worker_joins(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler without workers is waited for, then the command that starts one is given."""
    monkeypatch.setattr(dask_client, "JOIN_SECONDS", 0.2)
    with local(0, tmp_path) as found, pytest.raises(UsageError, match="no worker has joined") as told:
        dask_client.ClusterPool(load_course(course), found.address, ["tiny"], sandbox=True)

    assert f"dask worker {found.address} --nthreads 1" in str(told.value)


@pytest.mark.rotating("cluster refused")
def test_a_cluster_of_a_gateway(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`gateway:NAME` asks Dask Gateway's client, as its documentation has it, for a client of the cluster NAME."""
    with local(0, tmp_path) as found:
        connected = SimpleNamespace(get_client=partial(Client, found.address))
        gateway = SimpleNamespace(connect={"spring": connected}.__getitem__)
        monkeypatch.setitem(sys.modules, "dask_gateway", SimpleNamespace(Gateway=lambda: gateway))
        monkeypatch.setattr(dask_client, "JOIN_SECONDS", 0.2)
        with pytest.raises(UsageError, match="no worker has joined the scheduler at gateway:spring"):
            dask_client.ClusterPool(load_course(course), "gateway:spring", ["tiny"], sandbox=True)


@pytest.mark.rotating("cluster refused")
def test_a_gateway_without_its_client(course: Path) -> None:
    """Where dask-gateway is not installed the message says so."""
    with pytest.raises(UsageError, match="No module named 'dask_gateway'"):
        dask_client.ClusterPool(load_course(course), "gateway:spring", ["tiny"], sandbox=True)


@pytest.mark.rotating("cluster refused")
def test_without_dask_installed(course: Path) -> None:
    """The optional dependency is named with the command that installs it."""
    program = "import sys; sys.modules['distributed'] = None; from autograder.cli.main import run; run()"
    command = [sys.executable, "-c", program, "grade", "--cluster", "tcp://127.0.0.1:9"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "pip install 'lstm-gru-autograder[cluster]'" in done.stderr
