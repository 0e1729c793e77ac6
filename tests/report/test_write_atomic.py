"""Files that are whole or as they were."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from autograder.files import write_atomic, write_in_order

if TYPE_CHECKING:
    from pathlib import Path

# Stops at the first or the last moment before the rename and waits there to be killed.
_STUCK = """
import os, pathlib, sys, time
from autograder import files
def stop(*_):
    print("here", flush=True)
    time.sleep(60)
if sys.argv[2] == "fsync":
    files.os.fsync = stop
else:
    pathlib.Path.replace = stop
files.write_atomic(pathlib.Path(sys.argv[1]), b"new" * 1_000_000)
"""


def test_writes_and_replaces(tmp_path: Path) -> None:
    """The bytes arrive, over an older file too, and nothing else is left in the folder."""
    target = tmp_path / "scores.csv"
    write_atomic(target, b"old")
    write_atomic(target, b"new\r\n")

    assert target.read_bytes() == b"new\r\n"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_killed_in_the_middle_the_old_file_stands(tmp_path: Path, moment: str) -> None:
    """A SIGKILL before the rename leaves the old content whole, and the next write goes through."""
    target = tmp_path / "ada.json"
    target.write_bytes(b"old")
    with subprocess.Popen([sys.executable, "-c", _STUCK, target, moment], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"here\n"
        writer.kill()

    assert target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2
    write_atomic(target, b"new")
    assert target.read_bytes() == b"new"


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the disk is full the error is raised, the old file stands, and the temporary one is gone."""
    target = tmp_path / "ada.json"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomic(target, b"new")

    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_mode_follows_the_umask(tmp_path: Path, umask: int, mode: int) -> None:
    """A class's staff reads the results if the umask says so, and nobody else does if it does not."""
    before = os.umask(umask)
    try:
        write_atomic(tmp_path / "ada.json", b"x")
    finally:
        os.umask(before)

    assert (tmp_path / "ada.json").stat().st_mode & 0o777 == mode


def test_a_link_is_replaced_not_followed(tmp_path: Path) -> None:
    """A symbolic link planted under the name does not send the bytes elsewhere."""
    (tmp_path / "elsewhere").write_bytes(b"precious")
    (tmp_path / "ada.json").symlink_to("elsewhere")
    write_atomic(tmp_path / "ada.json", b"new")

    assert (tmp_path / "elsewhere").read_bytes() == b"precious"
    assert not (tmp_path / "ada.json").is_symlink()


def test_a_name_as_long_as_a_name_may_be(tmp_path: Path) -> None:
    """The temporary name is not built from the final one, which may take all 255 bytes."""
    target = tmp_path / ("s" * 250 + ".json")
    write_atomic(target, b"x")

    assert target.read_bytes() == b"x"


def test_files_that_belong_together_appear_in_order(tmp_path: Path) -> None:
    """Where the second can't be put down, the first is there, whole, and nothing half-written is left."""
    page, record = tmp_path / "ada.html", tmp_path / "ada.json"
    record.mkdir()

    with pytest.raises(IsADirectoryError):
        write_in_order({page: b"page", record: b"record"})

    assert page.read_bytes() == b"page"
    assert sorted(tmp_path.iterdir()) == [page, record]


def test_nothing_appears_before_all_is_written(tmp_path: Path) -> None:
    """A folder that the second file should go to and that is not there leaves the first unwritten too."""
    page = tmp_path / "ada.html"

    with pytest.raises(FileNotFoundError):
        write_in_order({page: b"page", tmp_path / "gone" / "ada.json": b"record"})

    assert list(tmp_path.iterdir()) == []
