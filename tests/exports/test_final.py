"""The one result that every export writes."""

from __future__ import annotations

import json

import pytest
from results_kit import ON_TIME, TEN_A_DAY, hostile, made, one_day_late, result
from validators import coursera, grades, gradescope, prairielearn

from autograder.export import services
from autograder.export.csv import grades_csv
from autograder.export.final_score import Marks, final
from autograder.record import Late


@pytest.mark.parametrize("score", [0.0, 1 / 3, 6.666666666666667, 7.005, 10.0])
def test_the_same_score_in_every_format(score: float) -> None:
    """One third is 0.33 everywhere; shares are shares of that."""
    one = result(score=score)
    row = grades(grades_csv([one]))["ada"]

    assert one.score == float(row["score"]) == gradescope(services.gradescope(one), 10.0)
    assert prairielearn(services.prairielearn(one)) == coursera(services.coursera(one))
    assert coursera(services.coursera(one)) * 10 == pytest.approx(one.score)


def test_marks_count_before_the_penalty() -> None:
    """Ten percent are taken off the automatic and the hand-given points together."""
    one = result(marks=Marks({"exercise1_written": 2.5}), late=one_day_late(), policy=TEN_A_DAY)

    assert (one.manual, one.penalty, one.score, one.max_score) == (2.5, 1.0, 9.0, 14.0)


def test_without_marks_the_maximum_is_the_automatic_one() -> None:
    """Nobody loses points for what nobody has marked."""
    assert (result().score, result().max_score) == (7.5, 10.0)


def test_what_people_changed_in_automatic_points_counts() -> None:
    """A point that a person gave for a check, too."""
    assert result(marks=Marks({}, changes=1.5)).score == 9.0


def test_a_penalty_takes_no_more_than_there_is() -> None:
    """Never below zero."""
    assert result(late=Late(seconds=10**7, penalty=7.5), policy=TEN_A_DAY).score == 0.0


def test_a_fault_of_ours_has_no_score() -> None:
    """Not even a zero, in our own table either."""
    one = final(made(score=None), Marks({"exercise1_written": 4.0}), ON_TIME)
    row = grades(grades_csv([one]))["ada"]

    assert one.score is None
    assert (row["status"], row["score"], row["automatic"], row["manual"]) == ("grader_error", "", "", "")


def test_our_table_is_inert() -> None:
    """Formulas in names and titles are text."""
    assert len(grades(grades_csv([hostile(), result()]))) == 2


def test_a_perfect_score_is_a_share_of_one_and_no_more() -> None:
    """Extra points don't make a share that a service refuses."""
    one = result(score=10.0, marks=Marks({"exercise1_written": 9.0}))

    assert json.loads(services.coursera(one))["fractionalScore"] == 1.0
