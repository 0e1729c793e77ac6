"""The class that `faults.py` grades again and again: a folder of submissions, its records and its gradebook."""

from __future__ import annotations

import copy
import json
import os
import shutil
import sqlite3
import subprocess
from typing import TYPE_CHECKING, Any

from nbgrader_throughput import solved

if TYPE_CHECKING:
    from pathlib import Path

    from faults_scene import Scene

LAB = "lab1_scalar_lstm"
VARIES = {"started_at", "seconds", "cpu_seconds", "fingerprint"}  # the last one knows where the kit is installed
_BEFORE = {
    "takes memory": "a = bytearray(600 * 2**20)\nfor i in range(0, len(a), 4096): a[i] = 1\n",
    "writes a file": "open('f', 'wb').write(bytes(24 * 2**20))\n",
    "has threads": "import threading, time\n"
    "for t in [threading.Thread(target=time.sleep, args=[0.1]) for _ in range(24)]: t.start()\n",
    "takes a while": "import time\ntime.sleep(0.3)\n",
}
_INSTEAD = {
    "raises": "raise ValueError('not today')\n",
    "claims no memory": "raise MemoryError\n",
    "ends its process": "import os\nos._exit(0)\n",
}
RARE = 12  # one student in so many does something out of the ordinary


def make_class(root: Path, scene: Scene, count: int) -> None:
    """The course of `root` with `count` students, most of them right, in the scene's folder."""
    course = scene.course
    course.mkdir(parents=True)
    for name in ("solutions", "assignments", "autograder"):
        shutil.copytree(root / name, course / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("course.yml", "nbgrader_config.py"):
        shutil.copy(root / name, course)
    odd = [*_BEFORE, *_INSTEAD, "wrong", "unreadable"]
    for number in range(count):
        kind = odd[number // RARE % len(odd)] if number % RARE == 0 else ""
        _hand_in(course, f"student{number:03}", kind)
    scene.give_away()
    if scene.route == "nbgrader":
        done = subprocess.run(
            [*scene.as_user, scene.program("nbgrader"), "generate_assignment", LAB, "--force"],
            cwd=course, env=scene.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]


def _hand_in(course: Path, student: str, kind: str) -> None:
    notebook = copy.deepcopy(solved(LAB))
    cell = next(cell for cell in notebook["cells"] if cell["id"].endswith("_answer"))
    answer = "".join(cell["source"])
    if kind == "wrong":
        answer = answer.replace("+", "-")
    elif kind:
        answer = _BEFORE.get(kind, "") + _INSTEAD.get(kind, answer)
    cell["source"] = f"{answer}\n# {student}"
    folder = course / "submitted" / student / LAB
    folder.mkdir(parents=True)
    (folder / f"{LAB}.ipynb").write_text("no notebook" if kind == "unreadable" else json.dumps(notebook))
    os.utime(folder / f"{LAB}.ipynb", (1.79e9, 1.79e9))


def essence(scene: Scene) -> dict[str, dict[str, Any]]:
    """All records less their times; a half-written one does not parse."""
    found = {}
    for path in sorted((scene.course / "results" / LAB).glob("[!.]*.json")):
        record = json.loads(path.read_text())
        assert path.with_suffix(".html").stat().st_size > 1000, path
        record["isolation"].pop("threads", None)  # on top of all that run on this machine, where it is not root's
        found[path.stem] = {key: value for key, value in record.items() if key not in VARIES}
    return found


_GRADES = """
    select s.student_id, c.name, g.auto_score, g.needs_manual_grade from grade g
    join base_cell c on c.id = g.cell_id join submitted_notebook n on n.id = g.notebook_id
    join submitted_assignment s on s.id = n.assignment_id order by 1, 2
"""


def gradebook(scene: Scene) -> list[list[Any]]:
    """Every automatic score of nbgrader's, by student and cell, and whose notebooks stand in `autograded`."""
    if scene.route != "nbgrader":
        return []
    with sqlite3.connect(scene.course / "gradebook.db") as database:
        rows = [list(row) for row in database.execute(_GRADES)]
    database.close()
    return rows + [[path.parts[-3]] for path in sorted(scene.course.glob("autograded/*/*/*.ipynb"))]
