"""`autograder export` and `autograder report`, over the sample class and a few records."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from results_kit import HOSTILE, LAB, TITLE, made
from sampled import ROOT
from typer.testing import CliRunner
from validators import canvas, coursera, grades, gradescope, moodle, prairielearn

from autograder.cli.main import app
from autograder.course.settings import find_course
from autograder.errors import UsageError
from autograder.export.final_score import Marks, final, remarks
from autograder.export.formats import ExportSource, export, export_one, folder_name
from autograder.export.services import gradescope as gradescope_json
from autograder.record import Record, Status, SubmissionFile, from_json, to_json

COURSE = find_course(ROOT)


def stored(results: Path, *records: Record) -> Path:
    """A results folder with these records."""
    (results / LAB).mkdir(parents=True, exist_ok=True)
    for record in records:
        (results / LAB / f"{record.student}.json").write_bytes(to_json(record))
    return results


def sample(results: Path) -> list[Record]:
    """The records of a results folder."""
    return [from_json(path.read_bytes()) for path in sorted((results / LAB).glob("*.json"))]


def canvas_export(students: list[str]) -> bytes:
    """What the instructor would download from Canvas for these students."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", f"{TITLE} (4711)", "Total"])
    writer.writerow(["    Points Possible", "", "", "", "", "14.0", "(read only)"])
    writer.writerows([f"Name of {who}", 100 + place, "", who, "A", "", ""] for place, who in enumerate(students))
    return out.getvalue().encode()


def moodle_export(students: list[str]) -> bytes:
    """What the instructor would download from Moodle for these students."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["Identifier", "ID number", "Grade", "Maximum Grade", "Last modified (grade)", "Feedback comments"])
    writer.writerows([f"Participant {100 + place}", who, "", "14.00", "-", ""] for place, who in enumerate(students))
    return out.getvalue().encode()


def test_the_sample_class_has_the_same_scores_in_every_format(sample_results: Path, tmp_path: Path) -> None:
    """All sixteen, through every format's validator, read back as that system would."""
    records = sample(sample_results)
    students = [record.student for record in records]
    source = ExportSource(sample_results, automatic_only=True)
    (tmp_path / "canvas.csv").write_bytes(canvas_export(students))
    (tmp_path / "moodle.csv").write_bytes(moodle_export(students))
    expected = {record.student: record.score for record in records}

    table = grades(export(COURSE, "csv", None, source, None).data)
    by_id = canvas(export(COURSE, "canvas", None, source, tmp_path / "canvas.csv").data)
    sheet = moodle(export(COURSE, "moodle", ["lab1"], source, tmp_path / "moodle.csv").data, moodle_export(students))

    assert len(expected) == 16
    assert {who: float(row["score"]) for who, row in table.items()} == expected
    assert [next(iter(row.values())) for row in by_id.values()] == list(expected.values())
    assert [grade for grade, _ in sheet.values()] == list(expected.values())
    for form, read in (("prairielearn", prairielearn), ("coursera", coursera)):
        with zipfile.ZipFile(io.BytesIO(export(COURSE, form, None, source, None).data)) as archive:
            shares = {name.split("/")[0]: read(archive.read(name)) for name in archive.namelist()}
        assert shares == pytest.approx({who: (score or 0.0) / 10 for who, score in expected.items()})
    for record in records:
        data = gradescope_json(final(record, None, COURSE.settings.late))
        assert gradescope(data, 10.0) == record.score


def test_one_submission_as_the_file_that_a_container_writes(tmp_path: Path) -> None:
    """In PrairieLearn's container there is one submission, and `--output …/results.json`."""
    results = stored(tmp_path, made("ada", 5.0))

    assert (
        prairielearn(export_one(COURSE, "prairielearn", None, ExportSource(results, automatic_only=True)).data) == 0.5
    )


def test_a_fault_of_ours_is_told_by_exit_code_and_no_zero(tmp_path: Path) -> None:
    """The others are written; the one without a score is named, and the exit code is 1."""
    results = stored(tmp_path / "results", made("ada", 5.0), made("kim", None))
    output = tmp_path / "out.csv"
    done = CliRunner().invoke(
        app, ["export", "csv", "--results", str(results), "--output", str(output), "--automatic-only"]
    )

    assert done.exit_code == 1
    assert "the fault is ours: kim" in done.output
    assert grades(output.read_bytes())["kim"]["score"] == ""


def test_a_container_gets_no_file_for_a_fault_of_ours(tmp_path: Path) -> None:
    """No zero in the student's name."""
    results = stored(tmp_path, made("kim", None))

    with pytest.raises(UsageError, match="kim could not be graded"):
        export_one(COURSE, "coursera", None, ExportSource(results, automatic_only=True))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["prairielearn"], "written answers .exercise1_written. that people mark"),
        (["canvas", "--automatic-only"], "canvas needs --into"),
        (["csv", "--automatic-only", "--into", "x"], "csv takes no --into"),
        (["moodle", "--automatic-only", "--into", "no/such"], "can't read no/such"),
        (["blackboard", "--automatic-only"], "blackboard needs --into FILE"),
        (["brightspace", "--automatic-only"], "brightspace needs --into FILE"),
        (["excel"], "no format 'excel'"),
        (["csv", "lab2", "--automatic-only"], "no results for lab2_scalar_gru"),
        (["csv", "--gradebook", "no.db"], "no gradebook at no.db"),
        (["csv", "--no-sandbox", "--automatic-only"], "--no-sandbox is for gradescope"),
        (["gradescope"], "several assignments"),
        (["coursera", "--automatic-only", "--output", "x.json"], "2 submissions in"),
    ],
)
def test_wrong_use_writes_nothing(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused in one line that says what to do, and there is no file, whole or in part."""
    stored(tmp_path / "results", made("ada", 5.0), made("kim", 6.0))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("autograder.course.settings.find_course", lambda: COURSE)
    done = CliRunner().invoke(app, ["export", *arguments])

    assert isinstance(done.exception, UsageError)
    assert re.search(message, str(done.exception))
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_an_output_of_before_stays_where_an_export_is_refused(tmp_path: Path) -> None:
    """Not emptied, not half overwritten."""
    results = stored(tmp_path / "results", made("ada", 5.0))
    output = tmp_path / "grades.csv"
    output.write_text("of before")
    done = CliRunner().invoke(app, ["export", "canvas", "--results", str(results), "--output", str(output)])

    assert done.exit_code != 0
    assert output.read_text() == "of before"


def test_the_download_is_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its own folder the file gets another name; asked for by name, it is refused."""
    results = stored(tmp_path / "results", made("ada", 5.0))
    given = Path("canvas.csv")
    monkeypatch.chdir(tmp_path)
    given.write_bytes(canvas_export(["ada"]))
    before = given.read_bytes()
    words = ["export", "canvas", "--results", str(results), "--automatic-only", "--into", "canvas.csv"]
    monkeypatch.setattr("autograder.course.settings.find_course", lambda: COURSE)
    done = CliRunner().invoke(app, words)
    refused = CliRunner().invoke(app, [*words, "--output", "./canvas.csv"])

    assert (done.exit_code, done.stdout.split()[-1]) == (0, "canvas-filled.csv")
    assert isinstance(refused.exception, UsageError)
    assert given.read_bytes() == before


def test_csv_always_works(tmp_path: Path) -> None:
    """Written answers that nobody has marked are no reason to hold the automatic points back."""
    results = stored(tmp_path, made("ada", 5.0))

    assert grades(export(COURSE, "csv", None, ExportSource(results), None).data)["ada"]["score"] == "5"


def test_student_who_is_left_out_is_named_and_the_exit_code_says_so(tmp_path: Path) -> None:
    """The file is there all the same."""
    results = stored(tmp_path / "results", made("ada", 5.0), made("kim", 4.0))
    (tmp_path / "in.csv").write_bytes(canvas_export(["ada"]))
    out = tmp_path / "out.csv"
    words = ["--results", str(results), "--automatic-only", "--into", str(tmp_path / "in.csv"), "--output", str(out)]
    done = CliRunner().invoke(app, ["export", "canvas", *words])

    assert done.exit_code == 1
    assert "left out: kim (not in" in done.stderr
    assert out.exists()


def test_another_late_policy_than_the_record_s_is_refused(tmp_path: Path) -> None:
    """The student's page shows the old penalty; both are to say the same."""
    record = made("ada", 5.0)
    record.late.seconds, record.late.penalty = 5000.0, 3.0
    results = stored(tmp_path, record)

    with pytest.raises(UsageError, match="run `autograder grade` again"):
        export(COURSE, "csv", None, ExportSource(results, automatic_only=True), None)


def test_a_broken_record_is_named(tmp_path: Path) -> None:
    """Not left out in silence."""
    (stored(tmp_path, made("ada", 5.0)) / LAB / "kim.json").write_text("{")

    with pytest.raises(UsageError, match=r"kim\.json is no record"):
        export(COURSE, "csv", None, ExportSource(tmp_path, automatic_only=True), None)


@pytest.mark.parametrize("name", ["../../etc/x", "..", "a\\..\\b", "/abs", HOSTILE, ".hidden", "", "a "])
def test_no_name_leads_out_of_its_folder(name: str) -> None:
    """A student's id as a folder in a zip: one plain part, on Windows too."""
    folder = folder_name(name)

    assert folder
    assert folder not in {".", ".."}
    assert not set(folder) & set("/\\:<>\"'|?*\x00\n")
    assert folder_name("ada.l+1@x.org") == "ada.l+1@x.org"


def nothing(student: str) -> Record:
    """The record of a student who has a folder, and nothing in it for this lab."""
    return made(
        student,
        0.0,
        status=Status.REJECTED,
        message="Nothing was handed in.",
        checks=[],
        submission=SubmissionFile(path=student, missing=True),
    )


@pytest.mark.parametrize("form", ["prairielearn", "coursera", "moodle"])
def test_nothing_handed_in_is_no_zero_in_any_format(form: str, tmp_path: Path) -> None:
    """The name stands in a line of its own, and the others are written."""
    results = stored(tmp_path, made("ada", 5.0), nothing("kim"), made("zoe", 0.0))
    (tmp_path / "in.csv").write_bytes(moodle_export(["ada", "kim", "zoe"]))
    into = tmp_path / "in.csv" if form == "moodle" else None
    found = export(COURSE, form, None, ExportSource(results, automatic_only=True), into)

    assert found.nothing == [f"nothing handed in for {LAB}, and so no grade: kim"]
    if form == "moodle":
        assert list(moodle(found.data, into.read_bytes() if into else b"")) == ["100", "102"]
        assert not any("without a result" in note for note in found.notes)
    else:
        with zipfile.ZipFile(io.BytesIO(found.data)) as archive:
            assert sorted(name.split("/")[0] for name in archive.namelist()) == ["ada", "zoe"]


def test_points_that_people_gave_count_without_a_file(tmp_path: Path) -> None:
    """An answer that came by another way was marked by hand: that is a grade."""
    assert final(nothing("kim"), None, COURSE.settings.late).nothing
    assert remarks(final(nothing("kim"), None, COURSE.settings.late)) == ["Nothing was handed in."]
    assert not final(nothing("kim"), Marks({"exercise1_written": 3.0}), COURSE.settings.late).nothing
