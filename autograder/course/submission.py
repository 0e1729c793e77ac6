"""Find the file that a student handed in for an assignment: it is collected safely and then parsed.

`submitted/<student>/<assignment>/<assignment>.ipynb`, or a `.py` of that name where there is no notebook, or the
lone notebook that is there; letters of another case are taken where no other name is meant. What a student can put into
a folder is not trusted: links, FIFOs and devices are not opened, size is checked before anything is parsed.

`Submission` is the unit of work: plain data with the file's bytes, so that it can be graded in any process or on any
machine.
"""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import os
import stat
from datetime import UTC, datetime, tzinfo
from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec

from autograder.course.archive import PackedError, deeper, is_notebook, is_packed, unpacked
from autograder.course.moments import read_moment
from autograder.course.notebook import Notebook, read_bytes
from autograder.course.notebook_json import UnreadableError
from autograder.errors import GraderError
from autograder.text import one_line, readable, unbroken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TIMESTAMP = "timestamp.txt"
LEFT_ASIDE = "left aside"


class RejectedError(Exception):
    """There is nothing to grade; the message says why and what to do, for the student. Score 0."""


class NothingHandedInError(RejectedError):
    """Nothing was handed in."""


class Submission(msgspec.Struct, kw_only=True):
    """One student's submission: a file's bytes, or why there is nothing to grade.

    `path` is relative to the folder of submissions. `rejection` is the student's to fix, `fault` is ours.
    """

    student: str
    assignment: str
    path: str
    data: bytes = b""
    notes: list[str] = []
    handed_in: datetime | None = None  # from nbgrader's timestamp.txt beside it
    look: list[str] = []  # what a person should look at
    rejection: str = ""
    missing: bool = False  # it is rejected because nothing was handed in
    fault: str = ""

    @property
    def sha256(self) -> str | None:
        """The hash of the file's bytes, in hex; None where there is nothing to grade."""
        return None if self.rejection or self.fault else hashlib.sha256(self.data).hexdigest()

    def parse(self) -> Notebook:
        """The file as cells; raises `RejectedError`, and `GraderError` where the fault is ours."""
        if self.fault:
            raise GraderError(self.fault)
        if self.rejection:
            raise RejectedError(self.rejection)
        name = PurePath(self.path)
        try:
            return read_bytes(self.data, name.suffix.lower())
        except UnreadableError as error:
            raise RejectedError(f"{_shown(name.name)}: {error}.") from error
        except MemoryError as error:
            raise GraderError(f"there is too little memory here to read {self.path}: grade again") from error


def chosen(submitted: Path, student: str, assignment: str) -> str:
    """The file that would be graded, from the student's folder on; "" where there is none."""
    try:
        name = folder_of(submitted / student, assignment)
        return f"{name}/{_choose(submitted / student / name, assignment)[0]}"
    except Exception:  # collecting it says what is wrong
        return ""


def collect(submitted: Path, student: str, assignment: str, *, most_bytes: int, local: tzinfo = UTC) -> Submission:
    """Collect what `student` handed in for `assignment`; `local` tells one `CST` in a time stamp from another."""
    name = folder_of(submitted / student, assignment)
    found = collect_folder(
        submitted / student / name, f"{student}/{name}", student, assignment, most_bytes=most_bytes, local=local
    )
    if name != assignment:
        found.notes.insert(0, f"the folder is called {_shown(name)}, not {assignment}")
    return found


def folder_of(place: Path, assignment: str) -> str:
    """The name of the assignment's folder, or of the one folder whose name differs in the case of letters only."""
    try:
        if (place / assignment).exists():
            return assignment
        names = [name for name in os.listdir(place) if name.casefold() == assignment.casefold()]  # names only
    except OSError:
        return assignment
    return names[0] if len(names) == 1 else assignment


def collect_folder(
    folder: Path, shown: str, student: str, assignment: str, *, most_bytes: int, local: tzinfo = UTC
) -> Submission:
    """Collect what was handed in for `assignment` from a folder that records call `shown`."""
    found = Submission(student=student, assignment=assignment, path=shown)
    with _on_its_own(found):
        try:
            found.handed_in = _read_stamp(folder, local)
        except ValueError as error:
            found.look.append(
                f"{TIMESTAMP} {error}, so it is not known whether this was handed in late: write it again"
            )
        name, found.notes = _choose(folder, assignment)
        found.path = f"{shown}/{unbroken(readable(name))}"
        found.data = _bytes(folder / name, most_bytes)
        if is_packed(name):
            inside, found.data = _unpacked(name, found.data, assignment, most_bytes)
            found.path += f"/{unbroken(readable(inside))}"
    return found


def collect_file(file: Path, student: str, assignment: str, *, most_bytes: int) -> Submission:
    """Collect one file, wherever it stands."""
    found = Submission(student=student, assignment=assignment, path=file.name)
    with _on_its_own(found):
        found.data = _bytes(file, most_bytes)
    return found


@contextlib.contextmanager
def _on_its_own(found: Submission) -> Iterator[None]:
    """Whatever is raised while one submission is collected is that one's: nobody else's is held up."""
    try:
        yield
    except RejectedError as error:
        found.rejection, found.missing = str(error), isinstance(error, NothingHandedInError)
    except OSError as error:
        found.fault = f"can't read {found.path}: {error.strerror or repr(error)}; make it readable and grade again"
    except Exception as error:  # MemoryError, and what nobody thought of
        found.fault = f"can't read {found.path}, by a fault of the kit or the machine: {one_line(repr(error))}"
    if found.rejection or found.fault:
        found.data = b""
        found.notes.clear()  # they say what was graded


def _choose(folder: Path, assignment: str) -> tuple[str, list[str]]:
    try:
        if folder.is_symlink():
            raise RejectedError(f"{assignment} is a link, not a folder: hand in the files themselves.")
        names = sorted(os.listdir(folder))  # names only: nothing here is followed
    except (FileNotFoundError, NotADirectoryError):
        raise NothingHandedInError(f"Nothing was handed in for {assignment}.") from None
    names = [name for name in names if name != TIMESTAMP and not name.startswith(".")]
    exact = f"{assignment}.ipynb"
    notebooks = [name for name in names if is_notebook(name) and not _holds_notebook(folder / name)]
    scripts = [name for name in names if name.lower().endswith(".py")]
    lone = [name for name in notebooks if name.endswith(".ipynb")] or notebooks
    for found in (_named(exact, lone), lone, _named(f"{assignment}.py", scripts), _named(f"{assignment}.json", names)):
        if len(found) == 1:
            return found[0], _notes(found[0], exact, notebooks)
        if found:
            raise RejectedError(
                f"There is no {exact}, but {len(found)} other notebooks ({_listed(found)}): "
                f"hand in one, and name it {exact}."
            )
    for found in (deeper(folder), [name for name in names if is_packed(name)]):
        if len(found) == 1:
            return found[0], _notes(found[0], exact, found)
        if found:
            raise RejectedError(
                f"There is no {exact}, but {_listed(found)}: hand in one notebook, and name it {exact}."
            )
    if not names:
        raise NothingHandedInError(f"Nothing was handed in: there is no {exact}, and no other file.")
    raise RejectedError(
        f"There is no {exact} among what was handed in: there is {_listed(names)}. "
        "Hand in the notebook that Jupyter saves."
    )


def _holds_notebook(place: Path) -> bool:
    """Tell whether it is a folder with a notebook in it, as some systems make of one that they unpack."""
    return stat.S_ISDIR(place.lstat().st_mode) and any(map(is_notebook, os.listdir(place)))  # as above


def _named(exact: str, names: list[str]) -> list[str]:
    """The file of that name, else those whose name differs in the case of letters only."""
    alike = [name for name in names if name.casefold() == exact.casefold()]
    return [exact] if exact in alike else alike


def _notes(found: str, exact: str, among: list[str]) -> list[str]:
    why = "as there is no notebook" if found.lower().endswith(".py") else f"as there is no {exact}"
    others = [name for name in among if name != found]
    return [
        *([] if found == exact else [f"graded {_shown(found)}, {why}"]),
        *([f"{LEFT_ASIDE}: {_listed(others)}"] if others else []),
    ]


def _listed(names: list[str]) -> str:
    return _shown(", ".join(names[:5])) + (", …" if len(names) > 5 else "")


def _unpacked(name: str, data: bytes, assignment: str, most_bytes: int) -> tuple[str, bytes]:
    """The one notebook in what is packed, or the one with the right name."""
    try:
        found = unpacked(name, data, most_bytes)
    except PackedError as error:
        raise RejectedError(f"{_shown(name)} was not taken, as {error}. Hand in the notebook itself.") from error
    exact = [inside for inside in found if PurePath(inside).name == f"{assignment}.ipynb"]
    names = exact if len(exact) == 1 else list(found)
    if len(names) != 1:
        what = f"{len(names)} notebooks ({_shown(', '.join(names[:5]))})" if names else "no notebook"
        raise RejectedError(f"{_shown(name)} holds {what}. Hand in the one notebook {assignment}.ipynb itself.")
    return names[0], found[names[0]]


def handed_in(folder: Path, local: tzinfo) -> datetime | None:
    """Return when it was handed in, in UTC; None where that is not noted, or not so that it can be read."""
    try:
        return _read_stamp(folder, local)
    except ValueError:
        return None


def _read_stamp(folder: Path, local: tzinfo) -> datetime | None:
    """Read the time that nbgrader or a person noted; without a zone it is UTC, as in nbgrader; None without a file."""
    if folder.is_symlink():
        return None
    try:
        data = _bytes(folder / TIMESTAMP, 2**10)
        text = data.decode("utf-16" if data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8-sig").strip()
        try:
            return read_moment(text, UTC).astimezone(UTC)
        except ValueError:
            return read_moment(text, local).astimezone(UTC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (RejectedError, ValueError, OverflowError, OSError) as error:
        raise ValueError("can't be read") from error


def _shown(name: str) -> str:
    """A file's name as text for people: it may come from another system, or be made to act on a terminal."""
    return one_line(readable(name), 1000)  # whole: its end says what it is


def _bytes(file: Path, most_bytes: int) -> bytes:
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if file.is_symlink() or file.is_socket():
            raise RejectedError(f"{_shown(file.name)} is a link, not a file: hand in the file itself.") from error
        raise
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode):
        os.close(descriptor)
        raise RejectedError(f"{_shown(file.name)} is not an ordinary file: hand in the notebook itself.")
    with os.fdopen(descriptor, "rb") as stream:
        if facts.st_size > most_bytes:
            raise RejectedError(
                f"{_shown(file.name)} is {facts.st_size / 2**20:.1f} MiB; at most {most_bytes / 2**20:g} MiB are taken."
                " Clear the outputs (Kernel, Restart and Clear Outputs), save, and hand it in again."
            )
        return stream.read(most_bytes)
