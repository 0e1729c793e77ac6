"""The autograder zip for Gradescope: everything that one lab needs, and scripts that install and run it."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution, requires
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from packaging.requirements import Requirement

import autograder
from autograder.course.assignment import read_assignment
from autograder.course.settings import FILE
from autograder.errors import UsageError
from autograder.export.formats import Exported
from autograder.export.gradescope.run import MANIFEST, Manifest
from autograder.files import zipped
from autograder.report import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from autograder.course.settings import Course

_DISTRIBUTION = "lstm-gru-autograder"
_NOT_THERE = {"nbgrader"}  # people's part; nothing that grades a submission imports it
_SCRIPTS = ("setup.sh", "run_autograder")
_LEFT_OUT = re.compile(r"(suites|nbgrader|authoring|__pycache__)(/|$)|.*\.pyc$")
_LIMIT = 100 * 2**20  # bytes that Gradescope takes


def pack(course: Course, name: str, *, sandbox: bool) -> Exported:
    """The zip, and what to enter in Gradescope; raises `UsageError` where the lab is not complete."""
    assignment = read_assignment(course, name)
    files = dict(_files(course, name))
    files["requirements.txt"] = requirements().encode()
    files[MANIFEST] = msgspec.json.encode(Manifest(name, sandbox))
    data = zipped(files, scripts=_SCRIPTS)
    if len(data) > _LIMIT:
        raise UsageError(
            f"the zip would have {len(data) / 2**20:.0f} MiB, more than Gradescope takes: shrink the notebooks"
        )
    points = wording.number(assignment.max_score)
    notes = [f"{len(files)} files, {len(data) / 1024:.0f} KiB; points to enter in Gradescope: {points}"]
    if assignment.manual:
        points = wording.number(assignment.manual_points)
        notes.append(f"{points} more points are for written answers, graded by hand there")
    if not sandbox:
        notes.append("made for a host without Landlock: there a submission can read the hidden tests")
    return Exported(data, notes, [])


def _files(course: Course, name: str) -> Iterator[tuple[str, bytes]]:
    package = Path(autograder.__file__).parent
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package).as_posix()
        if path.is_file() and not _LEFT_OUT.match(inside) and "__pycache__" not in path.parts:
            yield f"autograder/{inside}", path.read_bytes()
    for path in (*course.lab_files(name), *course.settings_files()):
        name_there = path.relative_to(course.root).as_posix()
        yield name_there, _settings(course) if name_there == FILE else path.read_bytes()
    for script in _SCRIPTS:
        yield script, (package / "export" / "gradescope" / script).read_bytes().replace(b"\r\n", b"\n")


def _settings(course: Course) -> bytes:
    """Return `course.yml` without the roster: an extension is under each id that Gradescope may know a student by."""
    if not course.settings.students:
        return (course.root / FILE).read_bytes()
    labs = {
        name: msgspec.structs.replace(
            lab, extensions={each: until for who, until in lab.extensions.items() for each in course.people.ids(who)}
        )
        for name, lab in course.settings.assignments.items()
    }
    return msgspec.yaml.encode(msgspec.structs.replace(course.settings, students={}, assignments=labs, secret_file=""))


def requirements() -> str:
    """The versions that are installed here, of all that grading needs: there as here the same tests pass."""
    wanted = [Requirement(line).name for line in requires(_DISTRIBUTION) or [] if "extra ==" not in line]
    found: dict[str, str] = {}
    while wanted:
        name = _plain(wanted.pop())
        if name in found or name in _NOT_THERE:
            continue
        try:
            there = distribution(name)
        except PackageNotFoundError:
            continue  # a marker of a dependency's dependency that does not hold here
        found[name] = there.version
        wanted += [need.name for need in map(Requirement, there.requires or []) if _holds(need)]
    return "".join(f"{name}=={version}\n" for name, version in sorted(found.items()))


def _holds(need: Requirement) -> bool:
    return need.marker is None or need.marker.evaluate({"extra": ""})


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
