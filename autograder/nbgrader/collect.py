"""The files that `nbgrader collect` takes out of the exchange: ordinary ones, within bounds, of readable names.

Students write into the exchange themselves. A link there would be copied as what it leads to, with the rights of
staff, and come home with the feedback; a pipe, a device or a folder with another name would stop the class.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect, ExchangeError

from autograder.course.submission import handed_in
from autograder.nbgrader.ordinary_files import copy_up_to, look, warn
from autograder.text import one_line

_NOBODY: dict[str, Any] = {"username": "", "filename": "", "timestamp": datetime.min}  # noqa: DTZ901  # nbgrader's have no zone


class CollectOrdinary(ExchangeCollect):  # type: ignore[misc]  # nbgrader ships no types
    """The collector for `c.ExchangeFactory.collect`."""

    src_records: list[dict[str, Any]]

    def init_src(self) -> None:
        """Find what there is, less what no `nbgrader submit` has made."""
        self.coursedir.get_existing_timestamp = _timestamp  # its own stops at what it can't read
        super().init_src()
        self.src_records = [record for record in self.src_records if record["username"]]

    def _path_to_record(self, path: str) -> dict[str, Any]:
        try:
            found: dict[str, Any] = super()._path_to_record(path)
            if not found["username"].startswith(".") and found["username"].isprintable():
                return found
        except (ExchangeError, ValueError, OverflowError):
            pass
        self.log.warning("Not taken, as `nbgrader submit` makes no such name: %s", one_line(Path(path).name))
        return _NOBODY

    def get_size(self, root: str) -> int:
        """Nothing: `do_copy` has an end, and who hands in more than that is no reason to stop."""
        return 0

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy a submission; one that can't be copied is named, and the next one is taken."""
        found = look(src, self.coursedir.ignore, most_bytes=1000 * self.coursedir.max_dir_size)
        warn(self.log, Path(src).name, found.left)
        top = os.path.realpath(Path(src).parent)
        try:
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder, "copy")
                copy.mkdir()
                for file in found.taken:
                    inside = os.path.relpath(file, src)
                    _copy(file, os.path.join(top, Path(src).name, inside), copy / inside)  # as it is spelled
                super().do_copy(str(copy), dest, log)
        except OSError as error:  # `shutil.Error` is one
            self.log.error("Not taken: %s: %s", one_line(Path(src).name), one_line(str(error)))  # one line
            shutil.rmtree(dest, ignore_errors=True)


def _copy(file: str, place: str, target: Path) -> None:
    """Copy what its owner may be changing meanwhile; raises `OSError` unless it is a file at `place`."""
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as source:  # a descriptor
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode) or str(Path(f"/proc/self/fd/{descriptor}").readlink()) != place:
            raise OSError(f"{target.name} was changed meanwhile")
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            copy_up_to(source, out, facts.st_size)
    os.utime(target, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def _timestamp(folder: str) -> datetime | None:
    found = handed_in(Path(folder), UTC)
    return found and found.replace(tzinfo=None)
