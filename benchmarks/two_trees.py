"""What a submission costs before and after a change: two work trees grade the same half of the corpus, in turns.

    python benchmarks/two_trees.py OLD NEW LAB [ROUNDS]

OLD and NEW are work trees, each with its `.venv`. Of the lab's corpus the files that both have are handed in, the
correct ones and the wrong ones apart, some times over where they are few. Each goes into the notebook that its own tree
hands out: a grader has read that before the first submission, and would read another release's checks in each. Told is
the CPU of the whole command (grader, warm server, children) for all of them, less that for one of them, by submission:
start and imports fall out. Rounds alternate, and the least of each counts, since these machines are noisy.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ENOUGH = 100
"""Submissions, about: what twenty cost is lost in how much starting differs from time to time."""

BUILD = """
import json, sys
from pathlib import Path
sys.path[:0] = ["tests/corpus", "tests"]
from harness import build, read_cases
try:
    from autograder.course.settings import find_course
except ImportError:  # before the move into folders
    from autograder.course import find_course
course = find_course(Path.cwd())
names = set(json.loads(sys.argv[1]))
for case in read_cases(Path("tests/corpus")):
    if case.lab == sys.argv[2] and case.sort == sys.argv[3] and case.path.stem in names:
        notebook = json.dumps(build(case, course))
        for copy in range(int(sys.argv[5])):
            folder = Path(sys.argv[4], f"{case.path.stem}-{copy}", case.lab)
            folder.mkdir(parents=True)
            (folder / f"{case.lab}.ipynb").write_text(notebook)
"""


def main(old: Path, new: Path, lab: str, rounds: int = 3) -> None:
    """Print milliseconds of CPU per submission in both trees, and their ratio."""
    for sort in ("correct", "wrong"):
        names = sorted(_names(old, lab, sort) & _names(new, lab, sort))
        with tempfile.TemporaryDirectory() as scratch:
            submitted = {tree: Path(scratch, str(number)) for number, tree in enumerate((old, new))}
            copies = max(1, ENOUGH // len(names))
            for tree, folder in submitted.items():
                _run(tree, [".venv/bin/python", "-c", BUILD, json.dumps(names), lab, sort, str(folder), str(copies)])
            names = [f"{name}-{copy}" for name in names for copy in range(copies)]
            least = {tree: _least(tree, lab, submitted[tree], names[:1], rounds) for tree in (old, new)}
            spent: dict[Path, list[float]] = {old: [], new: []}
            for _ in range(rounds):
                for tree in (old, new):
                    spent[tree].append(_cpu(tree, lab, submitted[tree], names))
            before, after = ((min(spent[tree]) - least[tree]) / (len(names) - 1) * 1000 for tree in (old, new))
            print(f"{lab} {sort}: {len(names)}, {before:.1f} ms before, {after:.1f} ms after, {after / before:.2f} x")


def _names(tree: Path, lab: str, sort: str) -> set[str]:
    return {path.stem for path in tree.joinpath("tests/corpus", lab, sort).glob("*.py")}


def _least(tree: Path, lab: str, submitted: Path, names: list[str], rounds: int) -> float:
    return min(_cpu(tree, lab, submitted, names) for _ in range(rounds))


def _cpu(tree: Path, lab: str, submitted: Path, names: list[str]) -> float:
    """Seconds of CPU that grading `names` takes in a tree, everything included."""
    with tempfile.TemporaryDirectory() as results:
        who = [word for name in names for word in ("--student", name)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [".venv/bin/autograder", "grade", lab, "--submitted", str(submitted), "--results", results]
        _run(tree, [*command, "--jobs", "1", *who])
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _run(tree: Path, command: list[str]) -> None:
    subprocess.run(command, cwd=tree, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"OMP_NUM_THREADS": "1"})


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), sys.argv[3], *map(int, sys.argv[4:]))
