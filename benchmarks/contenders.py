"""The ways to grade that `table.py` compares: the same submissions, the same checks, the machine alone.

Each contender makes what it needs in a folder of its own, runs its command over `count` submissions of one lab and says
what that cost. Making the folder is not counted; starting up is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from measure import Cost, run
from nbgrader_throughput import NBGRADER, ROOT, course, environment, scores, solved

if TYPE_CHECKING:
    from collections.abc import Callable

OTTER_TEST = """\
from otter.test_files import test_case

OK_FORMAT = False
name = "{cell}"
points = {points}

@test_case()
def test_hidden(env):
    import in_notebook
    assert in_notebook.points("{cell}") == {points}
"""


def hand_in(submitted: Path, lab: str, count: int) -> None:
    """`count` copies of the solved notebook."""
    text = json.dumps(solved(lab))
    for number in range(count):
        folder = submitted / f"student{number:05}" / lab
        folder.mkdir(parents=True)
        (folder / f"{lab}.ipynb").write_text(text)


def ours(lab: str, count: int, jobs: int) -> Cost:
    """`autograder grade`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hand_in(folder / "submitted", lab, count)
        command = [sys.executable, "-m", "autograder", "grade", lab, "--jobs", str(jobs)]
        cost = run([*command, "--submitted", str(folder / "submitted"), "--results", str(folder / "results")], cwd=ROOT)
        records = [json.loads(path.read_bytes()) for path in (folder / "results" / lab).glob("*.json")]
        full = [record for record in records if record["score"] == record["max_score"]]
        _demand(len(full) == count, f"ours: {len(full)} of {count} have full marks")
    return cost


def with_nbgrader(lab: str, count: int, *, stock: bool) -> Cost:
    """`nbgrader autograde`, with this kit's steps or with nbgrader's own and the hidden tests in the notebook."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        course(root, lab, count, stock=stock)
        cost = run([str(NBGRADER), "autograde", lab], cwd=root, environment=environment(root))
        found = scores(root)
        _demand(len(found) == 1 and max(found) > 0, f"nbgrader: scores {found}")
    return cost


def fresh_pytest(lab: str, count: int) -> Cost:
    """A new `python -m pytest` for each submission, student code in its process."""
    with tempfile.TemporaryDirectory() as name:
        hand_in(Path(name), lab, count)
        suite = str(ROOT / "autograder" / "suites" / f"test_{lab}.py")
        command = [sys.executable, "-m", "pytest", "-q", "-W", "ignore", "-p", "no:cacheprovider", "-p", "in_process"]
        path = {"PYTHONPATH": str(Path(__file__).parent)}
        return _each(
            sorted(Path(name).glob(f"*/{lab}/{lab}.ipynb")),
            lambda file: run([*command, "--peer-submission", str(file), suite], cwd=ROOT, environment=path),
        )


def otter_run(lab: str, count: int, python: Path) -> Cost:
    """`otter run` for each submission: the suite in the notebook's kernel, once, read by a test file per function."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        hand_in(root / "submitted", lab, count)
        _otter_zip(root / "autograder.zip", lab)
        keep = {"PYTHONPATH": f"{Path(__file__).parent}{os.pathsep}{ROOT}", "STOCK_COURSE": str(ROOT)}
        keep |= {"STOCK_TIMES": str(root / "times")}

        def grade(file: Path) -> Cost:
            command = [
                str(python),
                "-m",
                "otter",
                "run",
                "-a",
                str(root / "autograder.zip"),
                "-o",
                str(root),
                "--no-logo",
            ]
            cost = run([*command, str(file)], cwd=root, environment=keep)
            found = json.loads((root / "results.json").read_text())["tests"]
            lost = [test for test in found if test.get("score", 0) != test.get("max_score", 0)]
            _demand(bool(found) and not lost, f"otter: lost points in {lost}")
            return cost

        return _each(sorted((root / "submitted").glob(f"*/{lab}/{lab}.ipynb")), grade)


def _otter_zip(file: Path, lab: str) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("otter_config.json", json.dumps({"lang": "python", "seed": 42}))
        for cell in solved(lab)["cells"]:
            marks = cell["metadata"].get("nbgrader", {})
            if marks.get("grade") and not marks.get("solution"):
                test = OTTER_TEST.format(cell=marks["grade_id"], points=marks["points"])
                archive.writestr(f"tests/{marks['grade_id']}.py", test)


def floor(lab: str, rounds: int) -> float:
    """Seconds of CPU of the bare calls (see `bare`)."""
    command = [sys.executable, str(Path(__file__).with_name("bare.py")), lab, str(rounds)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return float(done.stdout)


def _each(files: list[Path], grade: Callable[[Path], Cost]) -> Cost:
    costs = [grade(file) for file in files]
    return Cost(
        sum(cost.wall for cost in costs),
        sum(cost.cpu for cost in costs),
        max(cost.tree_mib for cost in costs),
        max(cost.own_mib for cost in costs),
    )


def _demand(fine: bool, otherwise: str) -> None:  # an assertion with words
    if not fine:
        sys.exit(otherwise)
