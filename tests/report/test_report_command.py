"""`autograder report`: what it writes and what it prints; and what `grade` leaves behind for it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from builders import check, half, hostile, perfect, record
from parsed import parse
from rich.console import Console
from test_class_page import mixed, summed
from typer.testing import CliRunner

from autograder.cli.main import app
from autograder.errors import UsageError
from autograder.record import Record, from_json, to_json
from autograder.report.terminal import short_report

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.report.changes import Changes

LAB = "lab1_scalar_lstm"


def stored(results: Path, *records: Record) -> Path:
    """A results folder with these records."""
    (results / LAB).mkdir(parents=True, exist_ok=True)
    for each in records:
        (results / LAB / f"{each.student}.json").write_bytes(to_json(each))
    return results


def printed(*records: Record, changes: Changes | None = None) -> str:
    """The short form on a terminal of 100 columns without colour."""
    console = Console(width=100, no_color=True)
    with console.capture() as capture:
        console.print(short_report(summed(*records), changes))
    return capture.get()


def test_grade_leaves_the_class_report(sample_results: Path) -> None:
    """With the pages that it links to, each of which is there."""
    folder = sample_results / LAB
    tree = parse((folder / "report.html").read_text())
    pages = {str(link.attrs["href"]) for link in tree.all("a")} - {"../index.html"}

    assert len(pages) == 16
    assert all((folder / page).is_file() for page in pages)
    assert "16 submissions" in tree.labelled("whole").text


def test_a_report_of_the_sample_class_is_the_one_that_grade_made(sample_results: Path, tmp_path: Path) -> None:
    """The same records give the same bytes, and the table of scores is as it was."""
    shutil.copytree(sample_results, tmp_path / "results")
    for name in ("report.html", "scores.csv"):
        (tmp_path / "results" / LAB / name).unlink()
    done = CliRunner().invoke(app, ["report", "--results", str(tmp_path / "results")])

    assert done.exit_code == 0, done.output
    for name in ("report.html", "scores.csv"):
        assert (tmp_path / "results" / LAB / name).read_bytes() == (sample_results / LAB / name).read_bytes()


def test_a_report_that_is_up_to_date_is_not_drawn_again(tmp_path: Path) -> None:
    """The same records leave the file alone; another score, or a page of other code, has it written anew."""
    results = stored(tmp_path, perfect())
    page = results / LAB / "report.html"

    def written() -> int:
        assert CliRunner().invoke(app, ["report", "--results", str(results)]).exit_code == 0
        return page.stat().st_ino  # files are replaced, never written over

    first = written()
    assert written() == first
    stored(tmp_path, perfect(), half())
    second = written()
    assert second != first
    page.write_text(page.read_text().replace('data-made-from="', 'data-made-from="0'))
    assert written() != second


def test_against_says_whose_score_changed_and_by_which_check(tmp_path: Path) -> None:
    """In the terminal and in the report."""
    old = stored(tmp_path / "old", record(check("a.b"), student="eve"), perfect(), record(student="zoe"))
    new = stored(tmp_path / "new", record(check("a.b", "failed"), student="eve"), perfect(), record(student="new"))
    done = CliRunner().invoke(app, ["report", "lab1", "--results", str(new), "--against", str(old)])
    section = parse((new / LAB / "report.html").read_text()).labelled("changes").text

    assert done.exit_code == 0, done.output
    text = " ".join(done.output.split())
    assert "1 of 2 compared, 1 new, 1 no longer there." in text
    assert "eve: 2 / 2, now 0 / 2 (Title of a.b: passed (2), now failed (0))" in text
    assert "2 submissions compared, 1 changed, 1 new, 1 no longer there: zoe." in section


def test_the_short_form_names_what_matters() -> None:
    """Scores, what fails most, mistakes, accuracies, who needs a person."""
    text = printed(*mixed())

    assert "6 submissions: 4 graded, 1 rejected, 1 our fault." in text
    assert "Failed most:\n  100 %  Forget gate at -1" in text
    assert "1  forget gate and input gate swapped (in lstm_step)" in text
    assert "Accuracies below their threshold:\n  1 of 2  first_10" in text
    assert "Not graded, and the fault is ours:\n  jan: the disk is full" in text
    assert "The same code up to names and layout:\n  2  eve, fay" in text


def test_the_short_form_is_short() -> None:
    """Five lines of a list, and how many more there are."""
    late = [half() for _ in range(30)]

    assert "... and 25 more, in report.html" in printed(*late)
    assert len(printed(*late).splitlines()) < 30


def test_hostile_texts_reach_no_terminal_command() -> None:
    """No control character, and no markup of rich's."""
    text = printed(hostile(), hostile())

    assert "\x1b" not in text
    assert "[bold red]" in text


def test_no_results_is_said(tmp_path: Path) -> None:
    """With what to do."""
    done = CliRunner().invoke(app, ["report", "--results", str(tmp_path)])

    assert isinstance(done.exception, UsageError)
    assert "run `autograder grade` first" in str(done.exception)


@pytest.mark.parametrize("what", ["missing", "broken"])
def test_an_old_folder_without_records_is_said(what: str, tmp_path: Path) -> None:
    """Rather than comparing with nothing."""
    new = stored(tmp_path / "new", perfect())
    if what == "broken":
        (stored(tmp_path / "old") / LAB / "ada.json").write_text("{")
    done = CliRunner().invoke(app, ["report", "--results", str(new), "--against", str(tmp_path / "old")])

    assert isinstance(done.exception, UsageError)
    assert ("no results for" if what == "missing" else "is no record") in str(done.exception)


def test_a_record_under_another_s_name_is_said(tmp_path: Path) -> None:
    """Copied by hand, it would count twice."""
    results = stored(tmp_path, perfect())
    shutil.copy(results / LAB / "ada.json", results / LAB / "kim.json")
    done = CliRunner().invoke(app, ["report", "--results", str(results)])

    assert isinstance(done.exception, UsageError)
    assert "is the record of ada" in str(done.exception)


def test_the_sample_class_knows_where_mistakes_are_explained(sample_results: Path) -> None:
    """Every check that failed for a reason of its own points to a section of the notebook; no other does."""
    for path in (sample_results / LAB).glob("*.json"):
        for one in from_json(path.read_bytes()).checks:
            assert (one.lesson is not None) is (one.status not in {"passed", "skipped"})
            assert one.lesson is None or one.lesson.startswith("“Task ")


def test_the_sample_class_has_hashes_of_code(sample_results: Path) -> None:
    """Who changed nothing has none, and is not taken for a copy of the others who changed nothing."""
    records = {path.stem: from_json(path.read_bytes()) for path in (sample_results / LAB).glob("*.json")}

    assert len(records["ada"].code_hash) == 64
    assert records["ada"].code_tokens > 100
    assert records["ito"].code_hash == "", "ito's notebook is the released one: copy it from assignments/ again"
