"""`nbgrader zip_collect`: the platform's archive is unpacked, what students packed is not."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest
from nbcourse import LAB1, NbCourse, solved

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HONEST = json.dumps(solved()).encode()
MOODLE = "_assignsubmission_file_"


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tar_of_a_loop() -> bytes:
    """A link to itself, which nbgrader's own extractor follows for ever."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        entry = tarfile.TarInfo("a")
        entry.type, entry.linkname = tarfile.SYMTYPE, "a"
        archive.addfile(entry)
    return out.getvalue()


CASES: dict[str, tuple[dict[str, bytes], str, str]] = {  # who -> what, its status, its points
    "1": ({f"{LAB1}.ipynb": HONEST}, "graded", "10"),
    "2": ({"notes.zip": b"garbage", f"{LAB1}.ipynb": HONEST}, "graded", "10"),
    "3": ({f"{LAB1}.ipynb.gz": gzip.compress(HONEST)}, "graded", "10"),
    "4": ({"a.tar.gz": tar_of_a_loop(), f"{LAB1}.ipynb": HONEST}, "graded", "10"),
    "5": ({"work.zip": packed({f"Ann_1{MOODLE}/{LAB1}.ipynb": b"{}", f"{LAB1}.ipynb": HONEST})}, "rejected", "0"),
    "6": ({"bomb.zip": packed({f"{n}.ipynb": bytes(30 * 2**20) for n in range(4)})}, "rejected", "0"),
    "7": ({"x.zip": packed({f"d{n}/{LAB1}.ipynb": b"" for n in range(20_000)})}, "rejected", "0"),
    "8": ({f"{n}.txt": b"" for n in range(3000)}, "rejected", "0"),
    "9": ({f"{LAB1}.ipynb": b" " * (30 * 2**20)}, "rejected", "0"),
    "10": ({"timestamp.txt": b"2020-01-01 00:00:00 UTC", f"{LAB1}.ipynb": HONEST}, "graded", "10"),
    "11": ({".ipynb": b"{}", ".ipynb.ipynb": b"{}"}, "rejected", "0"),
    "12": ({f"{LAB1}.zip": packed({f"{LAB1}.ipynb": HONEST})}, "graded", "10"),
}


@pytest.fixture(scope="module")
def printed(course: NbCourse) -> str:
    """What the command prints: it takes everybody, and ends well."""
    folder = course.root / "downloaded" / LAB1 / "archive"
    folder.mkdir(parents=True)
    files = {
        f"Student {who}_{who}{MOODLE}/{name}": data
        for who, (found, _, _) in CASES.items()
        for name, data in found.items()
    }
    (folder / "all.zip").write_bytes(packed(files | {f"Student 13_13{MOODLE}/../../../{LAB1}.ipynb": HONEST}))
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    (folder / f"Flat_20{MOODLE}{LAB1}.ipynb").write_bytes(HONEST)
    (folder / f"Link_21{MOODLE}{LAB1}.ipynb").symlink_to(course.root / "gradebook.db")
    text = course.nbgrader("zip_collect", LAB1, "--force")
    course.autograder("grade", LAB1)
    return text


@pytest.mark.parametrize("who", CASES)
def test_each_has_a_row(course: NbCourse, printed: str, who: str) -> None:
    """Whatever somebody packed, it is looked into when it is graded, and nobody else pays for it."""
    table = (course.root / "results" / LAB1 / "scores.csv").read_text()
    rows = {row["student"]: row for row in csv.DictReader(io.StringIO(table))}

    assert rows.keys() == {*CASES, "20"}, printed[-3000:]
    assert (rows[who]["status"], float(rows[who]["score"])) == (CASES[who][1], float(CASES[who][2]))


@pytest.mark.usefixtures("printed")
def test_nothing_of_a_student_s_is_unpacked(course: NbCourse) -> None:
    """Neither a notebook in a zip in the zip, nor thousands of files; a file that is too large is cut."""
    extracted = course.root / "downloaded" / LAB1 / "extracted"
    files = [path for path in extracted.rglob("*") if path.is_file()]

    assert len(files) < 300
    assert sum(path.stat().st_size for path in files) < 60 * 2**20
    assert not (course.root / "submitted" / "10" / LAB1 / "timestamp.txt").exists()
    assert not list((course.root / "downloaded").glob("*.ipynb"))


def test_what_is_not_taken_is_said(printed: str) -> None:
    """One line for each archive that is broken, each name that leads elsewhere, each flood."""
    assert "Not taken: broken.zip: " in printed
    assert f"leads elsewhere, or too deep: Student 13_13{MOODLE}/../../../{LAB1}.ipynb" in printed
    assert "Left aside of 8, as too many or too large: 2800 files" in printed
    assert f"no ordinary file: Link_21{MOODLE}{LAB1}.ipynb" in printed
    assert "as no student writes it" in printed


def test_tars_are_unpacked_too(course: NbCourse, printed: str, tmp_path: Path) -> None:
    """A download that somebody packed anew; links in it are left aside."""
    from autograder.nbgrader.extractor import OuterArchives

    (tmp_path / "in").mkdir()
    with tarfile.open(tmp_path / "in" / "all.tgz", "w:gz") as archive:
        for name, kind in (("Ann_1_2_a.ipynb", tarfile.REGTYPE), ("Bob_3_4_b.ipynb", tarfile.SYMTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/hostname"
            archive.addfile(entry)
    plugin = OuterArchives()
    plugin._most_bytes = lambda: 100  # type: ignore[method-assign]
    plugin.extract(str(tmp_path / "in"), str(tmp_path / "out"))

    assert [str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.*")] == [
        "all/Ann_1_2_a.ipynb"
    ]
