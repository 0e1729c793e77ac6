"""The recogniser: right by own values, follows, rounded, named, ambiguous, unknown; and nobody is accused."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from autograder.authoring.random_slips import try_slips
from autograder.course.assignment import read_assignment
from autograder.course.settings import find_course
from autograder.suite.diagnosis import Recogniser
from autograder.suite.findings import Diagnosis, Solution
from autograder.suite.loading import import_suite
from autograder.suite.quantities import outcome
from autograder.suite.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.suite.judge import Judge

COURSE = find_course(Path(__file__).parent)
STEPS = ["lab1_scalar_lstm", "lab2_scalar_gru"]
LSTM, GRU = STEPS


@functools.cache
def lab(name: str) -> tuple[Judge, Reference]:
    """The judge of a lab's step, and the reference."""
    assignment = read_assignment(COURSE, name)
    return import_suite(assignment.suite).step, Reference(assignment)


def diagnosed(name: str, **changed: str) -> Diagnosis:
    """What is found in the solution's numbers where assignments are `changed`."""
    return diagnosed_by(name, lambda answer: answer, **changed)


def diagnosed_by(name: str, then: Any, **changed: str) -> Diagnosis:
    """The same, with each answer put through `then`."""
    judge, reference = lab(name)
    slip = reference.catalogue[judge.function][0].__class__(name="slip", says="", next="", set=changed)
    program, solution = reference.program(judge, slip if changed else None), Solution(reference.program(judge))
    rows = judge.trial_rows(np.random.default_rng(7))
    got = [then(outcome(judge, program, row, {})) for row in rows]
    recogniser = Recogniser(judge, rows, got)
    found = recogniser.judge([solution])
    recogniser.explain(found, reference.mistakes(judge), [solution])
    return found


def map_values(change: Callable[[float], float], answer: dict[str, float]) -> dict[str, float]:
    """The answer with each of its numbers changed."""
    return {key: change(value) for key, value in answer.items()}


def names(found: Diagnosis) -> dict[str, list[str]]:
    """The mistakes by quantity."""
    return {key: [mistake.name for mistake in several] for key, several in found.mistakes.items()}


def test_solution_is_right_in_all() -> None:
    """Every quantity, and nothing doubtful."""
    found = diagnosed(GRU)

    assert (found.right, found.doubtful) == (set(lab(GRU)[0].keys), [])


def test_what_follows_from_an_own_value_is_right() -> None:
    """A wrong reset gate is one mistake: candidate and state are what the formulas make of it."""
    found = diagnosed(GRU, reset_gate="np.tanh(reset_logit)")

    assert found.right == {"update_gate", "h_candidate", "h_t"}
    assert names(found) == {"reset_gate": ["tanh for the gates"]}


def test_what_follows_from_a_constant_earns_nothing() -> None:
    """An own value that never changes can't show that the rest is right."""
    found = diagnosed(GRU, reset_gate="0.5")

    assert found.follows == {"h_candidate": "reset_gate"}
    assert "reset_gate" in found.constant
    assert found.right == {"update_gate", "h_t"}


def test_two_slips_are_both_named() -> None:
    """Each quantity is explained by itself."""
    found = diagnosed(GRU, h_candidate="x_t + reset_gate * h_prev", h_t="update_gate * h_candidate")

    assert names(found) == {"h_candidate": ["candidate without tanh"], "h_t": ["new part only"]}


def test_slip_behind_a_switch_is_named() -> None:
    """A gate that is 0 or 1 earns nothing for what follows, but tells one mistake behind it from another."""
    found = diagnosed(LSTM, input_gate="float(input_logit > 0)", c_t="(1 - input_gate) * c_prev")

    assert names(found) == {"input_gate": ["a switch for a gate"], "c_t": ["other gates in c_t"]}


def test_rare_mistake_is_not_said_beside_another_one() -> None:
    """With two gates alike, o · c_t and i · c_t are the same numbers."""
    alike = diagnosed(LSTM, output_gate="sigmoid(input_logit)", h_t="output_gate * c_t")
    alone = diagnosed(LSTM, h_t="input_gate * c_t")

    assert names(alike)["h_t"] == ["h_t without tanh"]
    assert names(alone)["h_t"] == ["another product in h_t"]


def test_mistake_that_changes_two_quantities_explains_both() -> None:
    """Swapped logits are one mistake, not two."""
    found = diagnosed(LSTM, forget_gate="sigmoid(input_logit)", input_gate="sigmoid(forget_logit)")

    assert set(names(found)) == {"forget_gate", "input_gate"}
    assert all(named == ["forget and input logit swapped"] for named in names(found).values())


def test_unknown_slip_is_not_named() -> None:
    """The quantity is known to be wrong, and that is all that is said."""
    found = diagnosed(LSTM, h_t="output_gate * np.cos(c_t + 0.3)")

    assert (found.wrong(lab(LSTM)[0].keys), names(found)) == (["h_t"], {})


@pytest.mark.parametrize("digits", [1, 3, 5])
def test_rounding_is_not_wrong(digits: int) -> None:
    """All six numbers rounded are six right numbers that lack digits."""
    found = diagnosed_by(LSTM, lambda answer: {key: round(value, digits) for key, value in answer.items()})

    assert found.rounded == set(lab(LSTM)[0].keys)
    assert not found.wrong(lab(LSTM)[0].keys)


@pytest.mark.parametrize("digits", [2, 4])
def test_slip_is_named_under_rounding(digits: int) -> None:
    """The slip, once; what follows from it is right but for its digits."""
    cut = functools.partial(map_values, lambda value: round(value, digits))
    found = diagnosed_by(GRU, cut, h_candidate="np.tanh(reset_gate * x_t + h_prev)")

    assert names(found) == {"h_candidate": ["reset gate on the input"]}
    assert found.cut == {"h_candidate"}
    assert found.rounded == {"update_gate", "reset_gate", "h_t"}


def test_one_digit_tells_no_slip() -> None:
    """So few digits would fit too many."""
    cut = functools.partial(map_values, lambda value: round(value, 1))
    found = diagnosed_by(GRU, cut, h_candidate="np.tanh(reset_gate * x_t + h_prev)")

    assert (names(found), found.cut) == ({}, set())


def test_unknown_slip_is_not_named_under_rounding() -> None:
    """What no mistake gives before rounding, none gives after it."""
    found = diagnosed_by(LSTM, functools.partial(map_values, lambda value: round(value, 2)), h_t="np.cos(c_t + 0.3)")

    assert (found.wrong(lab(LSTM)[0].keys), names(found)) == (["h_t"], {})


def test_numbers_of_the_lab_are_constant() -> None:
    """What is typed in is wrong, and known for what it is; no digit of it counts as rounded."""
    judge, reference = lab(LSTM)
    typed = outcome(judge, reference.program(judge), judge.trial_rows(np.random.default_rng(7))[0], {})
    found = diagnosed_by(LSTM, lambda _answer: typed)

    assert {"forget_gate", "input_gate", "output_gate", "c_tilde"} <= found.constant
    assert not found.right | found.rounded


def test_numbers_typed_in_accuse_nobody() -> None:
    """Constants can be made to fit many a mistake; none is named, neither for them nor for what follows."""
    judge, reference = lab(LSTM)
    solution, rows = reference.program(judge), judge.trial_rows(np.random.default_rng(7))
    typed = outcome(judge, solution, rows[0], {})
    assert isinstance(typed, dict)
    found = diagnosed_by(LSTM, lambda answer: {**typed, "forget_gate": answer["forget_gate"]})

    assert found.right == {"forget_gate"}
    assert names(found) == {}


@pytest.mark.parametrize("name", STEPS)
def test_entries_differ_on_the_rows_that_are_asked(name: str) -> None:
    """Every entry changes something; no two with other words, or told by the text, change the same to the same."""
    judge, reference = lab(name)
    rows = judge.trial_rows(np.random.default_rng(3))
    seen: dict[tuple[object, ...], str] = {}
    for entry, program, touched in reference.mistakes(judge):
        outcomes = [outcome(judge, program, row, {}) for row in rows]
        assert touched or not isinstance(outcomes[0], dict), entry.name
        rounded = tuple(
            tuple((key, round(value, 6) if isinstance(value := answer[key], float) else value) for key in judge.keys)
            if isinstance(answer, dict)
            else answer
            for answer in outcomes
        )
        assert entry.written or seen.setdefault(rounded, entry.says) == entry.says


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("count", [200, pytest.param(4000, marks=pytest.mark.full)])
def test_no_slip_outside_of_the_catalogue_is_accused(name: str, count: int) -> None:
    """Random expressions: no name that doesn't give the same numbers, and no other quantity is charged."""
    found = try_slips(*lab(name), count)

    assert found.tried == count
    assert (found.false_names, found.others_charged) == ([], [])


@pytest.mark.parametrize(
    ("name", "key", "changed"),
    [
        (LSTM, "input_gate", "float(input_logit > 0)"),
        (LSTM, "forget_gate", "min(1.0, max(0.0, forget_logit))"),
        (LSTM, "c_tilde", "np.sign(candidate_logit)"),
        (GRU, "update_gate", "float(update_logit > 0)"),
        (GRU, "reset_gate", "min(1.0, max(0.0, reset_logit))"),
    ],
)
@pytest.mark.parametrize("count", [20, pytest.param(400, marks=pytest.mark.full)])
def test_no_slip_behind_few_values_is_accused(name: str, key: str, changed: str, count: int) -> None:
    """A quantity that takes few values lets formulas look alike; still no random slip behind it gets a false name."""
    found = try_slips(*lab(name), count, behind={key: changed})

    assert found.tried == count
    assert (found.false_names, found.others_charged) == ([], [])
