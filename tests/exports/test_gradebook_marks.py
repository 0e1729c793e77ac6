"""Marks from nbgrader's gradebook, made with nbgrader's own interface."""

from __future__ import annotations

import io
import os
import shutil
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from nbgrader.api import Gradebook
from results_kit import LAB, made, rejected
from sampled import ROOT

from autograder.course.settings import find_course
from autograder.errors import UsageError
from autograder.export.formats import ExportSource, export
from autograder.export.hand_marks import marks, open_gradebook
from autograder.record import Record, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITTEN = "exercise1_written"


pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own way with sessions


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook with one graded function, one written answer and one submission, of ada."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)  # nbgrader calls alembic
        with Gradebook(f"sqlite:///{path}") as found:
            found.add_assignment(LAB)
            found.add_notebook(LAB, LAB)
            found.add_grade_cell("a", LAB, LAB, max_score=10, cell_type="code")
            found.add_grade_cell(WRITTEN, LAB, LAB, max_score=4, cell_type="markdown")
            found.add_student("ada")
            found.add_submission(LAB, "ada")
    return path


@pytest.fixture
def book(template: Path, tmp_path: Path) -> Iterator[Any]:
    """A copy of it, open."""
    with open_gradebook(Path(shutil.copy(template, tmp_path))) as found:
        yield found


def give(book: Any, cell: str, **values: Any) -> None:
    """What the formgrader does."""
    grade = book.find_grade(cell, LAB, LAB, "ada")
    for name, value in ({"needs_manual_grade": False} | values).items():
        setattr(grade, name, value)
    book.db.commit()


def test_a_mark_is_added(book: Any) -> None:
    """With its extra credit, as nbgrader adds it."""
    give(book, "a", auto_score=7.5)
    give(book, WRITTEN, manual_score=2.5, extra_credit=0.5)
    found = marks(book, made())

    assert (found.written, found.changes, found.due) == ({WRITTEN: 3.0}, 0.0, ())


def test_points_that_a_person_changed_count(book: Any) -> None:
    """A TA may give points where our checks gave none."""
    give(book, "a", auto_score=7.5, manual_score=9.0)
    give(book, WRITTEN, manual_score=0.0)

    assert marks(book, made()).changes == 1.5


@pytest.mark.parametrize("values", [{}, {"manual_score": 3.0, "needs_manual_grade": True}])
def test_what_nobody_marked_is_due(book: Any, values: dict[str, Any]) -> None:
    """No mark yet, or an answer that changed since."""
    give(book, WRITTEN, **values)

    assert marks(book, made()).due == (WRITTEN,)


def test_an_untouched_answer_is_not_due(book: Any) -> None:
    """Nbgrader gives it a zero by itself."""
    give(book, WRITTEN, auto_score=0.0)

    assert marks(book, made()) == ({WRITTEN: 0.0}, 0.0, ())


def test_a_submission_that_the_gradebook_does_not_know_is_due(book: Any) -> None:
    """Unless there was nothing to read or to mark."""
    assert marks(book, made("kim")).due == (WRITTEN,)
    assert marks(book, rejected("kim").record).due == ()


def test_who_is_not_marked_yet_is_left_out(book: Any, tmp_path: Path) -> None:
    """And named, until there is a mark or `--automatic-only`; `csv` says what there is."""
    source = ExportSource(results(tmp_path, made(score=7.5)), tmp_path / "gradebook.db")
    course = find_course(ROOT)
    early = export(course, "prairielearn", None, source, None)
    assert early.left_out == [f"ada (not marked yet: {WRITTEN})"]
    assert zipfile.ZipFile(io.BytesIO(early.data)).namelist() == []
    assert b"ada,,,lab1_scalar_lstm,graded,7.5,,0,0,7.5,10," in export(course, "csv", None, source, None).data
    alone = export(course, "csv", None, source._replace(automatic_only=True), None).data
    give(book, WRITTEN, manual_score=2.5)
    both = export(course, "csv", None, source, None).data

    assert b"ada,,,lab1_scalar_lstm,graded,7.5,,0,0,7.5,10," in alone
    assert b"ada,,,lab1_scalar_lstm,graded,7.5,2.5,0,0,10,14," in both


def results(folder: Path, record: Record) -> Path:
    """A results folder with one record."""
    (folder / "results" / LAB).mkdir(parents=True)
    (folder / "results" / LAB / f"{record.student}.json").write_bytes(to_json(record))
    return folder / "results"


def test_a_file_that_is_no_gradebook_is_named(tmp_path: Path) -> None:
    """Nbgrader would make an empty one where there is none."""
    (tmp_path / "x.db").write_text("hello, this is not a database at all " * 40)

    with pytest.raises(UsageError, match="can't be opened as nbgrader's gradebook"):
        open_gradebook(tmp_path / "x.db")
    with pytest.raises(UsageError, match="no gradebook at"):
        open_gradebook(tmp_path / "y.db")
    assert not (tmp_path / "y.db").exists()
