"""The roster: who takes the course, under which name, in which section, and by which ids other systems know them.

It is `students:` in `course.yml`, written there or as the name of a CSV file beside it. A folder of submissions may be
called by any of a person's ids; case, Unicode form and zeros that a spreadsheet took away don't matter.
"""

from __future__ import annotations

import codecs
import csv
import unicodedata
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from autograder.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from autograder.record import Record

_NAMES = ("name", "first name", "last name", "first_name", "last_name")


class StudentSettings(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One entry of `students:` in `course.yml`."""

    name: str = ""
    section: str = ""
    ids: list[str] = []  # in other systems


class Person(NamedTuple):
    """One student; `ids` are all that they are known by, `id` first."""

    id: str
    name: str = ""
    section: str = ""
    ids: tuple[str, ...] = ()


class Roster:
    """Everybody who takes the course, in the order of the file; empty where there is no roster."""

    def __init__(self, people: Iterable[Person] = (), source: str = "the roster") -> None:
        """Index the people; raises `UsageError` where one id is that of two people."""
        self.people = list(people)
        self._by_id: dict[str, Person] = {}
        for person in self.people:
            for name in map(folded, person.ids):
                other = self._by_id.setdefault(name, person)
                if other is not person:
                    raise UsageError(f"{name!r} is an id of {other.id} and of {person.id} in {source}: correct one")
        self._by_number: dict[str, set[Person]] = {}
        for name, person in self._by_id.items():
            self._by_number.setdefault(without_zeros(name), set()).add(person)

    def person(self, student: str) -> Person | None:
        """Return the person whose folder has this name, or None."""
        name = folded(student)
        alike = self._by_number.get(without_zeros(name), set()) if without_zeros(name) else set()
        return self._by_id.get(name) or (next(iter(alike)) if len(alike) == 1 else None)

    def ids(self, student: str) -> tuple[str, ...]:
        """Every id of whose folder that is; none for somebody who isn't on the roster."""
        person = self.person(student)
        return person.ids if person else ()

    def label(self, record: Record) -> Record:
        """The same record, which says whose it is; made again each time, as the roster may have changed."""
        person = self.person(record.student)
        record.name, record.section = (person.name, person.section) if person else ("", "")
        return record

    def absent(self, students: Iterable[str]) -> list[Person]:
        """Return the people on the roster who are none of `students`."""
        there = {person for student in students if (person := self.person(student))}
        return [person for person in self.people if person not in there]


def folded(text: str) -> str:
    """An id as it is compared: without spaces around it, in one Unicode form, in one case."""
    return unicodedata.normalize("NFC", text.strip()).casefold()


def without_zeros(name: str) -> str:
    """An id of digits without its leading zeros, "" for any other."""
    return name.lstrip("0") if name.isascii() and name.isdigit() else ""


def written(students: Mapping[str, StudentSettings]) -> Roster:
    """The roster that stands in `course.yml` itself."""
    people = (
        Person(name, settings.name, settings.section, _distinct([name, *settings.ids]))
        for name, settings in students.items()
    )
    return Roster(people, "course.yml")


def read(path: Path) -> Roster:
    """The roster in a CSV file; raises `UsageError` that names the file and the row."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-16" if data[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8-sig")
    except OSError as error:
        raise UsageError(
            f"can't read the roster {path}: {error.strerror}; `students:` in course.yml names it"
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"the roster {path} is not UTF-8 ({error}): save it as CSV UTF-8") from error
    first = text.split("\n", 1)[0]
    rows = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    header = [title.strip().casefold() for title in next(rows, [])]
    if "id" not in header:
        raise UsageError(f"no column `id` in the roster {path}: its first row is id,name,section and ids elsewhere")
    return Roster(_people(path, header, rows), str(path))


def _people(path: Path, header: list[str], rows: Iterable[list[str]]) -> Iterator[Person]:
    """One a row; a column that is no name and no section holds ids of another system."""
    others = [title for title in header if title not in {"id", "section", *_NAMES}]
    seen = set()
    for place, row in enumerate(rows, 2):
        cells = {title: " ".join(cell.split()) for title, cell in zip(header, row, strict=False)}
        if not any(cells.values()):
            continue
        own = cells.get("id", "")
        if not own or folded(own) in seen:
            what = f"the id {own} is there again" if own else "there is no id"
            raise UsageError(f"{what} in row {place} of the roster {path}: one row per student, each with an id")
        seen.add(folded(own))
        name = " ".join(cells[title] for title in _NAMES if cells.get(title))
        ids = _distinct([own, *(cells.get(title, "") for title in others)])
        yield Person(own, name, cells.get("section", ""), ids)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple({folded(name): name for name in names if name.strip()}.values())
