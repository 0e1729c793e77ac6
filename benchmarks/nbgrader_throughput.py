"""`nbgrader autograde` with this kit against stock nbgrader with hidden tests in the notebook, in one run.

    python benchmarks/nbgrader_throughput.py [SUBMISSIONS] [LAB ...]

The same solved notebooks, SUBMISSIONS (40) of each lab (all), the same checks, the same machine, one after the other.
Stock runs in its own way: a kernel per submission, every cell executed, the suite in the kernel's process. "less tools"
leaves out what the kernel spends on importing the suite's machinery, which hand-written hidden tests would not need.
"""

from __future__ import annotations

import copy
import json
import os
import resource
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
NBGRADER = Path(sysconfig.get_path("scripts"), "nbgrader")


class Cost(NamedTuple):
    """Of one command: seconds by the clock and of CPU."""

    wall: float
    cpu: float


def solved(lab: str) -> dict[str, Any]:
    """The released notebook with the solution's answers."""
    solution = json.loads((ROOT / "solutions" / lab / f"{lab}.ipynb").read_text())
    answers = {cell["id"]: cell["source"] for cell in solution["cells"] if cell["id"].endswith("_answer")}
    notebook: dict[str, Any] = json.loads((ROOT / "assignments" / lab / f"{lab}.ipynb").read_text())
    for cell in notebook["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
    return notebook


def with_hidden_tests(notebook: dict[str, Any]) -> dict[str, Any]:
    """The stock master: each check's cell ends with the hidden tests of its function."""
    stock = copy.deepcopy(notebook)
    for cell in stock["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if marks.get("grade") and not marks.get("solution"):
            hidden = f'import in_notebook\nin_notebook.points("{marks["grade_id"]}")'
            cell["source"] = [*cell["source"], f"\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"]
    return stock


def course(root: Path, lab: str, count: int, *, stock: bool) -> None:
    """A course with `count` submissions, ready for `nbgrader autograde`."""
    source = root / "solutions" / lab
    source.mkdir(parents=True)
    if stock:
        (source / f"{lab}.ipynb").write_text(json.dumps(with_hidden_tests(solved(lab))))
        config = 'c = get_config()\nc.CourseDirectory.source_directory = "solutions"\n'
        (root / "nbgrader_config.py").write_text(config)
    else:
        shutil.copytree(ROOT / "solutions" / lab, source, dirs_exist_ok=True)
        shutil.copytree(ROOT / "autograder", root / "autograder")
        for name in ("course.yml", "nbgrader_config.py"):
            shutil.copy(ROOT / name, root)
    text = json.dumps(solved(lab))
    for number in range(count):
        folder = root / "submitted" / f"student{number:04}" / lab
        folder.mkdir(parents=True)
        (folder / f"{lab}.ipynb").write_text(text)
    nbgrader(root, "generate_assignment", lab)


def environment(root: Path) -> dict[str, str]:
    """What a course's commands need, and what the stock course's hidden tests do."""
    return os.environ | {
        "PYTHONPATH": str(Path(__file__).parent),
        "STOCK_COURSE": str(ROOT),
        "STOCK_TIMES": str(root / "times"),
        "OMP_NUM_THREADS": "1",
        "PATH": os.pathsep.join([str(NBGRADER.parent), os.environ["PATH"]]),  # stock nbgrader looks for alembic there
    }


def nbgrader(root: Path, *arguments: str) -> Cost:
    """Run a command of nbgrader's in a course; what it took."""
    start, before = time.monotonic(), _cpu()
    done = subprocess.run(
        [str(NBGRADER), *arguments], cwd=root, env=environment(root), capture_output=True, check=False
    )
    if done.returncode:
        sys.exit(f"nbgrader {' '.join(arguments)} failed:\n{done.stderr.decode()[-3000:]}")
    return Cost(time.monotonic() - start, _cpu() - before)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def scores(root: Path) -> set[float]:
    """The automatic points that the submissions got."""
    import sqlite3

    sql = "select sum(g.auto_score) from grade g group by g.notebook_id"
    return {row[0] for row in sqlite3.connect(root / "gradebook.db").execute(sql)}


def compare(lab: str, count: int) -> tuple[float, float, float]:
    """Print a lab's row; returns ours, stock and stock less tools in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        costs, points = [], []
        for name in ("ours", "stock"):
            root = Path(folder, name)
            course(root, lab, count, stock=name == "stock")
            costs.append(nbgrader(root, "autograde", lab))
            points.append(scores(root))
        tools = sum(json.loads(line)[0] for line in Path(folder, "stock", "times").read_text().splitlines())
    ours, stock = costs
    less = stock.wall - tools
    same = "same points" if points[0] == points[1] else f"POINTS DIFFER {points}"
    print(
        f"{lab:<18} ours {ours.wall / count:6.2f} s  stock {stock.wall / count:6.2f} s"
        f"  ratio {stock.wall / ours.wall:5.1f}"
        f"  less tools {less / ours.wall:5.1f}  CPU ratio {stock.cpu / ours.cpu:5.1f}  ({same})",
        flush=True,
    )
    return ours.wall, stock.wall, less


def main() -> None:
    """Compare and print."""
    count = int(sys.argv[1]) if sys.argv[1:] else 40
    labs = sys.argv[2:] or sorted(path.name for path in (ROOT / "solutions").iterdir())
    print(f"{count} submissions of each lab, seconds per submission by the clock, {os.cpu_count()} cores")
    totals = [sum(column) for column in zip(*(compare(lab, count) for lab in labs), strict=True)]
    print(f"{'all':<18} ratio {totals[1] / totals[0]:5.1f}  less tools {totals[2] / totals[0]:5.1f}")


if __name__ == "__main__":
    main()
