"""The corpus: submissions in small files, each saying what should become of it.

`<lab>/correct/<name>.py`, `<lab>/wrong/<name>.py` and `<lab>/cheap/<name>.py` hold what differs from the solution. A
cheap one works nothing out (zeros, the visible numbers written down, the inputs handed back) and earns a quarter of the
points at the most. The file's docstring is its header: a first line that says what the student did, then `key: value`
lines:

- `stub: sigmoid, lstm_step` (any file): these answer cells are left as released.
- `cell: lstm_step` (wrong ones): the graded function at which points are lost, and nowhere else.
- `mistake: c_t for h_t` (wrong ones): the name in the record, several with semicolons between them, or `none`.
- `message: returned None` (wrong ones): words that a message of that function must hold.
- `status: timeout` (wrong ones): what became of at least one check; `failed` where the line is left out.

Without cell marks, each top-level definition of an answer replaces its `<name>_answer` cell, and the rest goes
into a new cell in front. Lines `# %% front`, `# %% end` and `# %% answer <name>` cut a file into cells by hand, for
magics and answers in unusual places; what follows such a line is the cell, Python or not.
"""

from __future__ import annotations

import ast
import copy
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rotating import turn

from autograder.record import CheckStatus

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from autograder.course.settings import Course
    from autograder.record import Record

MOST_FOR_NOTHING = 0.25
"""The share of a lab's points that an answer may earn that works nothing out."""
KEYS = {"correct": {"stub"}, "cheap": {"stub"}, "wrong": {"stub", "cell", "mistake", "message", "status"}}
_DOCSTRING = re.compile(r'\A"""(.+?)"""[ \t]*\n(.*)\Z', re.DOTALL)
_MARK = re.compile(r"^# %%(.*)\n", re.MULTILINE)


class CorpusError(Exception):
    """A file of the corpus that does not say what it should; the message names the file."""


LONG = {"lab1_scalar_lstm/wrong/sigmoid_loops", "lab4_memory_task/wrong/train_rows"}
"""The files that take 20 and 100 seconds: a call that ends at its limit, and a step for each row."""
DAYS = 7  # in which `make test` runs all of the corpus, a part each day


@dataclass(frozen=True)
class Case:
    """One file of the corpus, read."""

    path: Path
    title: str
    body: str
    header: dict[str, str] = field(default_factory=dict)

    @property
    def lab(self) -> str:
        """The assignment."""
        return self.path.parent.parent.name

    @property
    def sort(self) -> str:
        """`correct`, `wrong` or `cheap`."""
        return self.path.parent.name

    @property
    def label(self) -> str:
        """What a failing test is called."""
        return f"{self.lab}/{self.sort}/{self.path.stem}"

    @property
    def mistakes(self) -> set[str]:
        """The names that the record should give."""
        return {name.strip() for name in self.header.get("mistake", "none").split(";")} - {"none"}

    @property
    def stubs(self) -> list[str]:
        """Answers that are left as released."""
        return [name.strip() for name in self.header.get("stub", "").split(",") if name.strip()]

    def turn(self, day: dt.date) -> bool:
        """Whether it is in the part of the corpus that `day` runs."""
        return turn(self.label, DAYS, day)


def read_cases(folder: Path) -> list[Case]:
    """Every case below `folder`, sorted; raises `CorpusError`."""
    return [read_case(path) for path in sorted(folder.glob("*/*/*.py"))]


def read_case(path: Path) -> Case:
    """One file; raises `CorpusError` unless its header says all that is needed, and nothing unknown."""
    known = KEYS.get(path.parent.name)
    if known is None:
        raise CorpusError(f"{path}: put it into a folder {', '.join(f'`{sort}`' for sort in KEYS)}")
    found = _DOCSTRING.match(path.read_text(encoding="utf-8"))
    if found is None:
        raise CorpusError(f"{path}: begin with a docstring in triple quotes, whose first line says what it does")
    title, *lines = [line.strip() for line in found[1].strip().splitlines()]
    header: dict[str, str] = {}
    for line in filter(None, lines):
        key, _, value = (part.strip() for part in line.partition(":"))
        if key not in known or key in header or not value:
            raise CorpusError(f"{path}: {line!r} is no line of a header; they are {', '.join(sorted(known))}")
        header[key] = value
    lacking = [key for key in ("cell", "mistake") if key in known and key not in header]
    if lacking:
        raise CorpusError(f"{path}: the header lacks `{lacking[0]}: …`")
    if header.get("status", "failed") not in set(CheckStatus):
        raise CorpusError(f"{path}: there is no status {header['status']!r}")
    if not found[2].strip() and "stub" not in header:
        raise CorpusError(f"{path}: there is nothing in it but its header")
    return Case(path, title, found[2], header)


# ---------------------------------------------------------------- submissions


def build(case: Case, course: Course) -> dict[str, Any]:
    """The case as a notebook: the solution with the case's cells in place of its own; raises `CorpusError`."""
    notebook: dict[str, Any] = json.loads(course.solution(case.lab).read_text(encoding="utf-8"))
    released = _answers(json.loads(course.released(case.lab).read_text(encoding="utf-8")))
    answers = _answers(notebook)
    _check_names(case, set(answers))
    for name in case.stubs:
        answers[name]["source"] = copy.copy(released[name]["source"])
    front: list[dict[str, Any]] = []
    end: list[dict[str, Any]] = []
    for place, name, source in _cells(case, set(answers)):
        if place == "answer":
            answers[name]["source"] = source
        else:
            (front if place == "front" else end).append(_new_cell(source))
    notebook["cells"] = front + notebook["cells"] + end
    return notebook


def _answers(notebook: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The answer cells of code, by the function's name."""
    found = {}
    for cell in notebook["cells"]:
        name = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", "")
        if cell["cell_type"] == "code" and name.endswith("_answer"):
            found[name.removesuffix("_answer")] = cell
    return found


def _check_names(case: Case, names: set[str]) -> None:
    for name in [*case.stubs, *filter(None, [case.header.get("cell")])]:
        if name not in names:
            raise CorpusError(f"{case.path}: {case.lab} grades no {name!r}, only {', '.join(sorted(names))}")


def _new_cell(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}


def _cells(case: Case, names: set[str]) -> list[tuple[str, str, str]]:
    """Place (`front`, `end`, `answer`), answered name, and source of each cell that the case brings."""
    parts = _MARK.split(case.body)
    if len(parts) == 1:
        return _by_definition(case, names)
    cells = [("front", "", parts[0])] if parts[0].strip() else []
    for mark, source in zip(parts[1::2], parts[2::2], strict=True):
        place, _, name = mark.strip().partition(" ")
        if (place, name) not in {("front", ""), ("end", ""), *(("answer", one) for one in names)}:
            raise CorpusError(f"{case.path}: `# %%{mark}` says neither front nor end nor answer <name>")
        cells.append((place, name, source))
    return cells


def answers_of(case: Case, names: set[str]) -> dict[str, str] | None:
    """The sources of a case's answers by function; None where it has other cells beside them."""
    cells = _cells(case, names)
    return {name: source for _, name, source in cells} if all(place == "answer" for place, *_ in cells) else None


def _by_definition(case: Case, names: set[str]) -> list[tuple[str, str, str]]:
    lines, start = case.body.splitlines(keepends=True), 0
    answers: dict[str, str] = {}
    rest = ""
    for node in ast.parse(case.body, filename=str(case.path)).body:
        source = "".join(lines[start : node.end_lineno]).lstrip("\n")
        start = node.end_lineno or start
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
                pass
            case _:
                name = ""
        if name in names:
            answers[name] = answers.get(name, "") + source
            continue
        rest += source
        if hidden := _bound(node) & names:
            raise CorpusError(f"{case.path}: define {hidden.pop()} by def, class or `name = …`, or cut by `# %%`")
    if not answers and not case.stubs:
        raise CorpusError(f"{case.path}: it defines none of {', '.join(sorted(names))}")
    cells = [("front", "", rest)] if rest else []
    return cells + [("answer", name, source) for name, source in answers.items()]


def _bound(node: ast.stmt) -> set[str]:
    """Names that a statement other than a plain definition binds; the solution's own cell would win over these."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return set()
    parts = list(ast.walk(node))
    names = {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    names |= {part.name for part in parts if isinstance(part, ast.FunctionDef | ast.ClassDef)}
    return names | {part.asname or part.name for part in parts if isinstance(part, ast.alias)}


# ---------------------------------------------------------------- verdicts


def complaints(case: Case, record: Record) -> list[str]:
    """What in the record is not as the case says; nothing means that it is as it should be."""
    if record.status != "graded":
        return [f"status is {record.status}: {record.message}"]
    roots = [c for c in record.checks if c.status not in {CheckStatus.PASSED, CheckStatus.SKIPPED}]
    lost = [f"{c.id} {c.status}: {c.message} [{c.mistake}] {c.staff or ''}" for c in roots]
    if case.sort == "correct":
        return [] if record.score == record.max_score else [f"{record.score} of {record.max_score} points", *lost]
    if case.sort == "cheap":
        most = MOST_FOR_NOTHING * record.max_score
        return [] if (record.score or 0) <= most else [f"{record.score} points for nothing, more than {most:g}", *lost]
    if not roots:
        return ["no check failed"]
    cell, status = case.header["cell"], case.header.get("status", "failed")
    found = [f"points are lost at {check.id}, not at {cell}" for check in roots if check.cell != cell]
    causes = {check.cause for check in record.checks if check.status is CheckStatus.SKIPPED}
    found += [f"skipped under {cause}" for cause in sorted(causes - {check.id for check in roots}, key=str)]
    if all(check.status != status for check in roots):
        found.append(f"no check has the status {status}")
    named = {check.mistake for check in roots} - {None}
    if named != case.mistakes:
        wanted = "; ".join(sorted(case.mistakes)) or None
        found.append(f"the mistake should be {wanted}, but is {sorted(map(str, named)) or None}")
    if not any(case.header.get("message", "") in check.message for check in roots):
        found.append(f"no message holds {case.header['message']!r}")
    return found + lost if found else []


def is_told(case: Case) -> bool:
    """Whether the student is told the mistake: by its name in the record, or by words that the case asks for."""
    return bool(case.mistakes) or "message" in case.header
