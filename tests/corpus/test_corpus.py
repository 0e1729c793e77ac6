"""The corpus through the whole grader: no correct submission loses a point, every wrong one its own points.

`make test` runs a seventh of it, another one each day; `make full` runs all. `TEST_DAY=2026-11-22` runs that day's.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from harness import DAYS, LONG, Case, build, complaints, is_told, read_cases
from rotating import DAY

from autograder.course.settings import find_course
from autograder.grading.grader import Grader

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent
CASES = read_cases(FOLDER)
LABS = sorted({case.lab for case in CASES})


@pytest.fixture(scope="session")
def grader() -> Iterator[Grader]:
    """One warm grader for all files."""
    with Grader(find_course(FOLDER)) as warm:
        yield warm


@pytest.fixture(scope="session")
def tally(request: pytest.FixtureRequest) -> Iterator[Counter[tuple[str, bool]]]:
    """Wrong submissions by lab and by whether they were told their mistake, as their file says."""
    counts: Counter[tuple[str, bool]] = Counter()
    yield counts
    if not request.config.getoption("--full"):
        return
    plugins = request.config.pluginmanager
    reporter, capture = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")
    assert reporter is not None
    assert capture is not None
    with capture.global_and_fixture_disabled():
        for lab in sorted({lab for lab, _ in counts}):
            told, of = counts[lab, True], counts[lab, True] + counts[lab, False]
            reporter.write_line(f"\n{lab}: {told} of {of} wrong submissions are told their mistake ({told / of:.1%})")


def cases() -> list[object]:
    """Every file as a parameter; those that are not in the day's seventh, or long, are marked `full`."""
    today = {case.label for case in CASES if case.turn(DAY)} - LONG
    return [pytest.param(case, id=case.label, marks=() if case.label in today else pytest.mark.full) for case in CASES]


@pytest.mark.parametrize("case", cases())
def test_file(case: Case, grader: Grader, tally: Counter[tuple[str, bool]], tmp_path: Path) -> None:
    """A correct submission gets full marks; a wrong one loses points at its function and is told its mistake."""
    file = tmp_path / f"{case.lab}.ipynb"
    file.write_text(json.dumps(build(case, grader.course)), encoding="utf-8")
    record = grader.grade_file(file, "corpus", case.lab)

    wrong_about_it = complaints(case, record)
    if case.sort == "wrong":
        tally[case.lab, is_told(case) and not wrong_about_it] += 1

    if wrong_about_it:
        pytest.fail("\n".join([f"{case.path}: {case.title}", *wrong_about_it]), pytrace=False)


@pytest.mark.parametrize("lab", LABS)
def test_enough_of_each_sort(lab: str) -> None:
    """A lab has at least 12 correct and 20 wrong ones, and 95 % of the wrong ones are told their mistake."""
    wrong = [case for case in CASES if case.lab == lab and case.sort == "wrong"]

    assert sum(case.lab == lab and case.sort == "correct" for case in CASES) >= 12
    assert len(wrong) >= 20
    assert sum(map(is_told, wrong)) >= 0.95 * len(wrong)


def test_each_file_has_its_day() -> None:
    """Each file has its turn once in `DAYS`, so that no file is left out for long."""
    days = [DAY + dt.timedelta(days=number) for number in range(DAYS)]

    assert all(sum(case.turn(day) for day in days) == 1 for case in CASES)
