"""`grade --shard I/N`: runs that know nothing of each other grade a class between them."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from small_course import COMMAND, RIGHT, WRONG, autograder, records, write_course

from autograder.errors import UsageError
from autograder.grading.shard import Shard

if TYPE_CHECKING:
    from pathlib import Path

TIMES = ("started_at", "seconds", "cpu_seconds")
CLASS = {f"student{number:02}": RIGHT if number % 3 else WRONG for number in range(14)}


def timeless(root: Path) -> dict[str, dict[str, Any]]:
    """All records without their times."""
    return {
        name: {key: value for key, value in record.items() if key not in TIMES}
        for name, record in records(root).items()
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class that one run has graded."""
    root = write_course(tmp_path_factory.mktemp("whole"), CLASS)
    assert autograder(root, "grade").returncode == 0
    return root


def start(root: Path, number: int, *more: str) -> subprocess.Popen[str]:
    """One of three shares, under way."""
    command = [COMMAND, "grade", "--jobs", "1", "--shard", f"{number}/3", *more]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_shares_at_once_are_one_run(whole: Path, tmp_path: Path) -> None:
    """Two into one folder, one on a machine of its own, its results copied in: a single run's records and tables.

    No table is written before `report` is asked for one, and what a share has graded nobody grades again.
    """
    root = write_course(tmp_path, CLASS)
    runs = [start(root, 1), start(root, 2), start(root, 3, "--results", "elsewhere")]
    told = [run.communicate()[0] for run in runs]

    assert [run.returncode for run in runs] == [0, 0, 0], told
    assert "share 2 of 3; when all are graded: `autograder report`" in told[1]
    assert not list(root.glob("*/tiny/scores.csv"))
    here, there = ({path.stem for path in (root / name / "tiny").glob("*.json")} for name in ("results", "elsewhere"))
    assert (sorted(here | there), here & there) == (sorted(CLASS), set())
    shutil.copytree(root / "elsewhere", root / "results", dirs_exist_ok=True)
    assert autograder(root, "report").returncode == 0
    assert timeless(root) == timeless(whole)
    table = "results/tiny/scores.csv"
    assert (root / table).read_bytes() == (whole / table).read_bytes()
    assert "not graded again: 14" in autograder(root, "grade").stdout


def test_every_name_is_in_one_share_and_shares_are_even() -> None:
    """Whoever is added or leaves, the others stay where they are."""
    names = [f"lab/student{number}" for number in range(3000)]
    shares = [Shard(number, 5) for number in range(1, 6)]

    assert all(sum(share.holds(name) for share in shares) == 1 for name in names)
    assert all(540 < sum(map(share.holds, names)) < 660 for share in shares)


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "a/b", "1/3/5", "-1/3", "1/0", ""])
def test_a_share_that_is_none_is_refused(text: str) -> None:
    """One line with the form and an example."""
    with pytest.raises(UsageError, match=r"--shard takes I/N with I from 1 to N, as in 2/8; it was '"):
        Shard.parse(text)


def test_the_command_line_refuses_it_before_anything_is_graded(tmp_path: Path) -> None:
    """Exit code 2, and no results."""
    root = write_course(tmp_path)
    done = autograder(root, "grade", "--shard", "4/3")

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("autograder: --shard takes I/N")
    assert not (root / "results").exists()
