"""Rules about released notebooks: fresh, bare, with ids that stay, with stubs that say their task's name."""

from __future__ import annotations

import ast
import json
import re
import sys
from typing import TYPE_CHECKING

from autograder.authoring.verify.rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.authoring.verify.labs import CourseView
    from autograder.authoring.verify.notebooks import Book, BookCell

STUDENTS_HAVE = {"numpy", "torch", "matplotlib", "IPython", "ipywidgets"}
"""The packages that a notebook may import beside Python's own: Colab and a plain installation have these."""
_ID_IN_WORDS = (
    'write words in its place, as in `"id": "rnn_step_hints"`, in the .ipynb as text: JupyterLab shows no ids'
)
_RANDOM_ID = re.compile(r"[0-9a-f]{8}([0-9a-f-]{28})?|[0-9]+")  # what notebook tools make up


def _all_books(view: CourseView) -> Iterator[Book]:
    for lab in view.labs:
        yield from (lab.master, lab.released)


@rule("fresh")
def fresh(view: CourseView) -> Iterator[Finding]:
    """Each release is what nbgrader's release step makes of the master, byte for byte."""
    from autograder.nbgrader.release import release_of

    for lab in view.labs:
        try:
            wanted = release_of(lab.master.path)
        except Exception as error:  # nbgrader raises what it likes on a broken notebook
            yield Finding(
                view.where(lab.master.path), f"nbgrader can't release it: {_line(error)}", "fix that, then release it"
            )
            continue
        if wanted != lab.released.text:
            mend = f"run `nbgrader generate_assignment {lab.name} --force`"
            yield Finding(view.where(lab.released.path), "is not what the master gives now", mend)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


@rule("no-outputs")
def no_outputs(view: CourseView) -> Iterator[Finding]:
    """Neither masters nor releases hold outputs or counts of executions."""
    for book in _all_books(view):
        for cell in book.cells:
            if cell.raw.get("outputs") or cell.raw.get("execution_count"):
                mend = "clear all outputs in Jupyter and save"
                yield Finding(view.where(book.path, cell.id), "holds an output or an execution count", mend)


@rule("cell-ids")
def cell_ids(view: CourseView) -> Iterator[Finding]:
    """Cell ids are words, each once, and the same in master and release: a diff and a link can rely on them.

    A cell with a grade_id is named by that.
    """
    for book in _all_books(view):
        seen: set[str] = set()
        for cell in book.cells:
            if not cell.id or cell.id in seen:
                yield Finding(view.where(book.path, cell.id), "an id that is missing or stands twice", "name the cell")
            elif _RANDOM_ID.fullmatch(cell.id) and not cell.raw.get("metadata", {}).get("nbgrader", {}).get("grade_id"):
                yield Finding(view.where(book.path, cell.id), "an id that a tool made up", _ID_IN_WORDS)
            seen.add(cell.id)
    for lab in view.labs:
        if [cell.id for cell in lab.master.cells] != [cell.id for cell in lab.released.cells]:
            mend = f"run `nbgrader generate_assignment {lab.name} --force`"
            yield Finding(view.where(lab.released.path), "has other cell ids than its master", mend)


@rule("readable-diff")
def readable_diff(view: CourseView) -> Iterator[Finding]:
    """Notebook files are laid out so that a diff shows lines: sources as lists, sorted keys, indented by one."""
    for book in _all_books(view):
        loaded = json.loads(book.text)
        laid_out = json.dumps(loaded, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        if book.text != laid_out or not all(isinstance(cell.raw.get("source"), list) for cell in book.cells):
            mend = "write it with `nbformat.write`, as Jupyter does"
            yield Finding(view.where(book.path), "its JSON is not laid out in nbformat's way", mend)


@rule("stub-raises")
def stub_raises(view: CourseView) -> Iterator[Finding]:
    """Each released stub is valid Python and raises NotImplementedError with its task's name."""
    for lab in view.labs:
        for cell in lab.released.of("answer"):
            task = cell.name.removesuffix("_answer")
            regions = (lab.master.named(cell.name) or cell).source.count("BEGIN SOLUTION")
            where = view.where(lab.released.path, cell.name)
            if (wrong := _wrong_stub(cell, task, regions)) is not None:
                yield Finding(where, wrong, "put the whole body, and only it, between BEGIN and END SOLUTION; release")


def _wrong_stub(cell: BookCell, task: str, regions: int) -> str | None:
    if cell.kind != "code":
        return None
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        return f"is no valid Python: {error.msg}, line {error.lineno}"
    raised = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Raise)]
    named = [text for text in raised if text.startswith(f"raise NotImplementedError('{task}:")]
    if not named or len(named) != regions:
        return f"raises NotImplementedError with the name {task!r} {len(named)} times, for {regions} solution regions"
    return None


@rule("imports")
def imports(view: CourseView) -> Iterator[Finding]:
    """A released notebook imports only what every student has, and needs no file beside it."""
    for lab in view.labs:
        for cell in lab.released.cells:
            for name in sorted(_imported(cell)) if cell.kind == "code" else []:
                if name not in STUDENTS_HAVE | sys.stdlib_module_names:
                    mend = f"do without it: students have {', '.join(sorted(STUDENTS_HAVE))}"
                    yield Finding(view.where(lab.released.path, cell.id), f"imports {name}", mend)


def _imported(cell: BookCell) -> set[str]:
    try:
        nodes = list(ast.walk(ast.parse(cell.source)))
    except SyntaxError:
        return set()  # a magic; a stub is another rule's
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "." for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}
