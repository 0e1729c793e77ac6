"""The roster: who it says somebody is, what is wrong with it, and where names and sections stand."""

from __future__ import annotations

import csv
import json
import unicodedata
from typing import TYPE_CHECKING

import pytest
from parsed import parse
from small_course import COURSE, RIGHT, WRONG, autograder, write_course

from autograder.course.lateness import due
from autograder.course.settings import load_course
from autograder.errors import UsageError

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from autograder.course.settings import Course

ROSTER = """\
id,name,section,canvas,email
ann,Ann Adams,A,4711,ann@uni.example
bob,Bob Byte,B,4712,bob@uni.example
müller,Jörg Müller,B,0012345,
cyd,Cyd Cole,A,,
"""


def course(root: Path, roster: str | bytes = ROSTER, more: str = "") -> Course:
    """A course whose roster is this file."""
    (root / "course.yml").write_text(COURSE.rstrip() + f"\nstudents: who.csv\n{more}")
    (root / "who.csv").write_bytes(roster if isinstance(roster, bytes) else roster.encode())
    return load_course(root)


@pytest.mark.parametrize(
    ("folder", "person"),
    [
        ("ann", "ann"),
        ("4712", "bob"),
        ("BOB@uni.example", "bob"),
        (unicodedata.normalize("NFD", "müller"), "müller"),
        ("12345", "müller"),
        ("dan", None),
        ("", None),
    ],
)
def test_a_folder_is_a_person_s_by_any_id(tmp_path: Path, folder: str, person: str | None) -> None:
    """In any case and Unicode form, with the zeros or without; who is nowhere is nobody."""
    found = course(tmp_path).people.person(folder)

    assert (found and found.id) == person


def test_the_roster_may_stand_in_course_yml(tmp_path: Path) -> None:
    """The same as in a file, and no roster at all is an empty one."""
    (tmp_path / "course.yml").write_text(COURSE + "students: {ann: {name: Ann Adams, section: A, ids: ['4711']}}\n")
    there = load_course(tmp_path).people
    (tmp_path / "course.yml").write_text(COURSE)

    assert [tuple(one) for one in there.people] == [("ann", "Ann Adams", "A", ("ann", "4711"))]
    assert load_course(tmp_path).people.people == []


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbfID;First Name;Last Name;Section\r\nann;Ann;Adams;A\r\n;;;\r\n",
        "id\tname\tsection\nann\t Ann  Adams\tA\n".encode("utf-16"),
        b"section,id,name\nA,ann,Ann Adams",
    ],
)
def test_a_roster_as_spreadsheets_write_it(tmp_path: Path, text: bytes) -> None:
    """Whatever stands between cells, encoding, order of columns, empty rows."""
    (one,) = course(tmp_path, text).people.people

    assert (one.id, one.name, one.section) == ("ann", "Ann Adams", "A")


@pytest.mark.parametrize(
    ("roster", "message"),
    [
        ("name,section\nAnn,A\n", "no column `id` in the roster"),
        ("", "no column `id` in the roster"),
        ("id,name\nann,Ann\n,Bob\n", "there is no id in row 3"),
        ("id,name\nann,Ann\nANN,Bob\n", "the id ANN is there again in row 3"),
        ("id,mail\nann,x@y\nbob,X@Y\n", "'x@y' is an id of ann and of bob in"),
        (b"id,name\nann,J\xf6rg\n", "is not UTF-8"),
    ],
)
def test_a_roster_that_is_wrong_is_one_line(tmp_path: Path, roster: str | bytes, message: str) -> None:
    """It says which row, or who."""
    with pytest.raises(UsageError) as caught:
        _ = course(tmp_path, roster).people

    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_roster_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With the key that names it; where no name is asked for, nothing fails."""
    found = course(tmp_path)
    (tmp_path / "who.csv").unlink()
    loaded = load_course(tmp_path)

    assert loaded.settings == found.settings
    with pytest.raises(UsageError, match=r"can't read the roster .*who\.csv: No such file.*`students:` in course\.yml"):
        _ = loaded.people


def test_an_extension_holds_under_any_id_and_a_misspelt_one_is_named(tmp_path: Path) -> None:
    """One that nobody could ever have would cost somebody points in silence."""
    text = COURSE.replace("{title: One function}", "{title: One, due: 2026-10-09, extensions: {4711: 2026-10-12}}")
    text = text.replace("{4711:", "{'4711':")
    (tmp_path / "who.csv").write_text(ROSTER)
    (tmp_path / "course.yml").write_text(text + "students: who.csv\n")
    found = load_course(tmp_path)
    (tmp_path / "course.yml").write_text(text.replace("4711", "ana") + "students: who.csv\n")

    assert [str(due(found, "tiny", who))[:10] for who in ("ann", "4711", "bob")] == ["2026-10-12"] * 2 + ["2026-10-09"]
    with pytest.raises(UsageError, match=r"ana at assignments\.tiny\.extensions in .* is nobody on the roster"):
        _ = load_course(tmp_path).people


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A class with a roster: two with work, one with an empty folder, one without a folder, one not on the roster."""
    root = write_course(tmp_path_factory.mktemp("course"), {"4711": RIGHT, "bob": WRONG, "dan": RIGHT})
    (root / "submitted" / "müller" / "tiny").mkdir(parents=True)
    course(root)
    return root, autograder(root, "grade", "--jobs", "1")


def test_names_on_the_terminal(graded: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """With the section; who handed nothing in is not called rejected, and who has no folder is named."""
    done = graded[1]

    assert done.returncode == 0, done.stderr
    assert "Ann Adams (4711)" in done.stdout
    assert "3 graded, 1 nothing handed in" in done.stdout
    assert "on the roster, and without a folder: Cyd Cole (cyd)" in done.stdout
    assert "rejected" not in done.stdout


def table_in(file: Path) -> dict[str, dict[str, str]]:
    """The rows of a table, by student."""
    return {row["student"]: row for row in csv.DictReader(file.read_text().splitlines())}


def test_names_in_tables_and_records(graded: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """Beside the folder's name, and a row for who has no folder, without a score."""
    root = graded[0]
    rows = table_in(root / "results" / "tiny" / "scores.csv")
    done = autograder(root, "export", "csv", "tiny")
    exported = table_in(root / "scores.csv")

    assert done.returncode == 0, done.stderr
    for table, nothing in ((rows, "rejected"), (exported, "nothing handed in")):
        assert {who: (row["name"], row["section"], row["status"]) for who, row in table.items()} == {
            "4711": ("Ann Adams", "A", "graded"),
            "bob": ("Bob Byte", "B", "graded"),
            "dan": ("", "", "graded"),
            "müller": ("Jörg Müller", "B", nothing),
            "cyd": ("Cyd Cole", "A", "absent"),
        }
        assert table["cyd"]["score"] == ""
    assert exported["müller"]["score"] == ""
    record = json.loads((root / "results" / "tiny" / "müller.json").read_text())
    assert (record["name"], record["submission"]["missing"]) == ("Jörg Müller", True)


CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,One function (1)
    Points Possible,,,,,4
"Adams, Ann",4711,,ann,A,
"Byte, Bob",4712,,bob,B,
"Dee, Dan",4713,,dan,B,
"Müller, Jörg",12345,,jm,B,2
"Cole, Cyd",4714,,cyd,A,
"Student, Test",4715,,x9,A,
"""


def test_who_handed_nothing_in_gets_no_grade_and_is_named(
    graded: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    """With a folder or without one alike, and no zero is put there; whose row is nobody's here is named as well."""
    root = graded[0]
    (root / "canvas.in").write_text(CANVAS)
    done = autograder(root, "export", "canvas", "tiny", "--into", "canvas.in")
    written = (root / "canvas.csv").read_text().splitlines()
    rows = csv.DictReader([written[0], *written[2:]])
    scores = {row["SIS Login ID"]: row["One function (1)"] for row in rows}

    assert done.returncode == 1
    assert scores == {"ann": "4", "bob": scores["bob"], "dan": "4", "jm": "2", "cyd": "", "x9": ""}
    assert done.stderr == "nothing handed in for tiny, and so no grade: Jörg Müller (müller), Cyd Cole (cyd)\n"
    assert "tiny: in the file without a result, left as they were: Student, Test (x9)\n" in done.stdout


def test_names_on_pages(graded: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """A student's own page, and the class report: sections, who is behind a check and a mistake, who is absent."""
    folder = graded[0] / "results" / "tiny"
    own = parse((folder / "4711.html").read_text())
    report = parse((folder / "report.html").read_text())
    people = report.labelled("people").text

    assert "for Ann Adams (4711), section A" in own.text
    assert "who Bob Byte bob" in report.labelled("checks").text
    assert "not doubled who Bob Byte bob" in report.labelled("mistakes").text
    assert "A 1 4 4 B 2" in report.labelled("whole").text
    assert "on the roster without a folder 1" in report.labelled("whole").text
    assert "Handed nothing in: 2" in people
    assert "Cyd Cole cyd no record, though on the roster" in people
    assert "Not on the roster: 1" in people
    assert "Rejected" not in people
    assert "./cyd.html" not in {str(link.attrs["href"]) for link in report.all("a")}


def test_the_page_of_the_course(graded: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """It links the labs and the pages, each of which is there."""
    results = graded[0] / "results"
    page = parse((results / "index.html").read_text())
    links = [str(link.attrs["href"]) for link in page.all("a")]

    assert "One function tiny - 3 graded, 1 nothing handed in, 1 absent 3 of 4" in page.labelled("labs").text
    assert "Ann Adams ann A 4" in page.labelled("students").text
    assert "./tiny/report.html" in links
    assert len(links) == 5
    assert all((results / link).is_file() for link in links if "%" not in link)


def test_another_name_grades_nobody_again(graded: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """The pages have it at the next run, and `report` has it at once."""
    root = graded[0]
    course(root, ROSTER.replace("Bob Byte", "Bob Bytes"))
    autograder(root, "report", "tiny")
    drawn = (root / "results" / "tiny" / "report.html").read_text()
    done = autograder(root, "grade")

    assert "Bob Bytes" in drawn
    assert "unchanged since the last run, not graded again: 4" in done.stdout
    assert "for Bob Bytes (bob)" in parse((root / "results" / "tiny" / "bob.html").read_text()).text
