"""The JSON of the services that run autograders."""

from __future__ import annotations

import json

import pytest
from results_kit import TEN_A_DAY, hostile, made, one_day_late, rejected, result
from validators import coursera, gradescope, prairielearn, texts

from autograder.export import services
from autograder.export.final_score import Marks, final
from autograder.record import Check, CheckStatus

RENDERERS = (services.prairielearn, services.coursera, services.gradescope)


def test_prairielearn_scores_a_share() -> None:
    """7.5 of 10, with the points of every check."""
    found = json.loads(data := services.prairielearn(result()))

    assert prairielearn(data) == 0.75
    assert found["gradable"] is True
    assert [(test["points"], test["max_points"]) for test in found["tests"]] == [(7.5, 8.0), (0.0, 2.0)]
    assert found["tests"][1]["output"].startswith("happened: The value is that of a swapped mix.\nlooks like: swapped")


def test_prairielearn_takes_no_attempt_for_what_can_not_be_read() -> None:
    """A rejected submission is not gradable, and the reason is its format error."""
    found = json.loads(data := services.prairielearn(rejected()))

    assert prairielearn(data) == 0.0
    assert (found["gradable"], found["format_errors"]) == (False, ["There is no lab1.ipynb."])


def test_prairielearn_counts_marks_given_by_hand_as_a_test() -> None:
    """With its points and its maximum, or the display by test would be off for all."""
    found = json.loads(services.prairielearn(result(marks=Marks({"exercise1_written": 3.0}))))

    assert found["score"] == 0.75
    assert found["tests"][-1] == {"name": "Marks given by hand", "points": 3.0, "max_points": 4.0, "message": ""}


def test_prairielearn_stays_under_its_limit() -> None:
    """Two thousand checks with long messages: details go, points stay."""
    record = made()
    long = Check(
        id="a.x", cell="a", title="x", status=CheckStatus.FAILED, points=0.0, max_points=0.0, message="é" * 2000
    )
    record.checks = [long] * 2000

    assert prairielearn(services.prairielearn(final(record, None, TEN_A_DAY))) == 0.75


def test_coursera_has_a_share_and_a_text() -> None:
    """And nothing else."""
    found = json.loads(data := services.coursera(result()))

    assert coursera(data) == 0.75
    assert found["feedback"].startswith("7.5 of 10 points.\n1 of 2 checks passed.\nLook at this first: Second\n")


def test_gradescope_shows_every_check_and_the_score_after_the_penalty() -> None:
    """The top score overrides the sum of the tests, which is before the penalty."""
    found = json.loads(data := services.gradescope(result(late=one_day_late(), policy=TEN_A_DAY)))

    assert gradescope(data, 10.0) == 6.75
    assert [test["status"] for test in found["tests"]] == ["passed", "failed"]
    assert "Handed in 20 h late: 0.75 points are taken off." in found["output"]


def test_gradescope_keeps_the_maximum_for_what_was_rejected() -> None:
    """The tests still add up to the assignment's points."""
    assert gradescope(services.gradescope(rejected()), 10.0) == 0.0


@pytest.mark.parametrize("render", RENDERERS)
def test_hostile_texts_come_out_inert(render: services.Renderer) -> None:
    """No tag, no control character, no half character, and valid JSON of UTF-8."""
    data = render(hostile())
    if render is services.gradescope:
        assert gradescope(data, 10.0) == 3.0
    else:
        assert (prairielearn if render is services.prairielearn else coursera)(data) == 0.3
    assert b"alert(1)" in data


@pytest.mark.parametrize("render", RENDERERS)
def test_what_is_for_staff_stays_with_staff(render: services.Renderer) -> None:
    """Assertion texts of a suite and our own faults are in no text that a student may see."""
    assert not [text for text in texts(json.loads(render(result()))) if "STAFF" in text]
