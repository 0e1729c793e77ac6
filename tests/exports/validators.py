"""What other systems accept, written from their own documentation (formats as of 2026), and how they read it.

Each function raises `AssertionError` for a file that the system would refuse, skip or misread, and returns what the
system would take from it.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import zipfile
from typing import Any, NamedTuple

IDENTITY = {"Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section"}
_FORMULA = re.compile(r"[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
_FORMATS = {"text", "html", "simple_format", "md", "ansi"}
_VISIBLE = {"hidden", "after_due_date", "after_published", "visible"}
_TOP = {
    *("score", "output", "output_format", "test_output_format", "test_name_format"),
    *("visibility", "stdout_visibility", "extra_data", "tests", "leaderboard"),
}
_TEST = {
    *("score", "max_score", "status", "name", "name_format", "number", "output", "output_format"),
    *("tags", "visibility", "extra_data"),
}


def rows(data: bytes) -> list[list[str]]:
    """A CSV file as spreadsheets and LMSs read it; rows of one length."""
    text = data.decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len({len(row) for row in found}) == 1, "rows of different lengths"
    return found


def inert(cell: str) -> bool:
    """Whether a spreadsheet takes the cell for text or a number."""
    return not _FORMULA.match(cell.lstrip(" ")) or _NUMBER.fullmatch(cell.strip()) is not None


def tame(text: str) -> bool:
    """Whether a page that shows the text as HTML gets no element from it, and a terminal no command."""
    return not re.search(r"<[A-Za-z!/?]|[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)


def canvas(data: bytes) -> dict[str, dict[str, float | None]]:
    """ID -> assignment header -> grade."""
    header, points, *students = rows(data)
    assert {"Student", "ID", "Section"} <= set(header)
    assert header[0] == "Student"
    assert "Points Possible" in points[0], "the second line's first cell"
    assignments = [name for name in header if name not in IDENTITY]
    assert assignments, "no assignment"
    assert all(re.fullmatch(r".+ \(\d+\)", name) for name in assignments), "an unknown title makes a new assignment"
    found: dict[str, dict[str, float | None]] = {}
    for row in students:
        assert row[header.index("ID")].isdigit()
        assert inert(row[0])
        grades = {name: row[header.index(name)] for name in assignments}
        assert all(text in {"", "-", "EX"} or _NUMBER.fullmatch(text) for text in grades.values())
        found[row[header.index("ID")]] = {
            name: float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None for name, text in grades.items()
        }
    assert len(found) == len(students), "an ID twice"
    return found


class Worksheet(NamedTuple):
    """Moodle's strings in one language, as its language packs have them."""

    identifier: str
    word: str  # what stands before a participant's number
    grade: str
    most: str
    can_change: str
    modified: str
    feedback: str
    no: str


MOODLE = {
    "en": Worksheet(
        *("Identifier", "Participant ", "Grade", "Maximum Grade", "Grade can be changed", "Last modified (grade)"),
        *("Feedback comments", "No"),
    ),
    "de": Worksheet(
        *("ID", "Teilnehmer/in", "Bewertung", "Bestwertung", "Bewertung kann geändert werden"),
        *("Zuletzt geändert (Bewertung)", "Feedback als Kommentar", "Nein"),
    ),
    "fr": Worksheet(
        *("Identifiant", "Participant", "Note", "Note maximale", "La note peut être modifiée"),
        *("Dernière modification (note)", "Feedback par commentaires", "Non"),
    ),
    "es": Worksheet(
        *("Identificador", "Participante ", "Calificación", "Calificación máxima"),
        *("La calificación puede ser cambiada", "Última modificación (calificación)"),
        *("Comentarios de retroalimentación", "No"),
    ),
    "pt_br": Worksheet(
        *("Identificador", "Participante", "Nota", "Nota máxima", "Nota pode ser alterada"),
        *("Última modificação (nota)", "Comentários de feedback", "Não"),
    ),
    "cs": Worksheet(
        *("Identifikátor", "Účastník ", "Známka", "Maximální známka", "Hodnocení lze změnit"),
        *("Poslední změna (hodnocení)", "Komentář", "Ne"),
    ),
}


def moodle(data: bytes, downloaded: bytes, language: str = "en") -> dict[str, tuple[float, str]]:
    """Participant's number -> grade and feedback of the rows that Moodle takes; other cells have to be as downloaded.

    The importer of the offline grading worksheet goes by three headers, takes the number behind its word for a
    participant, reads numbers with the decimal mark of the language, and skips what is empty, unchanged or locked.
    """
    its = MOODLE[language]
    header, *students = rows(data)
    before, *untouched = rows(downloaded)
    assert header == before
    assert {its.identifier, its.grade, its.modified} <= set(header)
    assert len(students) == len(untouched)
    taken: dict[str, tuple[float, str]] = {}
    for row, old in zip(students, untouched, strict=True):
        new = dict(zip(header, row, strict=True))
        was = dict(zip(header, old, strict=True))
        assert re.fullmatch(rf"{its.word}\d+", new[its.identifier])
        ours = {its.grade, its.feedback}
        assert {k: v for k, v in new.items() if k not in ours} == {k: v for k, v in was.items() if k not in ours}
        if new[its.grade] == was[its.grade] or not new[its.grade] or new.get(its.can_change) == its.no:
            assert new == was or language == "cs", "Moodle would skip this row and say nothing"  # the export says so
            continue
        assert 0 <= _local(new[its.grade]) <= _local(new.get(its.most, "100"))
        assert inert(new.get(its.feedback, ""))
        taken[new[its.identifier].removeprefix(its.word)] = (_local(new[its.grade]), new.get(its.feedback, ""))
    return taken


def _local(cell: str) -> float:
    assert _NUMBER.fullmatch(cell), cell
    return float(cell.replace(",", "."))


def blackboard(data: bytes) -> dict[str, dict[str, str]]:
    """Username -> column -> cell: Blackboard finds students by `Username`, columns by the number behind `|`."""
    if data.startswith(codecs.BOM_UTF16_LE):
        text, delimiter = data.decode("utf-16"), "\t"
    else:
        text, delimiter = data.decode("utf-8-sig"), ","
    header, *students = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    assert all(line.startswith('"') for line in text.splitlines()), "comma-delimited data has to be quoted"
    identity = {"Last Name", "First Name", "Username", "Student ID", "Last Access", "Availability"}
    columns = [name for name in header if name not in identity]
    assert columns
    assert all(re.fullmatch(r".+ \|\d+", name) for name in columns), "a column without its number makes a new one"
    found = {row[header.index("Username")]: {name: row[header.index(name)] for name in columns} for row in students}
    assert len(found) == len(students), "a user twice"
    assert all(inert(cell) for row in students for cell in row)
    return found


def brightspace(data: bytes) -> dict[str, dict[str, str]]:
    """Username -> column -> cell: an id first, `… Points Grade`, and at the end of each line its sign."""
    header, *students = rows(data)
    assert header[0] in {"OrgDefinedId", "Username"}
    assert header[-1] == "End-of-Line Indicator"
    assert all(row[-1] == "#" for row in students)
    columns = header[2:-1]
    assert columns
    assert all(" Points Grade" in name for name in columns), "nothing else is to be imported"
    found = {
        row[header.index("Username")].removeprefix("#"): dict(zip(columns, row[2:-1], strict=True)) for row in students
    }
    assert len(found) == len(students)
    return found


def prairielearn_table(data: bytes) -> dict[str, float]:
    """Address -> percent: columns by name, an instance's number, a number without a sign for percent."""
    header, *students = rows(data)
    assert header == ["uid", "instance", "score_perc"]
    assert all(re.fullmatch(r"[1-9]\d*", row[1]) for row in students)
    found = {row[0]: float(row[2]) for row in students}
    assert len(found) == len(students)
    assert all("@" in uid for uid in found)
    return found


def grades(data: bytes) -> dict[str, dict[str, str]]:
    """Student -> row of our own CSV, in which no cell is a formula."""
    header, *students = rows(data)
    assert all(inert(cell) for row in students for cell in row)
    return {row[0]: dict(zip(header, row, strict=True)) for row in students}


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def prairielearn(data: bytes) -> float:
    """The share of the points."""
    assert len(data) < 1_000_000
    found: dict[str, Any] = json.loads(data)
    assert set(found) <= {"gradable", "score", "message", "output", "images", "tests", "format_errors"}
    assert _number(found["score"])
    assert 0 <= found["score"] <= 1
    assert found["gradable"] in (True, False)
    if not found["gradable"]:
        assert found["format_errors"]
    for test in found.get("tests", []):
        assert set(test) <= {"name", "description", "points", "max_points", "message", "output"}
        assert _number(test["points"]), "else the display by test is off for all"
        assert _number(test["max_points"]), "else the display by test is off for all"
    assert all(tame(text) for text in texts(found))
    return float(found["score"])


def coursera(data: bytes) -> float:
    """The share of the points."""
    found = json.loads(data)
    assert set(found) == {"fractionalScore", "feedback"}
    assert _number(found["fractionalScore"])
    assert 0 <= found["fractionalScore"] <= 1
    assert isinstance(found["feedback"], str)
    assert all(tame(text) for text in texts(found))
    return float(found["fractionalScore"])


def gradescope(data: bytes, points: float) -> float:
    """The score."""
    found: dict[str, Any] = json.loads(data)
    assert set(found) <= _TOP
    assert _number(found["score"])
    assert {found["output_format"], found["test_output_format"], found["test_name_format"]} <= _FORMATS
    assert {found["visibility"], found["stdout_visibility"]} <= _VISIBLE
    for test in found["tests"]:
        assert set(test) <= _TEST
        assert test["status"] in {"passed", "failed"}
        assert test["visibility"] == "visible", "with one hidden test students see no total"
        assert _number(test["score"])
        assert re.fullmatch(r"[\d.]+", test.get("number", "1"))
    assert abs(sum(test["max_score"] for test in found["tests"]) - points) < 1e-9, "the assignment's points"
    assert all(tame(text) for text in texts(found))
    return float(found["score"])


def gradescope_zip(data: bytes) -> dict[str, bytes]:
    """The files, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for script in ("setup.sh", "run_autograder"):
            text = archive.read(script)
            assert text.startswith(b"#!")
            assert b"\r" not in text
        assert archive.getinfo("run_autograder").external_attr >> 16 & 0o111, "it has to be executable"
        assert not [name for name in archive.namelist() if name.startswith(("/", "..")) or "/../" in name]
        return {name: archive.read(name) for name in archive.namelist()}


def texts(value: object) -> list[str]:
    """Every text in JSON data."""
    match value:
        case str():
            return [value]
        case dict():
            return [text for item in value.values() for text in texts(item)]
        case list():
            return [text for item in value for text in texts(item)]
    return []
