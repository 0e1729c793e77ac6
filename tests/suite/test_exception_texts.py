"""Exceptions in a beginner's words: those that Python, NumPy and torch of today really raise."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from autograder.sandbox import protocol as p
from autograder.suite.exception_texts import ON_OTHER_INPUTS, WITHOUT_PACKAGE, entries, in_words, meaning
from autograder.suite.lost_names import about

LOGITS, LABELS = torch.zeros(4, 2, requires_grad=True), torch.tensor([0, 1, 1, 0])
GRU = nn.GRU(1, 8, batch_first=True)
X = torch.zeros(3, 7, 1)
WORDS = {
    "loss = nn.CrossEntropyLoss(LOGITS, LABELS)": "A loss class is used like a function",
    "if X == 0: pass": "several numbers stands where one True or False",
    "nn.CrossEntropyLoss()(LABELS, LOGITS)": "output and labels have changed places",
    "nn.CrossEntropyLoss()(LOGITS, LABELS.float())": "class numbers have to be",
    "nn.BCEWithLogitsLoss()(LOGITS, LABELS.float())": "the output has the shape [4, 2], the labels [4]",
    "nn.CrossEntropyLoss()(LOGITS, LABELS - 1)": "A label is -1",
    "nn.CrossEntropyLoss()(LOGITS[:2], LABELS)": "answers with 2 rows, but there are 4 labels",
    "nn.Linear(8, 2)(torch.zeros(3, 16))": "made for rows of 8 numbers, but gets rows of 16",
    "torch.zeros(3, 5) @ torch.zeros(8, 2)": "3x5 and 8x2 don't fit",
    "torch.mm(torch.zeros(3, 5), torch.zeros(8, 2))": "3x5 and 8x2 don't fit",
    "torch.addmm(torch.zeros(2), torch.zeros(3, 5), torch.zeros(8, 2))": "Rows of 5 numbers meet a matrix, or a layer",
    "nn.Linear(8, 2)(torch.zeros(3, 8).double())": "float64 and float32",
    "torch.zeros(3, 8).double() @ torch.zeros(8, 2)": "float64 and float32",
    "torch.einsum('ij,jk->ik', torch.zeros(3, 8).double(), torch.zeros(8, 2))": "float64 and float32",
    "nn.Linear(8, 2)(torch.zeros(3, 8).long())": "Whole numbers (or truth values) meet float32",
    "nn.Linear(8, 2)(torch.zeros(3, 8) > 0)": "Whole numbers (or truth values) meet float32",
    "torch.zeros(3, 8).long() @ torch.zeros(8, 2)": "Whole numbers (or truth values) meet float32",
    "torch.zeros(3, 8) @ torch.zeros(8, 2).int()": "Whole numbers (or truth values) meet float32",
    "torch.einsum('ij,jk->ik', torch.zeros(3, 8).long(), torch.zeros(8, 2))": "Whole numbers (or truth values) meet",
    "LOGITS.numpy()": "can't become a NumPy array",
    "LOGITS -= 1": "A weight is changed by hand",
    "out = LOGITS.exp().sum(); out.backward(); out.backward()": "backward() runs twice over one computation",
    "LOGITS.detach().sum().backward()": "No gradient leads from the loss",
    "LOGITS.backward()": "backward() starts from one number",
    "LOGITS.detach().item()": "Several numbers stand where Python wants one",
    "torch.tensor([torch.zeros(2)])": "Several numbers stand where Python wants one",
    "GRU(X, torch.zeros(1, 4, 8))": "has the shape [1, 4, 8], but (layers, batch, hidden) = (1, 3, 8)",
    "GRU(X, torch.zeros(3, 8))": "different numbers of axes",
    "nn.GRU(10, 8)(X)": "made for inputs of size 10 per step, but gets size 1",
    "torch.zeros(5) == torch.zeros(2)": "along axis 0 one has 5 places and the other 2",
    "np.zeros(5) + np.zeros(2)": "whose shapes don't fit",
    "(LABELS == 1).mean()": "no mean of truth values",
    "torch.stack([torch.zeros(2), torch.zeros(3)])": "different shapes",
    "torch.stack([1.0])": "one of its things is of the type float",
    "torch.optim.Adam(GRU, lr=0.1)": "The optimizer takes the model's weights",
    "torch.optim.Adam(GRU.parameters, lr=0.1)": "The optimizer takes the model's weights",
    "torch.optim.Adam([], lr=0.1)": "holds no weights",
    "2.5 ^ 1.0": "`^` is no power",
    "-'3'": "its type is str",
    "[1] * 1.5": "A list, a tuple or a text is multiplied",
    "None + 1.0": "is asked of None",
    "1.0 - np.tanh": "it is not called",
    "np.float64(0.5) * object()": "of the types float and object",
    "abs * 2.0": "it is not called",
    "0.5 * {}": "asked of a whole dict",
    "(1.0,) + 0.5": "A tuple is added to a float",
    "0.5 + (1.0,)": "asked of a tuple, several things",
    "{}.c_t": "a dot reaches none of them",
    "np.float64(0.5)(1)": "right behind a number of the type numpy.float64",
    "np.tanh[1.0]": "behind a function, which is called",
    "np.float64(0.5)['a']": "behind a single number",
    "len(0.5)": "which has no length",
    "a, b = 0.5": "one single thing of the type float",
    "for x in 0.5: pass": "A single number, of the type float",
    "'1' + 0.5": "A text and a number are added",
    "np.exp('1')": "something that is no number",
    "float('z')": "A text that is no number",
    "__import__('math').exp([1.0])": "something of the type list",
    "[{}]['c_t']": "is asked for a name",
    "[1][0.5]": "a position that is no whole number",
    "x = 'z'; x['c_t']": "A text is asked for a key",
    "range(2.5)": "something else stands in its place",
    "round([0.5], 2)": "but a list came in",
    "{{}: 1}": "A dict can be no key",
    "x = (1,); x[0] = 2": "put a value into a tuple",
    "[1] < 0.5": "of the types list and float",
    "(lambda a, b: a)(1, a=2)": "`a` is handed over twice",
    "__import__('math').log(-1.0)": "has no value for",
    "2.7 ** 9999.0": "larger than the largest float",
    "a, (b, c) = GRU(X)": "2 names stand left of `=`, but 1 things",
    "a, b = [1, 2, 3]": "2 names stand left of `=`",
    "GRU(X)[:, -1]": "That is a tuple",
    "GRU(X).shape": "That is a tuple",
    "nn.Linear(8, 2)(GRU(X))": "That is a tuple",
    "None.append(1)": "The list has become None",
    "None['c_t']": "What is used there is None",
    "(0.5).backward()": "A plain number has no `backward`",
    "X.append(1)": "Tensors don't grow",
    "GRU.fc": "GRU has nothing called `fc`",
    "torch.Adam": "The package torch has nothing called `Adam`",
    "torch.random(1)": "A whole package is called",
    "(0.5)(1)": "Brackets stand right behind a number of the type float",
    "(0.5)['a']": "behind a single number",
    "x = object(); x['a']": "Square brackets stand behind something of the type object",
    "sum(5)": "A single number, of the type int",
    "(lambda a, b: a)(1)": "The call lacks 1 of the function's arguments: 'b'",
    "(lambda a: a)(1, 2)": "takes 1 arguments and is called with 2",
    "nn.LSTM(3, 4, return_sequences=True)": "takes no argument `return_sequences`",
    "(lambda a: a)(b=2)": "There is no argument called `b`",
    "__import__('math').exp(1000)": "math.exp ends",
    "[1][3]": "An index points beyond the end",
    "X[0, 9]": "An index points beyond the end",
    "1 / 0": "divided by 0",
    "GRU.predict(X)": "no `predict`: that belongs to Keras",
    "X.astype(float)": "`astype` belongs to NumPy's arrays",
    "np.zeros(2).float()": "`float` belongs to torch's tensors",
    "X.argmax[0]": "without its brackets",
    "nn.CrossEntropyLoss()(LOGITS, LABELS[:, None])": "an axis too many",
    "nn.CrossEntropyLoss()(LOGITS, torch.stack([LABELS, LABELS], dim=1))": "as many axes as the output",
    "torch.stack([])": "The list of tensors is empty",
    "torch.cat([])": "The list of tensors is empty",
    "torch.cat([X.sum(), X.sum()])": "a single number has none",
    "for one in X.argmax(): pass": "A single number stands where several are gone through",
    "range(2.0)": "A whole number is needed",
    "LABELS[: 2.0]": "A whole number is needed",
    "{}['c']": "no such name",
    "{}[4]": "not by position",
    "[].extend(0.5)": "extend takes a whole list",
    "x = []; x[0] = 1": "add nothing",
}


@pytest.mark.parametrize("code", WORDS)
def test_what_is_raised_today_is_understood(code: str) -> None:
    """A new release of torch with other texts shows here."""
    kind, text = "", ""
    try:
        exec(code, {"np": np, "torch": torch, "nn": nn, "LOGITS": LOGITS, "LABELS": LABELS, "GRU": GRU, "X": X})
    except Exception as error:
        kind, text = type(error).__name__, str(error).partition("\n")[0]
    found = meaning(kind, text, code)

    assert kind
    assert found is not None, text
    assert WORDS[code] in found.means, text
    assert found.step


def test_no_words_are_left_to_fill_in() -> None:
    """Each number in an entry's words has its bracket in the pattern."""
    for entry in entries():
        filled = {int(number) for number in re.findall(r"\{(\d)\}", entry.means + entry.next)}
        assert filled <= set(range(entry.text_pattern.groups + 1)), entry


def raised(kind: str, text: str) -> p.Raised:
    """An exception in the second line of cell 3."""
    return p.Raised(kind, text, 3, 2)


SOURCES = {
    3: "def step(h_prev):\n    return 2 ^ h_prev",
    4: "import numpy as np\nclass Net:\n    def go(self, size): pass",
}


def test_text_is_for_the_labs_own_inputs_only() -> None:
    """On hidden ones neither the text nor its meaning is told."""
    shown = in_words(
        raised("TypeError", "unsupported operand type(s) for ^: 'int' and 'float'"), SOURCES, {}, shown=True
    )
    hidden = in_words(
        raised("TypeError", "unsupported operand type(s) for ^: 'int' and 'float'"), SOURCES, {}, shown=False
    )

    assert "`^` is no power" in shown[0]
    assert hidden == ("", ON_OTHER_INPUTS)


COMMA = {
    "a = f(x),\nb = a * 0.5": "`a` is a tuple",
    "a = (f(x),)\nb = a * 0.5": None,
    "a = f(x), 1\nb = a * 0.5": None,
    "c = f(x),\nb = a * 0.5": None,
}


@pytest.mark.parametrize("source", COMMA)
def test_comma_that_makes_a_tuple_is_pointed_at(source: str) -> None:
    """Only where it stands at the end of a line that makes what the line that raised uses."""
    text = "can't multiply sequence by non-int of type 'float'"
    told, step = in_words(raised("TypeError", text), {3: source}, {}, shown=True)

    assert (COMMA[source] or "A list, a tuple or a text") in told
    assert ("Take the comma" in step) == (COMMA[source] is not None)


def test_package_that_is_not_there_has_its_own_step() -> None:
    """Nobody is sent to a formula."""
    assert (
        in_words(raised("ModuleNotFoundError", "No module named 'scipy'"), SOURCES, {}, shown=True)[1]
        == WITHOUT_PACKAGE
    )


STEPS = {
    "math": "Add `import math` to the notebook.",
    "tanh": "Write np.tanh: the name belongs to the package numpy.",
    "h_prew": "Is `h_prev` meant? Correct the name.",
    "TensorDataset": "Add `from torch.utils.data import TensorDataset` to the notebook.",
    "f1_score": "`f1_score` belongs to scikit-learn, which is not there where this is graded: do without it.",
    "size": "`size` is known within `go` only. Hand it on as an argument; in a class, keep it in self.",
    "gate": "Give `gate` a value above that line. If you did so in another cell, that cell was not handed in.",
}


@pytest.mark.parametrize("name", STEPS)
def test_lost_name_is_told_with_what_is_likely(name: str) -> None:
    """Not imported, without its package, misspelt, known elsewhere, or in another cell."""
    text, step = about(name, SOURCES.values())

    assert step == STEPS[name]
    assert ("is not known in this place" in text) == (name == "size")


def test_lost_name_is_told_on_hidden_inputs_too() -> None:
    """It is one of few, and its step comes from the text alone."""
    lost: Any = in_words(
        raised("NameError", "name 'h_prew' is not defined"), {3: "def f(h_prev):\n    return h_prew"}, {}, shown=False
    )

    assert lost == (": nothing is called `h_prew` in what was handed in", STEPS["h_prew"])
