"""Unpacks what an LMS packed, for `nbgrader zip_collect`, and nothing of what students packed.

nbgrader's own extractor unpacks archives in archives for as long as it finds any, before it is known whose they are: a
broken one stops the class, a bomb fills the disk. Here a file whose path says whose it is stays as it is, and
`autograder.course.archive` looks into it when it is graded. What cannot be taken costs its owner a line.
"""

from __future__ import annotations

import os
import tarfile
import zipfile
from collections import Counter
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, NamedTuple

from nbgrader.plugins import ExtractorPlugin

from autograder.course.settings import find_course
from autograder.nbgrader.collector import Found, Unclear, file_of
from autograder.nbgrader.ordinary_files import MOST_BYTES, MOST_FILES, copy_up_to
from autograder.text import one_line, readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_ENTRIES = 200_000  # of one download: ten thousand students with some files each
MOST_DEPTH = 20  # folders in each other
_TARS = (".tar", ".tar.gz", ".tgz")


class _DownloadedFile(NamedTuple):
    """A file of a download: its path, its size as the archive says, and what opens it."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]


class OuterArchives(ExtractorPlugin):  # type: ignore[misc]  # nbgrader ships no types
    """The extractor for `c.ZipCollectApp.extractor_plugin`."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Fill the folder of what was extracted; raises nothing for what is broken, but says so."""
        self._root, self._most = Path(extracted_path), self._most_bytes()
        self._files: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()
        self._left: Counter[str] = Counter()
        top = Path(archive_path)
        for folder, _, names in os.walk(top):
            for name in sorted(names):
                self._extract(Path(folder, name), Path(folder, name).relative_to(top))
        for who, number in sorted(self._left.items()):
            self.log.warning("Left aside of %s, as too many or too large: %d files", one_line(readable(who)), number)

    def _most_bytes(self) -> int:
        return find_course(Path(self.parent.coursedir.root)).settings.limits.submission_mib * 2**20

    def _extract(self, file: Path, shown: Path) -> None:
        name = file.name.lower()
        whole = not name.endswith((".zip", *_TARS)) or file_of(shown) is not None
        try:
            if file.is_symlink() or not file.is_file():
                self.log.warning("Left aside, as it is no ordinary file: %s", one_line(readable(str(shown))))
            elif whole:
                self._take(_DownloadedFile(str(shown), file.stat().st_size, lambda: file.open("rb")))
            elif name.endswith(".zip"):
                self._unpack(_files_in_zip(file), shown)
            else:
                self._unpack(_files_in_tar(file), shown)
        except Exception as error:  # whatever the libraries raise for what they can't read
            self._say_broken(str(shown), error)

    def _unpack(self, entries: Iterator[_DownloadedFile], archive: Path) -> None:
        folder = archive.parent / archive.name.removesuffix(".gz").removesuffix(archive.suffix).removesuffix(".tar")
        for number, entry in enumerate(entries):
            if number >= MOST_ENTRIES:
                self.log.error("%s holds more than %d files: the rest is left aside", one_line(str(archive)), number)
                return
            path = PurePosixPath(entry.name.replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts or len(path.parts) > MOST_DEPTH:
                self.log.warning(
                    "Left aside, as its name leads elsewhere, or too deep: %s", one_line(readable(entry.name))
                )
                continue
            self._take(entry._replace(name=str(folder / path)))

    def _take(self, entry: _DownloadedFile) -> None:
        """Write one file, of those that are too large as much as is needed to see that they are."""
        who, size = _whose(entry.name), min(entry.size, self._most + 1)
        if self._files[who] >= MOST_FILES or self._bytes[who] + size > max(MOST_BYTES, 2 * self._most):
            self._left[who] += 1
            return
        target = self._root / entry.name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with entry.open() as source, target.open("xb") as out:
                self._files[who] += 1
                self._bytes[who] += copy_up_to(source, out, self._most + 1)
        except FileExistsError:
            self.log.warning("Left aside, as there is one of that name: %s", one_line(readable(entry.name)))
        except Exception as error:  # as above; half a file is none
            target.unlink(missing_ok=True)
            self._say_broken(entry.name, error)

    def _say_broken(self, name: str, error: Exception) -> None:
        self.log.error("Not taken: %s: %s", one_line(readable(name)), one_line(str(error) or repr(error)))


def _whose(name: str) -> str:
    """Say who has room for so many files: a student, or for what is nobody's the file itself."""
    found = file_of(Path(name))
    return found.student if isinstance(found, Found) else found.part if isinstance(found, Unclear) else name


def _files_in_zip(file: Path) -> Iterator[_DownloadedFile]:
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            link = (entry.external_attr >> 28) == 0o12  # S_IFLNK, of the upper half
            if not entry.is_dir() and not link:
                yield _DownloadedFile(entry.filename, entry.file_size, partial(archive.open, entry))


def _files_in_tar(file: Path) -> Iterator[_DownloadedFile]:
    with tarfile.open(file) as archive:
        for entry in filter(tarfile.TarInfo.isreg, archive):
            stream = archive.extractfile(entry)
            assert stream is not None  # as it is for each ordinary file
            yield _DownloadedFile(entry.name, entry.size, partial(_same, stream))


def _same(stream: IO[bytes]) -> IO[bytes]:
    return stream
