"""What the commands print, rendered as a plain terminal of 80 columns shows it."""

from __future__ import annotations

import re
import subprocess
import sys
from io import StringIO
from typing import TYPE_CHECKING

from builders import check, half, hostile, nothing, perfect, record
from rich.console import Console

from autograder.report.terminal import check_table, class_table

if TYPE_CHECKING:
    from rich.console import RenderableType


def printed(renderable: RenderableType, *, colour: bool = False) -> str:
    """The output, at 80 columns."""
    out = StringIO()
    console = Console(file=out, width=80, force_terminal=colour, color_system="truecolor" if colour else None)
    console.print(renderable)
    return out.getvalue()


def lines(text: str) -> list[str]:
    """Lines with their runs of blanks folded."""
    return [" ".join(line.split()) for line in text.splitlines()]


def test_check_table_shows_outcomes_then_the_first_problem_in_full() -> None:
    """Each check has its outcome in words; the problem to look at first has mistake, place and hint."""
    shown = lines(printed(check_table(half())))
    start = shown.index("Look at this first: Forget gate at -1")

    assert shown[0] == "lab1_scalar_lstm of ada: 3.5 / 12 points"
    assert "raised an error Three forget logits 0 / 2" in shown[:start]
    assert "skipped No logits at all 0 / 2" in shown[:start]
    assert "expected c_t 0.6090" in shown[start:]
    assert "got c_t 0.7573" in shown[start:]
    assert "where cell 7 (`lstm_step`), line 3" in shown[start:]
    assert "looks like forget gate and input gate swapped" in shown[start:]
    assert "next step Compare your line for `c_t` with c_t = f * c_prev + i * c_tilde." in shown[start:]


def test_check_table_names_what_was_skipped_with_a_problem() -> None:
    """Skipped checks stand under their root cause, and what remains to be known stands at the end."""
    shown = lines(printed(check_table(half())))

    assert shown.index("skipped No logits at all; A long list") > shown.index("Then: Three forget logits")
    assert shown[-4:] == [
        "Note: graded the lone `Lab1.ipynb`",
        "Handed in 2 h 10 min late, which takes 0.5 off the 4 points earned.",
        "Still to be graded by a person: exercise1_written (4 points).",
        "Isolation: landlock 6; seccomp yes; limits memory 2 GiB",
    ]


def test_check_table_of_what_could_not_be_graded() -> None:
    """Rejected and our own fault are told apart and give their reason."""
    rejected = printed(check_table(record(status="rejected", score=0.0)))
    ours = printed(check_table(record(status="grader_error", message="disk full")))

    assert "Rejected: The file is not a notebook." in rejected
    assert "0 / 10 points" in rejected
    assert "not the student's fault: disk full" in ours
    assert "- / 10 points" in ours


def test_everything_fits_eighty_columns() -> None:
    """No line is wider than the terminal, even with unbroken texts of 1 MB, and none of them floods it."""
    text = printed(check_table(hostile())) + printed(class_table([hostile(), half()]))

    assert max(map(len, text.splitlines())) <= 80
    assert len(text) < 15_000


def test_markup_and_control_codes_are_inert() -> None:
    """The markup of rich in a student's text is printed as it is, and no escape sequence gets through."""
    for table in (check_table(hostile()), class_table([hostile()])):
        text = printed(table)

        assert "[/bold" in text
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
        assert "\x1b[31m" not in printed(table, colour=True)


def test_outcomes_do_not_need_colour() -> None:
    """With and without colour the same words are printed."""
    coloured = printed(check_table(half()), colour=True)

    assert "\x1b[" in coloured
    assert {"passed", "failed", "raised", "skipped"} < set(printed(check_table(half())).split())
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == printed(check_table(half()))


def test_class_table_is_sorted_and_sums_up() -> None:
    """One row a submission by student, what to look at first beside it, and a summary that names our faults."""
    given = [
        record(check("a.a"), student="dee"),
        record(student="cy", status="grader_error", message="disk full"),
        record(student="bob", status="rejected", score=0.0),
        half(),
    ]
    shown = lines(printed(class_table(given)))
    rows = [line for line in shown if line.split(" ")[0] in {"ada", "bob", "cy", "dee"}]

    assert rows[0].startswith("ada graded 3.5 / 12 Forget gate at -1: forget gate and input gate")
    assert rows[1:] == [
        "bob rejected 0 / 10 The file is not a notebook.",
        "cy our fault - / 10 disk full",
        "dee graded 2 / 2",
    ]
    assert " ".join(shown).endswith(
        "4 submissions: 2 graded, 1 rejected, 1 our fault (a person must look). Mean of the graded: 65 % of the points."
    )


def test_class_table_of_several_assignments_has_a_part_for_each() -> None:
    """Assignments are not mixed, and each keeps the whole width."""
    shown = lines(printed(class_table([record(student=name, assignment=lab) for lab in ("y", "x") for name in "ba"])))
    order = [line.split(" ")[0] for line in shown if line.split(" ")[0] in {"x", "y", "a", "b"}]

    assert order == ["x", "a", "b", "y", "a", "b"]


def test_a_huge_class_keeps_those_that_need_a_person() -> None:
    """Beyond the cap the rows shown are our faults and rejections first, and the rest is counted."""
    given = [record(check("a.a"), student=f"s{number}") for number in range(10)]
    given += [record(student="zed", status="grader_error"), record(student="zoe", status="rejected", score=0.0)]
    text = printed(class_table(given, most_rows=3))

    assert "zed" in text
    assert "zoe" in text
    assert "... and 9 more" in text


def test_no_records_and_no_checks_are_no_crash() -> None:
    """An empty class and an empty suite print something sensible."""
    assert "0 submissions." in printed(class_table([]))
    assert "0 / 10 points" in printed(check_table(record()))
    assert "Look at" not in printed(check_table(perfect()))


def test_students_see_no_staff_text() -> None:
    """Assertion text and tracebacks are not printed."""
    assert "AssertionError" not in printed(check_table(half()))
    assert "STAFF" not in printed(check_table(hostile())) + printed(class_table([nothing(), hostile()]))


def test_rich_is_not_imported_until_something_is_printed() -> None:
    """`autograder --help` may import the module without paying for rich and jinja2."""
    code = (
        "import sys, autograder.report.terminal, autograder.report.student_page, autograder.report.score_table\n"
        "sys.exit(sorted({'rich', 'jinja2', 'markupsafe'} & set(sys.modules)) or 0)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
