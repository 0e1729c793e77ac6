"""What other systems accept, written from their own documentation (formats as of 2026), and how they read it.

Each function raises `AssertionError` for a file that the system would refuse, skip or misread, and returns what the
system would take from it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import Any

IDENTITY = {"Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section"}
_FORMULA = re.compile(r"[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
_NUMBER = re.compile(r"-?\d+([.,]\d+)?")
_FORMATS = {"text", "html", "simple_format", "md", "ansi"}
_VISIBLE = {"hidden", "after_due_date", "after_published", "visible"}
_TOP = {
    *("score", "execution_time", "output", "output_format", "test_output_format", "test_name_format"),
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


def moodle(data: bytes, downloaded: bytes) -> dict[str, tuple[float, str]]:
    """Identifier -> grade and feedback of the rows that Moodle takes; every other cell has to be as downloaded."""
    header, *students = rows(data)
    before, *untouched = rows(downloaded)
    assert header == before
    assert {"Identifier", "Grade", "Last modified (grade)"} <= set(header)
    assert len(students) == len(untouched)
    taken: dict[str, tuple[float, str]] = {}
    for row, old in zip(students, untouched, strict=True):
        new = dict(zip(header, row, strict=True))
        was = dict(zip(header, old, strict=True))
        assert re.fullmatch(r"Participant \d+", new["Identifier"])
        assert {k: v for k, v in new.items() if k not in {"Grade", "Feedback comments"}} == {
            k: v for k, v in was.items() if k not in {"Grade", "Feedback comments"}
        }
        if new["Grade"] == was["Grade"] or not new["Grade"] or new.get("Grade can be changed") == "No":
            assert new == was, "Moodle would skip this row and say nothing"
            continue
        assert 0 <= float(new["Grade"]) <= float(new.get("Maximum Grade", "100"))
        assert inert(new.get("Feedback comments", ""))
        taken[new["Identifier"]] = (float(new["Grade"]), new.get("Feedback comments", ""))
    return taken


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
    assert _number(found["execution_time"])
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
