"""The corpus's own reader: what a file must say, how it becomes a notebook, when a record is as the file says."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import Case, CorpusError, build, complaints, read_case

from autograder.course.settings import find_course
from autograder.record import Check, CheckStatus, Record, Status, SubmissionFile

COURSE = find_course(Path(__file__).parent)
LAB = "lab2_scalar_gru"
HEADER = "Swaps the mix.\n\ncell: gru_step\nmistake: swapped mix\n"


def case_of(folder: Path, header: str, body: str = "gru_step = dict\n", *, sort: str = "wrong") -> Case:
    """A file of the corpus, written and read."""
    path = folder / LAB / sort / "some.py"
    path.parent.mkdir(parents=True)
    path.write_text(f'"""{header}"""\n{body}', encoding="utf-8")
    return read_case(path)


def record_of(*checks: tuple[str, CheckStatus, str | None]) -> Record:
    """A record with checks of one point: cell, status, mistake (of a skipped one, the cause)."""
    rows = []
    for cell, status, word in checks:
        points, skipped = float(status is CheckStatus.PASSED), status is CheckStatus.SKIPPED
        check = Check(id=f"{cell}.values", cell=cell, title="t", status=status, points=points, max_points=1.0)
        check.cause, check.mistake = (word, None) if skipped else (None, word)
        rows.append(check)
    score = sum(check.points for check in rows)
    return Record(
        assignment=LAB,
        student="corpus",
        status=Status.GRADED,
        submission=SubmissionFile(path="x"),
        score=score,
        max_score=float(len(rows)),
        checks=rows,
    )


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ("Swaps the mix.\n\nmistake: swapped mix\n", "lacks `cell: …`"),
        ("Swaps the mix.\n\ncell: gru_step\n", "lacks `mistake: …`"),
        (HEADER + "points: 3\n", "'points: 3' is no line of a header"),
        (HEADER + "cell: gru_step\n", "'cell: gru_step' is no line of a header"),
        (HEADER + "message:\n", "'message:' is no line of a header"),
        (HEADER + "and then some words\n", "'and then some words' is no line of a header"),
        (HEADER + "status: wrong\n", "there is no status 'wrong'"),
    ],
)
def test_malformed_header_is_rejected(tmp_path: Path, header: str, fault: str) -> None:
    """A header that lacks a line, repeats one, or holds one that is not known is an error that says so."""
    with pytest.raises(CorpusError, match=fault):
        case_of(tmp_path, header)


def test_correct_file_names_no_mistake(tmp_path: Path) -> None:
    """A correct file with a wrong one's lines is in the wrong folder."""
    with pytest.raises(CorpusError, match="'cell: gru_step' is no line of a header"):
        case_of(tmp_path, HEADER, sort="correct")


@pytest.mark.parametrize("text", ["", "gru_step = dict\n", "'''Single quotes.'''\ngru_step = dict\n"])
def test_docstring_comes_first(tmp_path: Path, text: str) -> None:
    """A file without a docstring in front has no header."""
    path = tmp_path / LAB / "correct" / "some.py"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CorpusError, match="begin with a docstring"):
        read_case(path)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("def sigmoid(x):\n    return x\n", "it defines none of gru_step"),
        ("gru_step: object = dict\ngru_step = dict\n", "define gru_step by def, class"),
        ("# %% behind\ngru_step = dict\n", "says neither front nor end"),
        ("# %% answer lstm_step\nlstm_step = dict\n", "says neither front nor end"),
    ],
)
def test_body_that_would_be_lost_is_rejected(tmp_path: Path, body: str, fault: str) -> None:
    """What the solution's own cell would override, and cells at unknown places, are errors."""
    with pytest.raises(CorpusError, match=fault):
        build(case_of(tmp_path, HEADER, body), COURSE)


def test_unknown_cell_is_rejected(tmp_path: Path) -> None:
    """The graded function that a header names must be one."""
    with pytest.raises(CorpusError, match="grades no 'lstm_step', only gru_step"):
        build(case_of(tmp_path, HEADER.replace("gru_step", "lstm_step")), COURSE)


def test_answer_is_replaced_and_helper_goes_in_front(tmp_path: Path) -> None:
    """The notebook has the helper first and the new answer where the solution's was."""
    case = case_of(tmp_path, HEADER, "import math\n\n\ndef gru_step(*numbers):\n    return math.nan\n")

    cells = build(case, COURSE)["cells"]

    assert cells[0]["source"] == "import math\n"
    answers = [cell["source"] for cell in cells if cell.get("id") == "gru_step_answer"]
    assert answers == ["def gru_step(*numbers):\n    return math.nan\n"]


def test_stub_is_the_released_one(tmp_path: Path) -> None:
    """`stub:` puts the released cell in, not the solution."""
    case = case_of(tmp_path, HEADER + "stub: gru_step\n", "")

    (answer,) = [cell for cell in build(case, COURSE)["cells"] if cell["id"] == "gru_step_answer"]

    assert "raise NotImplementedError" in "".join(answer["source"])
    assert "SOLUTION" not in "".join(answer["source"])


PASSED, FAILED, SKIPPED = CheckStatus.PASSED, CheckStatus.FAILED, CheckStatus.SKIPPED


@pytest.mark.parametrize(
    ("checks", "complaint"),
    [
        ([("gru_step", PASSED, None)], "no check failed"),
        ([("gru_step", FAILED, None)], "the mistake should be swapped mix, but is None"),
        ([("gru_step", FAILED, "old state for h_t")], "the mistake should be swapped mix"),
        ([("gru_step", FAILED, "swapped mix"), ("other", FAILED, None)], "points are lost at other.values"),
        ([("gru_step", FAILED, "swapped mix"), ("other", SKIPPED, "third.values")], "skipped under third.values"),
        ([("gru_step", CheckStatus.ERROR, "swapped mix")], "no check has the status failed"),
    ],
)
def test_record_that_differs_is_told(
    tmp_path: Path, checks: list[tuple[str, CheckStatus, str | None]], complaint: str
) -> None:
    """Points kept, lost elsewhere, another name or another status: each is a complaint."""
    assert complaint in "\n".join(complaints(case_of(tmp_path, HEADER), record_of(*checks)))


def test_record_as_the_file_says(tmp_path: Path) -> None:
    """Failed at the cell, named, the rest passed or skipped under it: nothing to complain of."""
    record = record_of(
        ("gru_step", FAILED, "swapped mix"), ("other", SKIPPED, "gru_step.values"), ("third", PASSED, None)
    )

    assert complaints(case_of(tmp_path, HEADER), record) == []


def test_correct_file_wants_full_marks(tmp_path: Path) -> None:
    """One point short of full marks is a complaint."""
    record = record_of(("gru_step", FAILED, None), ("gru_step", PASSED, None))

    assert "1.0 of 2.0 points" in complaints(case_of(tmp_path, "As asked.", sort="correct"), record)
