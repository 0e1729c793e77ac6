"""`course.yml` as a typed `Course`: limits, thresholds, dates; errors name the key that is wrong.

The course root is the nearest folder, from the current one upwards, that holds a `course.yml`.
"""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from autograder.course import moments, roster
from autograder.course.secret import SHIPPED, read_secret
from autograder.errors import UsageError
from autograder.sandbox.protocol import Limits
from autograder.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from autograder.record import Record

FILE = "course.yml"
Positive = Annotated[float, msgspec.Meta(gt=0, le=86_400)]  # seconds, a day at most
Fraction = Annotated[float, msgspec.Meta(gt=0, le=1)]
Count = Annotated[int, msgspec.Meta(gt=0, le=2**30)]
Name = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_][A-Za-z0-9_-]*$")]  # names folders and files
Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]
_DEFAULT = Limits()
Moment = Annotated[datetime, msgspec.Meta(tz=True)]  # with its offset from UTC, or two readers would disagree


class LimitSettings(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The `limits:` in the units that people write; the defaults are the sandbox's, except a submission's own size."""

    cell_seconds: Positive = _DEFAULT.cell_seconds
    call_seconds: Positive = _DEFAULT.call_seconds
    cpu_seconds: Positive = _DEFAULT.cpu_seconds
    memory_mib: Count = _DEFAULT.memory_bytes // 2**20
    output_kib: Count = _DEFAULT.output_bytes // 2**10
    scratch_mib: Count = _DEFAULT.scratch_bytes // 2**20
    scratch_files: Count = _DEFAULT.scratch_files
    submission_mib: Count = 20

    def for_sandbox(self) -> Limits:
        """Return the same limits in the sandbox's units (seconds, bytes)."""
        return Limits(
            cell_seconds=self.cell_seconds,
            call_seconds=self.call_seconds,
            cpu_seconds=self.cpu_seconds,
            memory_bytes=self.memory_mib * 2**20,
            output_bytes=self.output_kib * 2**10,
            scratch_bytes=self.scratch_mib * 2**20,
            scratch_files=self.scratch_files,
        )


class LateSettings(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The settings under `late:`, what lateness costs; see `autograder.course.lateness`."""

    percent_per_day: Percent = 0
    grace_minutes: Annotated[float, msgspec.Meta(ge=0)] = 0
    most_percent: Percent = 100


class AssignmentSettings(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One entry of `assignments:`."""

    title: str
    afterwards: str = ""  # what to try once everything passes, for the student's page
    due: Moment | None = None
    extensions: dict[str, Moment] = {}  # student -> the date that holds for them instead


class Settings(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The whole of `course.yml`."""

    title: str
    secret: Annotated[str, msgspec.Meta(min_length=8)] = ""  # whoever knows it knows the random inputs
    secret_file: str = ""  # or where it stands, in the course: a file that is not published with it
    assignments: dict[Name, AssignmentSettings]
    limits: LimitSettings = LimitSettings()
    timezone: str = "UTC"  # of times written without one, and of the clock that late days are counted on
    late: LateSettings = LateSettings()
    students: str | dict[str, roster.StudentSettings] = {}  # the roster, or the file beside this one that holds it
    thresholds: dict[str, dict[str, Fraction]] = {}  # assignment -> name -> what must be reached


class Course(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A course: its settings and where its parts are."""

    root: Path
    settings: Settings

    @functools.cached_property
    def people(self) -> roster.Roster:
        """The roster; raises `UsageError`. Read when it is asked for: where it isn't, the file need not be there."""
        students = self.settings.students
        found = roster.read(self.root / students) if isinstance(students, str) else roster.written(students)
        for lab, settings in self.settings.assignments.items():
            if found.people and (unknown := [name for name in settings.extensions if found.person(name) is None]):
                where = f"assignments.{lab}.extensions in {self.root / FILE}"
                raise UsageError(f"{', '.join(unknown)} at {where} is nobody on the roster: correct one of the two")
        return found

    def label(self, record: Record) -> Record:
        """Return the record with its lab's words and whose it is, set again each time: both may have changed."""
        settings = self.settings.assignments.get(record.assignment)
        record.title, record.afterwards = (settings.title, settings.afterwards) if settings else ("", "")
        return self.people.label(record)

    @property
    def has_public_secret(self) -> bool:
        """Tell whether its secret is the one that the kit is shipped with."""
        return self.settings.secret == SHIPPED

    def solution(self, assignment: str) -> Path:
        """The one master notebook."""
        return self.root / "solutions" / assignment / f"{assignment}.ipynb"

    def released(self, assignment: str) -> Path:
        """Return the path of the notebook that students get."""
        return self.root / "assignments" / assignment / f"{assignment}.ipynb"

    def suite(self, assignment: str) -> Path:
        """Return the path of the hidden suite."""
        return self.root / "autograder" / "suites" / f"test_{assignment}.py"

    def home(self, assignment: str) -> Path:
        """The folder beside the suite that holds what only this lab needs; it need not be there."""
        return self.root / "autograder" / "suites" / assignment

    def settings_files(self) -> list[Path]:
        """List `course.yml`, and the file that holds the secret where there is one."""
        own = self.root / self.settings.secret_file
        return [self.root / FILE, *([own] if own.is_file() else [])]

    def lab_files(self, assignment: str) -> list[Path]:
        """Every file that belongs to a lab and is there: suite, both notebooks, and all that stands in its own folder.

        A grade depends on these files: they travel to another machine, and a change in one makes grading start again.
        """
        named = [self.suite(assignment), self.solution(assignment), self.released(assignment)]
        own = (path for path in self.home(assignment).rglob("*") if path.is_file())
        shown = (path for path in own if not any(_is_left_out(part) for part in path.relative_to(self.root).parts))
        return [path for path in named if path.is_file()] + sorted(shown)

    def trains(self, assignments: Iterable[str]) -> bool:
        """Tell whether any of them has an optimizer in its solution; True where none is named."""
        files = [self.solution(name) for name in assignments]
        return not files or any(path.is_file() and re.search(rb"\boptim\b", path.read_bytes()) for path in files)

    def assignment(self, prefix: str) -> str:
        """The assignment that `prefix` names; raises `UsageError` unless it is one."""
        names = sorted(self.settings.assignments)
        found = [prefix] if prefix in names else [name for name in names if name.startswith(prefix)]
        if len(found) == 1:
            return found[0]
        what = "several assignments" if found else "no assignment"
        raise UsageError(f"{what} called {prefix!r} in {self.root / FILE}: give one of {', '.join(found or names)}")

    def named_after(self, file: Path) -> str:
        """The assignment that a file's name says; raises `UsageError` unless it is one."""
        try:
            return self.assignment(file.stem)
        except UsageError as error:
            raise UsageError(f"{error} as the file's name, or say which with --assignment") from error


def _is_left_out(name: str) -> bool:
    return name == "__pycache__" or name.startswith(".") or name.endswith(("~", ".pyc"))


def root_around(folder: Path) -> Path | None:
    """The root of the course that `folder` is in, if it is in one."""
    return next((above for above in (folder, *folder.parents) if (above / FILE).is_file()), None)


def find_course(start: Path | None = None) -> Course:
    """The course of the current folder; raises `UsageError`."""
    start = (start or Path.cwd()).resolve()
    if (root := root_around(start)) is not None:
        return load_course(root)
    raise UsageError(
        f"no {FILE} in {start} or above it: run this inside a course, whose root holds {FILE}, "
        "or make one with `autograder init FOLDER`"
    )


def load_course(root: Path) -> Course:
    """The course at `root`; raises `UsageError` that names the key."""
    path = root / FILE
    try:
        data: Any = msgspec.yaml.decode(path.read_bytes())
    except OSError as error:
        raise UsageError(f"can't read {path}: {error.strerror}; make it readable") from error
    except Exception as error:  # PyYAML raises what it likes on a date or a number that is none
        raise UsageError(f"{path} is not YAML: {one_line(str(error), 1000)}; fix that line") from error
    _read_dates(data, path)
    read_secret(data, path)
    try:
        return Course(root=root, settings=msgspec.convert(data, Settings))
    except msgspec.ValidationError as error:
        fact, where = _bad_key(error, data)
        raise UsageError(f"{fact} at {where} in {path}: change that key as the comments in the file say") from error


def _read_dates(data: Any, path: Path) -> None:
    """Put moments in the places of dates as written; raises `UsageError`. All else is left to msgspec."""
    if not isinstance(data, dict):
        return
    where, named = "timezone", data.get("timezone", "UTC")
    try:
        local = moments.zone(named) if isinstance(named, str) else UTC
        labs = data.get("assignments")
        for lab, entry in labs.items() if isinstance(labs, dict) else ():
            own = entry.get("extensions") if isinstance(entry, dict) else None
            for holder, place in ((entry, f"assignments.{lab}"), (own, f"assignments.{lab}.extensions")):
                if not isinstance(holder, dict):
                    continue
                for key in holder:
                    where = f"{place}.{key}"
                    if (holder is own or key == "due") and holder[key] is not None:
                        holder[key] = moments.read_moment(holder[key], local)
    except ValueError as error:
        fix = "write Europe/Berlin, for example" if where == "timezone" else "write 2026-10-09 23:59"
        raise UsageError(f"{error} at {where} in {path}: {fix}") from error


def _bad_key(error: msgspec.ValidationError, data: Any) -> tuple[str, str]:
    """Say what is wrong, and the path of the key, with the names chosen by the course, which msgspec leaves out."""
    fact, _, place = str(error).partition(" - at ")
    place = place.replace("key` in `", "").strip("`").removeprefix("$").lstrip(".")
    while "[...]" in place:
        head, _, tail = place.partition("[...]")
        *parents, last = head.split(".")
        holder = functools.reduce(dict.__getitem__, parents, data)
        name = next((name for name, entry in holder[last].items() if _is_bad(data, holder, last, {name: entry})), None)
        place = f"{head}.{name or '…'}{tail}"
    return fact, place or "the top level"


def _is_bad(data: Any, holder: dict[str, Any], key: str, instead: dict[str, Any]) -> bool:
    whole, holder[key] = holder[key], instead
    try:
        msgspec.convert(data, Settings)
    except msgspec.ValidationError:
        return True
    finally:
        holder[key] = whole
    return False
