"""`calibrate`: counts, exact intervals, going on where it stopped, and whether a table supports the thresholds."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from fake_experiment import LAB, Fake
from rich.console import Console

from autograder.authoring import calibration, calibration_runs
from autograder.authoring.calibration_runs import Counts, Table, Threshold, interval
from autograder.errors import UsageError
from autograder.suite import Outcome

if TYPE_CHECKING:
    from autograder.course.settings import Course


def run(course: Course, runs: int, *only: str) -> tuple[int, str]:
    """Calibrate; the exit code and what was printed."""
    out = io.StringIO()
    return calibration.calibrate(course, [LAB], Console(file=out, width=200), runs=runs, only=only), out.getvalue()


@pytest.mark.parametrize(
    ("hits", "runs", "low", "high"),
    [(0, 37_000, 0, 9.97e-5), (0, 30, 0, 0.1157), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1), (0, 0, 0, 1)],
)
def test_intervals_are_clopper_pearson(hits: int, runs: int, low: float, high: float) -> None:
    """Ends as in published tables of exact 95 % intervals; 37,000 runs without a failure stay below 1 in 10,000."""
    assert interval(hits, runs) == pytest.approx((low, high), abs=5e-5, rel=2e-3)


def test_counts_answer_for_any_threshold() -> None:
    """Runs that strayed from the losses never pass, whatever their accuracy."""
    counts = Counts()
    counts.add([Outcome(follows=True, accuracy=share) for share in (1.0, 0.96, 0.9)])
    counts.add([Outcome(follows=False, accuracy=1.0)])

    assert [counts.passed(threshold) for threshold in (0.9, 0.95, 0.99)] == [3, 2, 1]
    assert counts.accurate(0.95) == 3
    assert Threshold(what="", conditions={}, correct={"a": counts}).correct_fails(0.95) == (2, 4)


def test_measured_table_supports_the_thresholds(fake: Fake, course: Course) -> None:
    """Enough runs without a failure: exit code 0, and `--check` says so again without running anything."""
    assert run(course, 37_000)[0] == 0
    ran, out = fake.ran, io.StringIO()

    assert calibration.check(course, [LAB], Console(file=out, width=200)) == 0
    assert fake.ran == ran
    assert "first_30" in out.getvalue()


def test_threshold_without_experiments_is_refused(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """A threshold in course.yml that nothing can measure is no silent yes."""
    monkeypatch.setattr(calibration, "can_calibrate", lambda _course, _name: False)
    monkeypatch.setitem(course.settings.thresholds, "lab1_scalar_lstm", {"made_up": 0.9})

    with pytest.raises(UsageError, match=r"lab1_scalar_lstm.*/lab1_scalar_lstm/calibration.py"):
        calibration.check(course, [], Console(file=io.StringIO()))


def test_table_fits_a_terminal_of_80_columns(fake: Fake, course: Course) -> None:
    """Each number of the table can be read whole."""
    del fake
    run(course, 37_000)
    out = io.StringIO()
    calibration.check(course, [LAB], Console(file=out, width=80))

    assert " first_10   0.95  0 of 37,000  0 to 0.0001     0 of 400  0 to 0.0092       400" in out.getvalue()


def test_too_few_runs_are_not_enough(fake: Fake, course: Course) -> None:
    """A hundred runs without a failure still allow 3.6 % of failures, which is said with what to do."""
    del fake
    code, text = run(course, 100)

    assert code == 1
    assert "calibrate with more runs" in text


def test_measuring_goes_on_where_it_stopped(fake: Fake, course: Course) -> None:
    """Runs of the same conditions are kept: 100, then 150 asked for, are 150 and not 250."""
    run(course, 100, "first_10")
    before = fake.ran
    run(course, 150, "first_10")

    table = calibration_runs.load_table(course, LAB)
    assert table is not None
    assert table.thresholds["first_10"].correct["right"].runs == 150
    assert fake.ran - before == 50


def test_other_conditions_start_anew_and_are_told(fake: Fake, course: Course) -> None:
    """A table measured with another pool is not good for the present one."""
    run(course, 37_000)
    fake.conditions = {"epochs": 2}

    out = io.StringIO()
    assert calibration.check(course, [LAB], Console(file=out, width=200)) == 1
    assert "other conditions" in out.getvalue()
    assert calibration._begun(course, LAB, "first_10", fake).correct == {}


def test_other_versions_are_told(fake: Fake, course: Course) -> None:
    """A table measured with another torch supports nothing."""
    table = Table(assignment=LAB, versions={"torch": "1.0"})
    thresholds = course.settings.thresholds[LAB]

    assert "installed is" in calibration.unsupported(LAB, table, thresholds, dict.fromkeys(thresholds, fake))[0]


def test_stored_tables_support_the_course_and_stand_in_the_guide(course: Course) -> None:
    """What is committed: measured for these pools, epochs and versions, and good enough for course.yml."""
    out = io.StringIO()

    assert calibration.check(course, [], Console(file=out, width=80, soft_wrap=True)) == 0, out.getvalue()
    shown = "\n".join(line.rstrip() for line in out.getvalue().splitlines() if line.strip())
    assert shown in (course.root / "docs" / "instructor.md").read_text(), f"put this into docs/instructor.md:\n{shown}"
