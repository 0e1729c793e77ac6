"""A course of its own in a temporary folder, what students hand in, and a look into the gradebook."""

from __future__ import annotations

import copy
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

REPO = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
LABS = ("lab1_scalar_lstm", "lab2_scalar_gru", "lab3_shapes", "lab5_inside_the_layer", "lab6_what_gates_are_for")
LAB1 = LABS[0]


def released(lab: str) -> dict[str, Any]:
    """The notebook that students get."""
    found: dict[str, Any] = json.loads((REPO / "assignments" / lab / f"{lab}.ipynb").read_text())
    return found


def solved(lab: str = LAB1, **answers: str) -> dict[str, Any]:
    """The release with the solution's code in its answer cells; `answers` are other sources, by cell id."""
    solution = json.loads((REPO / "solutions" / lab / f"{lab}.ipynb").read_text())
    sources = {cell["id"]: cell["source"] for cell in solution["cells"] if cell["id"].endswith("_answer")}
    notebook = copy.deepcopy(released(lab))
    for each in notebook["cells"]:
        each["source"] = answers.get(each["id"], sources.get(each["id"], each["source"]))
    return notebook


def cell(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    """The cell of that id."""
    found: dict[str, Any] = next(each for each in notebook["cells"] if each["id"] == name)
    return found


class NbCourse:
    """An nbgrader course; commands are real ones, run in its root with an exchange and a home of their own."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def environment(self) -> dict[str, str]:
        """For staff's commands: nothing of the caller's Jupyter."""
        return self.environment_in(self.root.parent)

    def environment_in(self, folder: Path) -> dict[str, str]:
        """For commands of whoever works in `folder`: a home of their own there."""
        home = folder / "home"
        return {
            **os.environ,
            "HOME": str(home),
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            "IPYTHONDIR": str(home / "ipython"),
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        }

    def run(self, *command: str, expect: int = 0, folder: Path | None = None) -> str:
        """What a command prints; it must end with exit code `expect`."""
        done = subprocess.run(
            command,
            cwd=folder or self.root,
            env=self.environment_in(folder or self.root.parent),
            text=True,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert done.returncode == expect, f"{command}: exit {done.returncode}\n{done.stdout[-4000:]}"
        return done.stdout

    def autograder(self, *arguments: str, expect: int = 0) -> str:
        """`autograder …`."""
        return self.run(sys.executable, "-m", "autograder", *arguments, expect=expect)

    def nbgrader(self, *arguments: str, expect: int = 0) -> str:
        """`nbgrader …`."""
        return self.run("nbgrader", *arguments, expect=expect)

    def nbgrader_all(self, *lines: str, folder: Path | None = None, separately: bool = False) -> str:
        """Several commands, in one Python unless `separately`: each takes seconds to start."""
        if separately:
            return "".join(self.run("nbgrader", *line.split(), folder=folder) for line in lines)
        return self.run(sys.executable, "-c", _COMMANDS, *lines, folder=folder)

    def hand_in(self, student: str, content: dict[str, Any] | bytes | str, *, lab: str = LAB1, name: str = "") -> Path:
        """Put a file into `submitted/`."""
        file = self.root / "submitted" / student / lab / (name or f"{lab}.ipynb")
        file.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(content) if isinstance(content, dict) else content
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    def ask(self, sql: str, *values: object) -> list[Any]:
        """Rows of the gradebook."""
        with sqlite3.connect(self.root / "gradebook.db") as database:
            rows = database.execute(sql, values).fetchall()
        database.close()
        return rows

    def grades(self, student: str, lab: str = LAB1) -> dict[str, dict[str, Any]]:
        """A student's grades by cell: `auto`, `manual`, `needs` (a person)."""
        rows = self.ask(f"{_GRADES} where s.student_id = ? and a.name = ?", student, lab)
        return {row[0]: {"auto": row[1], "manual": row[2], "needs": bool(row[3])} for row in rows}

    def points(self, student: str, lab: str = LAB1) -> float:
        """The automatic points in the gradebook."""
        return float(sum(grade["auto"] or 0 for grade in self.grades(student, lab).values()))

    def record(self, student: str, lab: str = LAB1, results: str = "results") -> dict[str, Any]:
        """The record."""
        found: dict[str, Any] = json.loads((self.root / results / lab / f"{student}.json").read_text())
        return found

    def autograded(self, student: str, lab: str = LAB1) -> dict[str, Any]:
        """What formgrader shows."""
        found: dict[str, Any] = json.loads((self.root / "autograded" / student / lab / f"{lab}.ipynb").read_text())
        return found

    def set_grade(self, student: str, cell: str, points: float, lab: str = LAB1) -> None:
        """Give a mark by hand, as formgrader does."""
        with sqlite3.connect(self.root / "gradebook.db") as database:
            found = database.execute(
                f"{_GRADES} where s.student_id = ? and a.name = ? and c.name = ?", (student, lab, cell)
            )
            database.execute(
                "update grade set manual_score = ?, needs_manual_grade = 0 where id = ?", (points, found.fetchone()[4])
            )
        database.close()


_GRADES = """
    select c.name, g.auto_score, g.manual_score, g.needs_manual_grade, g.id from grade g
    join base_cell c on c.id = g.cell_id join submitted_notebook n on n.id = g.notebook_id
    join submitted_assignment s on s.id = n.assignment_id join assignment a on a.id = s.assignment_id
"""


def make_course(root: Path) -> NbCourse:
    """The repo's course at `root`, without its submissions, results and gradebook."""
    root.mkdir(parents=True)
    for name in ("solutions", "assignments", "autograder"):
        shutil.copytree(REPO / name, root / name)  # the code too: a change to it would grade everything anew
    for name in ("course.yml", "nbgrader_config.py"):
        shutil.copy(REPO / name, root)
    exchange = root.parent / "exchange"
    exchange.mkdir(exist_ok=True)
    exchange.chmod(0o777)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.Exchange.root = {str(exchange)!r}\nc.Exchange.timezone = 'UTC'\n")
    (root / "submitted").mkdir()
    return NbCourse(root)


_COMMANDS = """
import sys
from jupyter_core.application import NoStart
from nbgrader.apps.nbgraderapp import NbGraderApp
for line in sys.argv[1:]:
    app = NbGraderApp()
    app.initialize(line.split())
    try:
        app.start()
    except (NoStart, SystemExit) as error:
        if getattr(error, "code", None):
            raise
    app.subapp.clear_instance()
    NbGraderApp.clear_instance()
"""


def copy_of(template: NbCourse, folder: Path) -> NbCourse:
    """The template's course again, with an exchange of its own."""
    made = make_course(folder / "course")
    shutil.copy(template.root / "gradebook.db", made.root)
    return made
