"""Lab 4's judges: nobody is accused, and nothing that a student returns raises in a suite."""

from __future__ import annotations

import ast
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from judged import HereStudent

from autograder.authoring.mutants.mutate import mutants
from autograder.course.assignment import read_assignment
from autograder.course.settings import find_course
from autograder.suite.catalogue import Mistake
from autograder.suite.diagnosis import Recogniser, Solution
from autograder.suite.failures import StudentFailure
from autograder.suite.loading import import_suite
from autograder.suite.quantities import agree, outcome
from autograder.suite.reference import Reference
from autograder.suite.stages import CheckFailed

if TYPE_CHECKING:
    from autograder.suite.judge import Judge

COURSE = find_course(Path(__file__).parent)
LAB = read_assignment(COURSE, "lab4_memory_task")
SUITE = import_suite(LAB.suite)
REFERENCE = Reference(LAB)
JUDGES = ["dataset", "last", "sizes", "second_call", "other_label", "gru", "lstm", "trained", "other_numbers", "looks"]


def rows_of(judge: Judge, seed: int) -> list[Any]:
    """What a submission is asked."""
    import numpy as np

    return judge.trial_rows(np.random.default_rng(seed))


@pytest.mark.parametrize("name", JUDGES)
@pytest.mark.parametrize("count", [6, pytest.param(400, marks=pytest.mark.full)])
def test_no_slip_outside_of_the_catalogue_gets_a_false_name(name: str, count: int) -> None:
    """Small changes of the solution: a mistake that is named gives the same answers on rows that were not asked."""
    judge: Judge = getattr(SUITE, name)
    solution = REFERENCE.program(judge)
    slips = list(mutants(judge.function, REFERENCE.answer(judge.function)))
    random.Random(count).shuffle(slips)
    for slip in slips[:count]:
        program = REFERENCE.program(judge, Mistake(name="slip", says="", next="", instead=slip.source))
        asked, fresh = rows_of(judge, 1), rows_of(judge, 2)
        got = [outcome(judge, program, row, {}) for row in asked]
        if not all(isinstance(answer, dict) for answer in got):
            continue
        recogniser = Recogniser(judge, asked, [answer for answer in got if isinstance(answer, dict)])
        found = recogniser.judge([Solution(solution)])
        recogniser.explain(found, REFERENCE.mistakes(judge), [Solution(solution)])
        for key, several in found.mistakes.items():
            for entry in several:
                named = REFERENCE.program(judge, entry)
                for row in fresh:
                    mine, theirs = outcome(judge, program, row, {}), outcome(judge, named, row, {})
                    if not isinstance(mine, dict) or not isinstance(theirs, dict):
                        assert mine == theirs, (slip.change, entry.name)
                    else:
                        assert agree(judge, mine[key], theirs[key]), (slip.change, entry.name, key)


ODD = ["None", "'a'", "[]", "{}", "[None]", "[[], []]", "(1, 2)", "object()", "float('nan')", "[{}]", "torch.zeros(0)"]
ODD += [
    "(torch.zeros(1), torch.zeros(1))",
    "torch.tensor(float('nan'))",
    "[{'epoch': 'a', 'loss': None, 'acc': []}] * 4",
]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["dataset", "sizes", "second_call", "other_label", "share"])
def test_no_answer_raises_in_a_suite(name: str, odd: str) -> None:
    """Whatever comes back, the check fails with words for it."""
    judge: Judge = getattr(SUITE, name)
    names: dict[str, Any] = {"torch": __import__("torch")}
    exec(f"def {judge.function}(*args, **kwargs):\n    return {odd}", names)
    student: Any = HereStudent({judge.function: names[judge.function]})
    student.make = lambda *_args, **_kwargs: None

    with pytest.raises((CheckFailed, StudentFailure)) as failed:
        judge.right(student, REFERENCE)
    assert getattr(failed.value, "message", "")


def test_every_entry_of_the_catalogue_is_code() -> None:
    """Each finds its place, once, and changes the answer."""
    for function, entries in REFERENCE.catalogue.items():
        for entry in entries:
            source = entry.source(REFERENCE.answer(function))

            assert ast.dump(ast.parse(source)) != ast.dump(ast.parse(REFERENCE.answer(function))), entry.name
