"""Attacks in small files, and what is watched while each of them is graded.

`class_NN/<name>.py`: a docstring with `key: value` lines, then the code of a submission; see README.md. The code
stands in one cell below the released notebook, whose stubs it replaces, with a cell in front that names the targets
(`CANARY`, `PORT`, ...). All targets are made for the test: a sandbox that fails must do no harm.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from autograder.record import CheckStatus

if TYPE_CHECKING:
    from autograder.course.settings import Course
    from autograder.record import Record

CLASSES = (*range(1, 19), 20)
KEYS = {"class", "tries", "outcome", "score", "honest", "message", "lab", "student", "form"}
OUTCOMES = {"harmless", "rejected", "grader_error", *CheckStatus}
_DOCSTRING = re.compile(r'\A"""(.+?)"""\n(.*)\Z', re.DOTALL)
_LOOT = re.compile(r"LOOT:[\w.\-+]+|\b777\d\d\b")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_LINE = re.compile(r"(\w+): +(.+(?:\n {4,}.+)*)")


class AttackError(Exception):
    """A file that does not say what it should; the message names the file."""


@dataclass(frozen=True)
class Attack:
    """One file, read."""

    path: Path
    body: str
    header: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What a failing test is called."""
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def number(self) -> int:
        """The class of `threats.md`."""
        return int(self.header["class"])

    @property
    def lab(self) -> str:
        """The assignment that it is handed in for."""
        return self.header.get("lab", "lab1_scalar_lstm")

    @property
    def score(self) -> float | None:
        """The points that its honest part earns; none where it can't be graded."""
        return None if self.header["outcome"] == "grader_error" else float(self.header.get("score", "0"))


def read_attacks(folder: Path) -> list[Attack]:
    """Every attack, sorted; raises `AttackError`."""
    return [read_attack(path) for path in sorted(folder.glob("class_*/*.py"))]


def read_attack(path: Path) -> Attack:
    """One file; raises `AttackError` unless its header says all that is needed, and nothing unknown."""
    found = _DOCSTRING.match(path.read_text(encoding="utf-8"))
    if found is None:
        raise AttackError(f"{path}: begin with a docstring in triple quotes")
    header = {key: " ".join(value.split()) for key, value in _LINE.findall(found[1])}
    if unknown := header.keys() - KEYS:
        raise AttackError(f"{path}: {min(unknown)!r} is no key of a header; they are {', '.join(sorted(KEYS))}")
    if lacking := {"class", "tries", "outcome"} - header.keys():
        raise AttackError(f"{path}: the header lacks `{min(lacking)}: …`")
    if header["outcome"] not in OUTCOMES:
        raise AttackError(f"{path}: no outcome {header['outcome']!r}; they are {', '.join(sorted(OUTCOMES))}")
    if path.parent.name != f"class_{int(header['class']):02}":
        raise AttackError(f"{path}: class {header['class']} belongs into class_{int(header['class']):02}")
    return Attack(path, found[2], header)


# ---------------------------------------------------------------- what is handed in


def hand_in(attack: Attack, course: Course, folder: Path, targets: dict[str, object]) -> None:
    """Put the attack's submission into `folder`."""
    folder.mkdir(parents=True)
    notebook = _notebook(attack, course)
    if attack.header.get("form") == "builder":
        names: dict[str, Any] = dict(targets)
        exec(compile(attack.body, str(attack.path), "exec"), names)
        names["make"](folder, attack.lab, notebook)
        return
    given = "\n".join(f"{name} = {value!r}" for name, value in targets.items())
    notebook["cells"] += [code_cell(given), code_cell(attack.body)]
    (folder / f"{attack.lab}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def _notebook(attack: Attack, course: Course) -> dict[str, Any]:
    """The released notebook, with the solution's answers where the attack is `honest`."""
    notebook: dict[str, Any] = json.loads(course.released(attack.lab).read_text(encoding="utf-8"))
    solution = json.loads(course.solution(attack.lab).read_text(encoding="utf-8"))
    answers = {_grade_id(cell): cell["source"] for cell in solution["cells"]}
    honest = {f"{name.strip()}_answer" for name in attack.header.get("honest", "").split(",")}
    for cell in notebook["cells"]:
        if _grade_id(cell) in honest:
            cell["source"] = answers[_grade_id(cell)]
    own = {f"{name}_answer" for name in re.findall(r"^(?:def|class) (\w+)", attack.body, re.MULTILINE)}
    notebook["cells"] = [cell for cell in notebook["cells"] if _grade_id(cell) not in own]
    return notebook


def _grade_id(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def code_cell(source: str) -> dict[str, Any]:
    """A cell as Jupyter writes it."""
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}


# ---------------------------------------------------------------- what must not be touched


class Range:
    """Files, a socket and a process to shoot at. A context manager; `harm` says what was hit."""

    def __init__(self, base: Path) -> None:
        self.secret = secrets.token_hex(12)
        self.folder = base / "canaries"
        self.folder.mkdir()
        self.file = self.folder / "canary.txt"
        self.file.write_text(self.secret)
        self.locked = self.folder / "read_only.txt"
        self.locked.write_text(self.secret)
        self.locked.chmod(0o400)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)  # the standard library's own signature
        code = "import sys, time\ntime.sleep(3600)"
        self._bystander = subprocess.Popen([sys.executable, "-S", "-c", code, self.secret], env={"KEY": self.secret})
        os.environ["AUTOGRADER_CANARY"] = self.secret  # in the grader's environment, before its server starts
        self._before = self._state()

    def targets(self) -> dict[str, object]:
        """Names that an attack may use."""
        return {
            "CANARY": str(self.file),
            "READ_ONLY": str(self.locked),
            "FOLDER": str(self.folder),
            "PORT": self._listener.getsockname()[1],
            "BYSTANDER": self._bystander.pid,
            "GRADER": os.getpid(),
        }

    def _state(self) -> dict[str, object]:
        pid = self._bystander.pid
        facts = {path: (path.lstat(), path.read_bytes()) for path in sorted(self.folder.iterdir())}
        return {
            "files": {path: (s.st_mode, s.st_uid, s.st_mtime_ns, s.st_ino, data) for path, (s, data) in facts.items()},
            "folder": self.folder.stat().st_mtime_ns,
            "priority": os.getpriority(os.PRIO_PROCESS, pid),
            "cores": os.sched_getaffinity(pid),
            "limits": Path(f"/proc/{pid}/limits").read_text(),
        }

    def harm(self) -> list[str]:
        """What is not as it was."""
        if self._bystander.poll() is not None:
            return ["the bystander was ended"]
        after = self._state()
        found = [f"{what} changed" for what, before in self._before.items() if after[what] != before]
        try:
            self._listener.accept()[0].close()
        except BlockingIOError:
            return found
        return [*found, "somebody connected to the socket"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self._bystander.kill()
        self._bystander.wait()
        self._listener.close()
        os.environ.pop("AUTOGRADER_CANARY", None)


def leftovers(server: int, scratch: Path) -> list[str]:
    """Processes below the warm server, and folders of children, that outlived their submission."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().rpartition(")")
        except OSError:
            continue
        if int(rest.split()[1]) == server:
            found.append(f"process {name})")
    return found + [f"folder {path}" for path in scratch.iterdir() if path.name[0].isdecimal()]


def complaints(attack: Attack, record: Record, page: str, secret: str) -> list[str]:
    """What in the record and on the page is not as the attack's header says."""
    told = "".join(f"{c.message}\n{c.hint}\n{c.got}\n{c.expected}\n{c.where}\n{c.mistake}\n" for c in record.checks)
    texts = (f"{record.message}\n{told}", page)
    found = [f"hidden inputs are told: {loot[0]}" for text in texts if (loot := _LOOT.search(text))]
    found += ["a control character is on the page"] * bool(_CONTROLS.search(page))
    found += ["a canary is told"] * any(secret in text for text in (*texts, str(record.checks)))
    if record.score != attack.score:
        found.append(f"{record.score} points, not {attack.score}")
    outcome, statuses = attack.header["outcome"], {check.status for check in record.checks}
    if outcome in {"rejected", "grader_error"} or record.status != "graded":
        found += [f"status {record.status}"] * (record.status != outcome)
    elif outcome != "harmless" and outcome not in statuses:
        found.append(f"no check has the status {outcome}")
    if attack.header.get("message", "") not in texts[0]:
        found.append(f"no message holds {attack.header['message']!r}")
    listed = [f"{c.id} {c.status}: {c.message} {c.staff or ''}" for c in record.checks if c.status != "skipped"]
    return [*found, f"{record.status}: {record.message}", *listed] if found else []
