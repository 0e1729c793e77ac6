"""Rules about cells and points: what is graded, by which check, for how much, and what stands around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from autograder.authoring.verify.rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.authoring.verify.labs import CourseView, Lab
    from autograder.authoring.verify.notebooks import BookCell

_BOX_POINTS = re.compile(r"\*\*Points\*\* *(\d+(?:\.\d+)?)")
_ROW = re.compile(r"^\|.*`(\w+)`.*\| *(\d+(?:\.\d+)?) *\|$", re.MULTILINE)


@rule("complete")
def complete(view: CourseView) -> Iterator[Finding]:
    """Each assignment of course.yml has a master, a release and a suite that can be read; nothing else lies there."""
    for path, why in view.broken:
        released = "assignments" in path.relative_to(view.root).parts
        mend = "run `nbgrader generate_assignment`" if released else "write it, or take the lab out of course.yml"
        yield Finding(view.where(path), why, mend)
    known = view.course.settings.assignments
    for folder in (view.root / "solutions", view.root / "assignments"):
        for path in sorted(folder.iterdir()) if folder.is_dir() else []:
            if path.name not in known and path.name[0] != ".":
                yield Finding(view.where(path), "no assignment of course.yml", "add it to course.yml, or remove it")
    for path in sorted((view.root / "autograder" / "suites").glob("test_*.py")):
        if path.stem.removeprefix("test_") not in known:
            yield Finding(view.where(path), "a suite of no assignment", "name it test_<assignment>.py, or remove it")


@rule("suite-for-cell")
def suite_for_cell(view: CourseView) -> Iterator[Finding]:
    """Each autograded cell has at least one check in the suite."""
    for lab in view.labs:
        checked = {check.info.cell for check in lab.suite.checks}
        for cell in lab.master.of("check"):
            if cell.name not in checked:
                yield Finding(
                    view.where(lab.master.path, cell.name),
                    "is worth points, but the suite has no check of it",
                    f'add one with @check(cell="{cell.name}", …) to {view.where(lab.suite.path)}',
                )


@rule("cell-for-check")
def cell_for_check(view: CourseView) -> Iterator[Finding]:
    """Each check belongs to an autograded cell, and needs only cells and checks that there are."""
    for lab in view.labs:
        cells = {cell.name for cell in lab.master.of("check")}
        before: set[str] = set()
        for check in lab.suite.checks:
            place = f"{view.where(lab.suite.path)}, line {check.line}"
            if check.info.cell not in cells:
                yield Finding(
                    place,
                    f"{check.id} checks `{check.info.cell}`, which no graded cell is named",
                    "correct `cell=`, or give the notebook's check that grade_id",
                )
            for need in check.info.needs:
                if need not in cells | before:
                    yield Finding(
                        place,
                        f"{check.id} needs {need!r}, which is no graded cell and no check above it",
                        "correct `needs=`, or move the check below what it builds on",
                    )
            before.add(check.id)


@rule("points")
def points(view: CourseView) -> Iterator[Finding]:
    """The points of a cell are the same in the master, the release and the notebook's text."""
    for lab in view.labs:
        for cell in lab.master.of("check", "written"):
            said = dict(_points_said(view, lab, cell))
            for place, worth in said.items():
                if worth != cell.points:
                    yield Finding(
                        place,
                        f"{worth:g} points for `{cell.name}`, but the master's cell says {cell.points:g}",
                        "make them the same (the cell's own number is nbgrader's `points`)",
                    )


def _points_said(view: CourseView, lab: Lab, cell: BookCell) -> Iterator[tuple[str, float]]:
    if (other := lab.released.named(cell.name)) is not None:
        yield view.where(lab.released.path, cell.name), other.points
    for part in lab.master.section(cell):
        if box := _BOX_POINTS.search(part.prose):
            yield f"{view.where(lab.master.path, part.id)}, the box", float(box[1])
    for part in lab.master.cells[:1]:
        rows = [float(worth) for name, worth in _ROW.findall(part.prose) if name == cell.name]
        if rows:
            yield f"{view.where(lab.master.path, part.id)}, the table", sum(rows)


@rule("stub-and-check")
def stub_and_check(view: CourseView) -> Iterator[Finding]:
    """Above each autograded cell `<name>`, locked, stands its stub `<name>_answer`, not locked."""
    for lab in view.labs:
        order = [cell.name for cell in lab.master.cells]
        for cell in lab.master.of("check"):
            place, stub = view.where(lab.master.path, cell.name), lab.master.named(f"{cell.name}_answer")
            if stub is None or order.index(stub.name) > order.index(cell.name):
                yield Finding(place, f"no `{cell.name}_answer` above it", "give the stub's cell that grade_id")
            elif stub.role != "answer" or stub.tags.get("locked"):
                yield Finding(place, "its stub is no unlocked answer cell", "set grade false, solution true, no lock")
            if not cell.tags.get("locked"):
                yield Finding(place, "students can change this check", "set `locked` to true")


@rule("written-answers")
def written_answers(view: CourseView) -> Iterator[Finding]:
    """Each written answer has points, a model answer and a marking guide."""
    for lab in view.labs:
        for cell in lab.master.of("written"):
            place = view.where(lab.master.path, cell.name)
            for region in ("SOLUTION", "MARK SCHEME"):
                if f"BEGIN {region}" not in cell.source or f"END {region}" not in cell.source:
                    yield Finding(place, f"no {region.lower()}", f"write it between BEGIN {region} and END {region}")
            if not cell.points > 0:
                yield Finding(place, "is worth nothing", "set `points`")


@rule("given-code")
def given_code(view: CourseView) -> Iterator[Finding]:
    """A given function is defined in its own locked cell of that name, and called in another one."""
    for lab in view.labs:
        for cell in lab.master.of("given"):
            if cell.kind != "code" or f"def {cell.name}(" not in cell.source:
                continue
            place = view.where(lab.master.path, cell.name)
            if re.search(rf"^{cell.name}\(", cell.source, re.MULTILINE):
                yield Finding(place, "the function is called where it is defined", "call it in a cell of its own")
            if not cell.tags.get("locked"):
                yield Finding(place, "students can change this given function", "set `locked` to true")
