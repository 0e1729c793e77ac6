"""Lab 4's judges: nobody is accused, and nothing that a student returns raises in a suite."""

from __future__ import annotations

import ast
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from judged import HereStudent

from autograder.authoring.mutants.mutate import mutants
from autograder.course.assignment import read_assignment
from autograder.course.settings import find_course
from autograder.suite.catalogue import Mistake
from autograder.suite.diagnosis import Recogniser
from autograder.suite.disclosure import told
from autograder.suite.failures import StudentFailure
from autograder.suite.findings import Solution
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


def classifier(answer: str) -> Mistake:
    """A GRUClassifier with other lines in its __init__."""
    return Mistake(name="other", says="", next="", old="        self.linear = nn.Linear(hidden_size, 2)", new=answer)


WEIGHTS = {
    "        self.linear = nn.Linear(hidden_size, 5)": "one GRU has the shapes (5,), (5, 8) instead of (2,), (2, 8)",
    "        self.linear = nn.Linear(hidden_size, 2)\n        self.gru = nn.GRU(3, 4)": "beside one linear layer has",
    "        linear = nn.Linear(hidden_size, 2)": "beside one GRU it holds nothing, and (2,), (2, 8) is missing",
    "        self.linear = self.gru = nn.Linear(3, 4)": "their shapes are (4,), (4, 3)",
}


@pytest.mark.parametrize("answer", WEIGHTS)
def test_layer_with_other_weights_is_told_from_the_right_one(answer: str) -> None:
    """What is there is taken out first, and only the rest is listed."""
    judge: Judge = SUITE.gru
    row = judge.trial_rows(np.random.default_rng(1))[0]
    found: Any = outcome(judge, REFERENCE.program(judge, classifier(answer)), row, {})

    assert WEIGHTS[answer] in told(judge.flaw(found, row).message, shown=True)  # type: ignore[union-attr]  # there is one


STARTS = {
    "nn.init.zeros_(self.linear.weight)": "set by `nn.init.zeros_`",
    "self.linear.weight.data.normal_(0, 0.1)": "set by `normal_`",
    "torch.manual_seed(7)": "seeds the generator, by `manual_seed`",
}


@pytest.mark.parametrize("line", STARTS)
def test_other_start_weights_are_told_by_the_text(line: str) -> None:
    """An initialisation, or a seed; where the text shows neither, nothing is said."""
    fact = SUITE.gru.general("start", [], [], f"super().__init__()\n{line}")

    assert STARTS[line] in fact.says
    assert SUITE.gru.general("start", [], [], "super().__init__()") is None


def test_state_that_is_kept_explains_the_gradients_too() -> None:
    """They are those of another first state; so the same is said, and not that they are unknown numbers."""
    judge: Judge = SUITE.gru
    kept = Mistake(
        name="kept",
        says="",
        next="",
        old="_, h = self.gru(x)",
        new="k = getattr(self, 'k', None)\n"
        "        _, h = self.gru(x, k if k is None or k.shape[1] == len(x) else None)\n"
        "        self.k = h.detach()",
    )
    rows = judge.trial_rows(np.random.default_rng(1))
    got: Any = [outcome(judge, REFERENCE.program(judge, kept), row, {}) for row in rows]
    fact = judge.general("gradients of the linear layer", rows, got, "")

    assert fact is not None
    assert fact.name == "state kept between calls"


def test_backward_that_stops_is_no_gradient_cut_off() -> None:
    """Its exception is told as it is; a graph that is not there is a cut."""
    judge: Judge = SUITE.gru
    row = judge.trial_rows(np.random.default_rng(1))[0]
    value: Any = REFERENCE.program(judge)(row, {})
    stopped = {"raised": "RuntimeError", "text": "Trying to backward through the graph a second time"}
    found = judge.read({**value, "gradients": None, "stopped": stopped}, row)
    cut = judge.read({**value, "gradients": None}, row)

    assert found["gradients of the GRU"].message == f"{stopped['raised']}: {stopped['text']}"
    assert "No gradient leads" in cut["gradients of the GRU"].message


def test_another_exception_than_the_one_asked_for_is_told() -> None:
    """Also where an answer is expected; an answer in place of an exception is another matter."""
    judge: Judge = SUITE.other_label

    assert "ends by another exception" in judge.general("refused", [], [{"refused": "IndexError"}], "").says  # type: ignore[union-attr]  # it says something
    assert judge.general("refused", [], [{"refused": "accepted"}, {"refused": "ValueError"}], "") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("def f(x):\n    raise ValueErorr(x)", "unknown exception"),
        ("def f(x):\n    raise ValueError(x)", "another exception"),
        ("class Odd(Exception): pass\ndef f(x):\n    raise Odd", "another exception"),
        ("from g import Odd\ndef f(x):\n    raise Odd", "another exception"),
    ],
)
def test_exception_that_nobody_defines_is_told(text: str, name: str) -> None:
    """A misspelt one ends by a NameError, which says nothing about the contract."""
    judge: Judge = SUITE.other_label

    assert judge.general("refused", [], [{"refused": "NameError"}], text).name == name  # type: ignore[union-attr]  # it says something


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
