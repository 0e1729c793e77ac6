"""No litter: what a killed run leaves goes with the next one; nothing of a living run's, or of anybody else's, does."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_course import COMMAND, RIGHT, autograder, scores, write_course

from autograder.files import remove_stale, write_atomic
from autograder.sandbox import lease
from autograder.sandbox.lease import Lease, new_name, sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MEMORY = Path("/dev/shm")
SLOW = "import time\ndef double(x):\n    time.sleep(0.3)\n    return 2 * x\n"
TRAINS = "import torch\ndef double(x):\n    torch.optim.Adam([torch.ones(1, requires_grad=True)])\n    return 2 * x\n"


@contextlib.contextmanager
def started(root: Path, jobs: str) -> Iterator[subprocess.Popen[bytes]]:
    """A run with a temporary folder of its own, some way into its work; ended at the end, if it hasn't."""
    (root / "tmp").mkdir(exist_ok=True)
    with subprocess.Popen(
        [COMMAND, "grade", "--force", "--jobs", jobs],
        cwd=root,
        env=os.environ | {"TMPDIR": str(root / "tmp")},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    ) as run:
        try:
            deadline = time.monotonic() + 60
            while not list((root / "results" / "tiny").glob("*.json")) and time.monotonic() < deadline:
                time.sleep(0.02)
            yield run
        finally:
            run.kill()


def below(pid: int) -> list[int]:
    """A process and all that it has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(other for child in children for other in below(int(child)))]


def held(run: subprocess.Popen[bytes]) -> set[Path]:
    """What a run has in its temporary folder and in shared memory: the folders that it holds, and their semaphores."""
    found = (link.readlink() for link in Path(f"/proc/{run.pid}/fd").iterdir())
    folders = {path for path in found if path.name.startswith("autograder-")}
    return folders | {path for folder in folders for path in folder.parent.glob(f"sem.{folder.name}-*")}


@pytest.mark.rotating("waits")
@pytest.mark.parametrize("jobs", [pytest.param("1", marks=pytest.mark.full), "2"])
def test_all_killed_at_once(tmp_path: Path, jobs: str) -> None:
    """Grader, workers, server and children killed in one go leave folders and semaphores; the next run removes them."""
    root = write_course(tmp_path, {f"s{number}": SLOW for number in range(12)})
    with started(root, jobs) as run:
        everybody, names = below(run.pid), held(run)
        for number in (signal.SIGSTOP, signal.SIGKILL):  # so that none of them sees another one's end
            for pid in everybody:
                os.kill(pid, number)
    assert any(path.is_dir() and path.parent == root / "tmp" for path in names)
    assert any(path.parent == MEMORY and path.is_file() for path in names) == (jobs == "2")
    assert all(path.exists() for path in names)

    done = autograder(root, "grade", before=("env", f"TMPDIR={root / 'tmp'}"))

    assert done.returncode == 0
    assert len(scores(root)) == 12
    assert list((root / "tmp").iterdir()) == []
    assert not [path for path in names if path.exists()]


@pytest.mark.rotating("waits")
def test_a_living_run_keeps_what_it_has(tmp_path: Path) -> None:
    """A second run beside the first one, in the same temporary folder, takes nothing away from it."""
    root = write_course(tmp_path / "one", {f"s{number}": SLOW for number in range(16)})
    other = write_course(tmp_path / "two", {"ann": RIGHT})
    assert autograder(other, "grade").returncode == 0
    with started(root, "2") as run:
        names = held(run)
        done = autograder(other, "grade", before=("env", f"TMPDIR={root / 'tmp'}"))

        assert run.poll() is None, "the first run has to be at work still"
        assert len(names) > 2
        assert all(path.exists() for path in names)
        run.wait()
    assert (done.returncode, run.returncode) == (0, 0)
    assert list((root / "tmp").iterdir()) == []
    assert set(scores(root).values()) == {4.0}


@pytest.mark.rotating("waits")
def test_torch_leaves_nothing(tmp_path: Path) -> None:
    """A run whose programs train leaves no folder of torch's in the temporary folder."""
    root = write_course(tmp_path, {f"s{number}": TRAINS for number in range(4)})
    suite = root / "autograder" / "suites" / "test_tiny.py"
    suite.write_text(f"import torch\ntorch.optim.Adam([torch.ones(1, requires_grad=True)])\n{suite.read_text()}")
    with started(root, "1") as run:
        assert run.wait() == 0
    assert set(scores(root).values()) == {4.0}
    assert list((root / "tmp").iterdir()) == []


OTHERS: dict[str, Callable[[Path], Path]] = {
    "another name": lambda folder: folder / "autograder-notes",
    "a tool's of ours": lambda folder: folder / "autograder-error-x1.txt",
    "another machine's": lambda folder: folder / f"autograder-{'0' * 8}-{'1' * 8}-{'2' * 16}",
}


@pytest.mark.parametrize("made", OTHERS.values(), ids=OTHERS)
def test_what_is_not_ours_stays(tmp_path: Path, made: Callable[[Path], Path]) -> None:
    """Neither a folder of somebody's whose name begins alike, nor one that another machine made on a shared disk."""
    folder = made(tmp_path)
    folder.mkdir()
    (folder / "work").write_text("dear")
    sweep(tmp_path)

    assert (folder / "work").read_text() == "dear"


def test_links_and_other_users_folders_stay(tmp_path: Path) -> None:
    """A link with our name is not followed, and what another user made is theirs."""
    dear = tmp_path / "dear"
    dear.mkdir()
    (dear / "work").touch()
    link = tmp_path / new_name()
    link.symlink_to(dear)
    sweep(tmp_path)

    assert link.is_symlink()
    assert (dear / "work").exists()
    if os.geteuid() == 0:
        theirs = tmp_path / new_name()
        theirs.mkdir()
        os.chown(theirs, 12345, 12345)
        sweep(tmp_path)
        assert theirs.exists()


def test_a_lease_ends_with_its_holders(tmp_path: Path) -> None:
    """Held by this process or by one that inherited it, a folder stays; let go of, it goes with its semaphores."""
    held = Lease(tmp_path)
    semaphore = tmp_path / f"sem.{held.folder.name}-x"
    semaphore.touch()
    helper = subprocess.Popen(["cat"], stdin=subprocess.PIPE, pass_fds=[held.descriptor])
    sweep(tmp_path)
    assert semaphore.exists()
    os.close(held.descriptor)
    sweep(tmp_path)
    assert held.folder.exists(), "the helper holds it"
    helper.communicate()
    sweep(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_before_a_restart_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What this machine made before it was started anew is litter, though the name is another one."""
    monkeypatch.setattr(lease, "_here", lambda: ("a" * 8, "b" * 8))
    old = tmp_path / new_name()
    old.mkdir()
    monkeypatch.setattr(lease, "_here", lambda: ("a" * 8, "c" * 8))
    sweep(tmp_path)

    assert not old.exists()


def test_a_lease_that_is_swept_while_it_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between a folder's making and its lock another run may take it for a dead one's: then a new one is made."""
    real = fcntl.flock
    calls: list[int] = []

    def flock(descriptor: int, how: int) -> None:
        if not calls:
            calls.append(1)
            for path in tmp_path.iterdir():
                shutil.rmtree(path)
        real(descriptor, how)

    monkeypatch.setattr("autograder.sandbox.lease.fcntl.flock", flock)
    with Lease(tmp_path) as made:
        assert made.folder.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_temporary_files_of_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A half-written record of a writer that was killed a moment ago goes; one that is being written stays."""
    dead = tmp_path / f".{new_name()}.tmp"
    dead.touch()
    living: list[Path] = []

    def replace(self: Path, target: Path) -> Path:
        living.append(self)
        remove_stale(tmp_path)
        assert self.exists()
        self.rename(target)
        return target

    monkeypatch.setattr(Path, "replace", replace)
    write_atomic(tmp_path / "ann.json", b"{}")

    assert [path.name for path in tmp_path.iterdir()] == ["ann.json"]
    assert living


def test_nothing_to_grade_tidies_up_too(tmp_path: Path) -> None:
    """A run that finds everything graded removes what a killed one left."""
    root = write_course(tmp_path, {"ann": RIGHT})
    assert autograder(root, "grade").returncode == 0
    (root / "tmp").mkdir()
    (root / "tmp" / new_name()).mkdir()
    (root / "results" / "tiny" / f".{new_name()}.tmp").touch()
    assert autograder(root, "grade", before=("env", f"TMPDIR={root / 'tmp'}")).returncode == 0

    assert list((root / "tmp").iterdir()) == []
    assert not list((root / "results" / "tiny").glob(".*"))


def test_a_helper_ends_with_its_command(tmp_path: Path) -> None:
    """A process that makes tables for nbgrader's command does not outlive it, though nobody tells it to end."""
    sleeps = f"import time; open({str(tmp_path / 'at work')!r}, 'w').close(); time.sleep(300)"
    work = (
        "import functools; from autograder.grading import local_workers; "
        f"local_workers.elsewhere(functools.partial(exec, {sleeps!r}))"
    )
    with subprocess.Popen([sys.executable, "-c", work]) as run:
        until((tmp_path / "at work").exists)
        everybody = below(run.pid)
        run.kill()
    until(lambda: not any(_command(pid) for pid in everybody))


def until(found: Callable[[], object]) -> None:
    """Wait until it gives something."""
    deadline = time.monotonic() + 60
    while not found():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""
