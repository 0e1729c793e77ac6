"""What is told where numbers alone don't tell it: by the student's own text, by all answers together, or as unknown."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from judged import TextReference, verdict

from autograder.suite import LibraryModule, Row, array, array_of, dict_of_numbers, history, number, numbers
from autograder.suite.diagnosis import Recogniser
from autograder.suite.disclosure import told
from autograder.suite.findings import Solution
from autograder.suite.guesses import NOT_KNOWN
from autograder.suite.judges import beyond_one
from autograder.suite.quantities import outcome

SHARE = "def share(x, y):\n    return x / (1 + y)\n"
SHARES = TextReference(
    SHARE,
    "{mistake: inverted, says: 'It is turned round.', next: n, in: x / (1 + y), is: (1 + y) / x}",
    "{mistake: by sum, says: 'Python adds last.', next: n, in: x / (1 + y), is: y + x, written: '\\bsum\\('}",
    "{mistake: plain, says: 'It is a sum.', next: n, in: x / (1 + y), is: x + y}",
    "{mistake: squared, says: 'It is squared.', next: n, in: x / (1 + y), is: x ** 2, written: pow, run: false}",
)
share = number("share", visible=[(1.0, 3.0), (3.0, 1.0)], hidden=[(0.5, -0.3), (-2.0, 4.5), (0.7, 0.9)])


@pytest.mark.parametrize(
    ("line", "name", "says"),
    [
        ("return (1 + y) / x", "inverted", "It is turned round."),
        ("return x + y", "plain", "It is a sum."),
        ("return sum([x, y])", "by sum", "Python adds last."),
        ("return pow(x, 3)", "squared", "It is squared."),
        ("# pow\n    return x * y * 7", None, NOT_KNOWN),
        ("return round(x / (1 + y) * 1.0007, 9)", "digits lost on the way", "first three digits only"),
        ("return y", "argument handed back", "is the argument `y` each time"),
        ("return int(x / (1 + y))", "whole numbers", "what stands behind the point is gone"),
        ("return 0.25", "numbers typed in", "Work it out from the function's arguments."),
        ("return 0 * x", "always the same", "make no difference"),
    ],
)
def test_words_belong_to_what_was_done(line: str, name: str | None, says: str) -> None:
    """By numbers; by numbers and text, which goes before numbers alone; by text; by none of them."""
    found = verdict(share, SHARES, f"def share(x, y):\n    {line}\n")

    assert found.mistake == name
    assert says in found.message


def test_parameters_in_another_order_are_told() -> None:
    """Calls by position mix them up; other names are another matter."""
    found = verdict(share, SHARES, "def share(y, x):\n    return x / (1 + y)\n")

    assert found.mistake == "parameters in another order"
    assert "`y` stands where the lab has `x`" in found.message
    assert found.step == "Put them in the lab's order: x, y."
    assert verdict(share, SHARES, "def share(b, a):\n    return a / (1 + b)\n").mistake is None


def test_unknown_names_what_is_made_outside() -> None:
    """It may be that, and it is true."""
    found = verdict(share, SHARES, "part = list([2.0])\ndef share(x, y):\n    return x * part[0] + y * y\n")

    assert NOT_KNOWN in found.message
    assert found.message.endswith("It uses `part`, which is made outside of it.")
    assert "inside of share" in found.step


TWICE = TextReference("def twice(xs):\n    return [2.5 * x for x in xs]\n")
twice = numbers("twice", visible=[([],), ([1.0],)], hidden=[([0.5, -0.3, 2.0],)])
COUNTS = {
    "kept = []\ndef twice(xs):\n    kept.extend(2.5 * x for x in xs)\n    return kept\n": (
        "adds its numbers to `kept`, which is made once",
        "Make `kept` inside of the function",
    ),
    "def twice(xs):\n    return [0.5] + [2.5 * x for x in xs]\n": ("should have 0 numbers", "Let the list be empty"),
    "def twice(xs):\n    return [2.5 * x for x in xs[1:]]\n": ("should have 1 number, one for each", "from the first"),
}


@pytest.mark.parametrize("source", COUNTS)
def test_count_has_its_own_step(source: str) -> None:
    """A list that grows from call to call, a number to start from, the first one skipped."""
    found = verdict(twice, TWICE, source)

    assert COUNTS[source][0] in found.message
    assert COUNTS[source][1] in found.step


def test_whole_numbers_of_a_list_are_told() -> None:
    """All of them are right but for what stands behind the point."""
    found = verdict(twice, TWICE, "def twice(xs):\n    return [float(int(2.5 * x)) for x in xs]\n")

    assert found.mistake == "whole numbers"


PARTS = TextReference(
    "def parts(x, y):\n    first = x * y\n    second = first + y\n    return {'first': first, 'second': second}\n"
)
parts = dict_of_numbers(
    "parts", keys=["first", "second"], visible=[(1.0, 3.0), (3.0, 1.5)], hidden=[(0.5, -0.3), (-2.0, 4.5)]
)


def test_copy_of_another_value_is_told() -> None:
    """It stands under two names; what is wrong by itself is not said to be a copy."""
    copied = verdict(parts, PARTS, "def parts(x, y):\n    return {'first': x * y, 'second': x * y}\n", "second")
    other = verdict(parts, PARTS, "def parts(x, y):\n    return {'first': x * y, 'second': x * y * y}\n", "second")

    assert copied.message == "`second` is the same number as your `first`, each time."
    assert NOT_KNOWN in other.message


def test_slip_is_told_with_its_rounding() -> None:
    """Both are said, and both steps."""
    found = verdict(share, SHARES, "def share(x, y):\n    return round((1 + y) / x, 3)\n")

    assert found.message == "It is turned round. Besides, the numbers are rounded."
    assert "Then take the rounding out" in found.step


PICK = "def pick(x, n):\n    return x[:n] + 1\n"
PICKS = TextReference(
    PICK,
    "{mistake: first, says: 'The first one alone.', next: n, in: 'x[:n] + 1', is: 'x[:1] + 1'}",
    "{mistake: ones, says: 'The last one alone.', next: n, in: 'x[:n] + 1', is: 'x[-1:] + 1'}",
)
pick = array(
    "pick",
    form=lambda _x, n: array_of(n),
    visible=[(torch.tensor([1.0, 2.0]), 1), (torch.tensor([1.0, 2.0, 3.0]), 3)],
    hidden=[(torch.tensor([2.0, 5.0, 3.0]), 2)],
)


def test_two_mistakes_that_end_alike_are_told_apart_by_the_answers_before() -> None:
    """Both give one number where three are wanted; the first row says which one it is, or that it is none of them."""
    first, last, none = (
        verdict(pick, PICKS, f"def pick(x, n):\n    return {what} + 1\n", form=True)
        for what in ("x[:1]", "x[-1:]", "x[:1] * 7")
    )

    assert (first.mistake, last.mistake) == ("first", "ones")
    assert none.message == "The first one alone. Or: The last one alone."


TRAIN = """
def train(model, x, epochs=4):
    entries = []
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for epoch in range(1, epochs + 1):
        loss = (model(x) ** 2).mean()
        entries.append({"epoch": epoch, "loss": loss.item()})
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return entries
"""
MODEL = LibraryModule("torch.nn.Linear", (2, 1), weights=(torch.tensor([[0.4, -0.7]]), torch.tensor([0.3])))
X = torch.tensor([[0.5, 1.0], [-1.0, 2.0], [0.3, -0.4]])
ROWS = [Row((MODEL, X), {"epochs": 3}), Row((MODEL, X + 1), {"epochs": 5})]
trained = history("train", within={"epoch": 0.0, "loss": 1e-5}, visible=ROWS[:1], hidden=ROWS[1:])


ONE_DICT = [("entries = []", "entries, e = [], {}"), ("entries.append({", "entries.append(e); e.update({")]
SOME = [("        entries.append", "        if epoch % 2:\n            entries.append")]
NONE = [("        entries.append", "        if epoch == 20:\n            entries.append")]


def answers(changes: list[tuple[str, str]]) -> list[Any]:
    """What a changed training gives at the visible row and at the hidden one."""
    answer = TRAIN
    for old, new in changes:
        assert old in answer
        answer = answer.replace(old, new)
    program = TextReference(answer).program(trained)
    return [outcome(trained, program, row, {}) for row in ROWS]


@pytest.mark.parametrize(
    ("changes", "name"),
    [(ONE_DICT, "one dict for all epochs"), (SOME, "epochs missing from the list"), ([("lr=0.1", "lr=0.2")], None)],
)
def test_history_is_told_by_its_entries(changes: list[tuple[str, str]], name: str | None) -> None:
    """All entries alike, some of them missing; other numbers alone tell nothing."""
    fact = trained.general("loss", ROWS, answers(changes), "")

    assert (fact.name if fact else None) == name


TOO_FEW = [("range(1, epochs + 1)", "range(1, epochs)")]


def test_one_entry_too_few_is_said_of_the_entries_alone() -> None:
    """The losses of the epochs that are there may be right: they are not said to be too few."""
    got = answers(TOO_FEW)

    assert "one entry fewer" in getattr(trained.general("epoch", ROWS, got, ""), "says", "")
    assert trained.general("loss", ROWS, got, "") is None


RETURNED = {
    "{'epoch': [1], 'loss': [0.5]}": "should return a list with one dict per epoch, but returned one dict of lists.",
    "{'a': {'epoch': 1}, 'b': {'epoch': 2}}": "but returned a dict of dicts.",
    "{'epoch': 1, 'loss': 0.5}": "but returned a single dict.",
    "{'a': 1}": "but returned a dict.",
    "(entries, model)": "returned more than the history",
    "[(1, 0.5)]": "An entry of the list that `train` returned should be a dict, but is a sequence of 2.",
    "[0.5]": "should be a dict, but is a number.",
    "[{'Epoch': 1, 'cost': 2.0}]": "An entry of the history lacks `epoch`, `loss`.",
    "[{'epoch': 1, 'cost': 2.0}]": "An entry of the history lacks `loss`.",
}


@pytest.mark.parametrize("returned", RETURNED)
def test_history_of_another_form_is_told_by_what_it_is(returned: str) -> None:
    """As Keras has it, a single dict, more than the history, entries of another kind, other keys."""
    found = answers([("return entries", f"return {returned}")])[0]
    message = found if isinstance(found, str) else str(trained.flaw(found, ROWS[0]))

    assert RETURNED[returned] in told(message, shown=True)


SCORES = TRAIN.replace(
    '"loss": loss.item()}', '"loss": loss.item(), "acc": (model(x) > 0).float().mean().item()}'
).replace("entries = []", "entries = []\n    y = x")
scored = history(
    "train",
    within={"epoch": 0.0, "loss": 1e-5, "acc": 1e-5},
    follows={"acc": "loss", "weights": "loss"},
    shares=["acc"],
    visible=ROWS[:1],
    hidden=ROWS[1:],
)
OF_SCORES = TextReference(
    SCORES,
    "{mistake: large steps, says: The steps are large., next: n, in: lr=0.1, is: lr=2.0}",
    "{mistake: no step, says: It does not learn., next: n, in: optimizer.step(), is: pass}",
)


def named(answer: str) -> tuple[dict[str, list[str]], list[Any]]:
    """The mistakes by quantity in what a training gives at both rows, and the answers."""
    solution, program = OF_SCORES.program(scored), TextReference(answer).program(scored)
    got: list[Any] = [outcome(scored, program, row, {}) for row in ROWS]
    recogniser = Recogniser(scored, ROWS, got)
    found = recogniser.judge([Solution(solution)])
    recogniser.explain(found, OF_SCORES.mistakes(scored), [Solution(solution)])
    return {key: [mistake.name for mistake in several] for key, several in found.mistakes.items()}, got


def test_what_is_measured_may_be_wrong_by_a_second_mistake() -> None:
    """Losses and weights tell the training; the shares beside them have a mistake of their own."""
    counted = SCORES.replace("0).float().mean()", "0).float().sum()")
    both, got = named(counted.replace("lr=0.1", "lr=2.0"))

    assert both == {"loss": ["large steps"], "weights": ["large steps"]}
    assert named(counted)[0] == {}
    assert scored.general("acc", ROWS, got, "") == beyond_one("Your `acc`")


def test_other_weights_than_a_mistake_leaves_are_not_its() -> None:
    """The losses alone do not name a training: here the weights are moved once more in the end."""
    answer = SCORES.replace("lr=0.1", "lr=2.0")
    moved = answer.replace("    return", "    model.weight.data += 1\n    return")

    assert named(answer)[0]["loss"] == ["large steps"]
    assert named(moved)[0] == {}


def test_share_beyond_one_is_told() -> None:
    """Of a function that returns a number, too; 1 itself is a share."""
    share = number("share", is_share=True, visible=[(2.0,)], hidden=[(4.0,)])
    reference = TextReference("def share(x):\n    return 1 / x\n")

    assert "goes beyond 1" in verdict(share, reference, "def share(x):\n    return x / 3\n").message
    assert "goes beyond 1" not in verdict(share, reference, "def share(x):\n    return 4 / 4 / 1 ** x\n").message


def test_empty_history_is_told_as_such() -> None:
    """A list without entries is one nothing was appended to."""
    assert answers(NONE) == ["The list that `train` returned is empty: nothing was appended to it."] * 2
