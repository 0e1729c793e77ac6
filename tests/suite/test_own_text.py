"""A student's own text, read for what answers can't tell; nothing runs."""

from __future__ import annotations

import pytest

from autograder.suite.guesses import constant, unsteady
from autograder.suite.own_text import OwnText


def text(source: str, *others: str) -> OwnText:
    """A submission of one cell with `f` or `Net` in it, and one more."""
    return OwnText({2: source, 5: "\n".join(others)}, ["f", "g", "Net"])


def test_text_of_a_function_has_its_helpers_and_no_prose() -> None:
    """A comment and a docstring are no code, and another graded function is judged by itself."""
    found = text(
        'def f(x):\n    """seed"""\n    return help(g(x))  # seed', "def help(x): return x + 1", "def g(x): return 2"
    )

    assert "x + 1" in found.of("f")
    assert "seed" not in found.of("f")
    assert "return 2" not in found.of("f")


NONE = {
    "def f(x):\n    print(x)": "prints its result, but returns nothing",
    "def f(x):\n    return print(x)": "returns what print gives back",
    "def f(x):\n    out = []\n    out = out.append(x)\n    return out": "`out` has become None",
    "def f(x):\n    out = {}\n    return out.update(x=x)": "returns what `out.update(…)` gives back",
    "def f(x):\n    x = list(x)\n    done = x.sort()\n    return done": "returns what `x.sort(…)` gives back",
    "def f(x):\n    if x > 0:\n        return x": "has a return",
    "def f(x):\n    for y in x:\n        for z in y:\n            return z": "inside of a loop",
}


@pytest.mark.parametrize("source", NONE)
def test_why_there_is_none(source: str) -> None:
    """It printed; or what it returns is None; or it did not reach its return."""
    found = text(source).why_none("f", printed="print" in source)

    assert found is not None
    assert NONE[source] in found.means


PRINTS = {
    "def f(x):\n    print(x)": "Write return in place of print",
    "def f(x):\n    for y in x:\n        print(y)": "return it after the loop",
    "def f(x):\n    print(x)\n    print(2 * x)": "by one return",
}


@pytest.mark.parametrize("source", PRINTS)
def test_step_fits_what_is_printed(source: str) -> None:
    """A return in a loop would end it, and there is one return for several prints."""
    found = text(source).why_none("f", printed=True)

    assert found is not None
    assert PRINTS[source] in found.step


def test_long_tools_of_the_notebook_hide_nothing() -> None:
    """The lab's own cells count little, and without end nothing is read."""
    tools = "x = 1  # tools\n" * 6000

    assert text(tools, "y = 2  # tools\n" * 6000, "def f(a): pass").parameters("f") == ["a"]
    assert text(*[tools] * 4, "def f(a): pass").parameters("f") == []


def test_parameters_stand_in_their_order() -> None:
    """All kinds of them, and none for a class or what is not there."""
    found = text("def f(a, b=1, *, c): pass\nclass g: pass")

    assert [found.parameters(name) for name in ("f", "g", "h")] == [["a", "b", "c"], [], []]


def test_nothing_is_guessed_where_nothing_is_printed_and_returned() -> None:
    """The stage's own words are left to say it."""
    assert text("def f(x):\n    y = x").why_none("f", printed=False) is None
    assert text("f = abs").why_none("f", printed=True) is None


FORMS = {
    "class Net(nn.Module):\n    def _init_(self):\n        pass": "a method `_init_`",
    "class Net:\n    def __init__(self):\n        def forward(self, x):\n            pass": "inside of `__init__`",
}


@pytest.mark.parametrize("source", FORMS)
def test_form_of_a_class(source: str) -> None:
    """__init__ misspelt, forward inside of another method."""
    found = text(source).misshapen("Net")

    assert found is not None
    assert FORMS[source] in found.means


def test_right_form_of_a_class() -> None:
    """A helper inside of forward is no forward inside of it, and a class may do without __init__."""
    assert (
        text(
            "class Net(nn.Module):\n    def forward(self, x):\n        def init(y): return y\n        return init(x)"
        ).misshapen("Net")
        is None
    )


def test_what_is_made_outside() -> None:
    """By a call at the left margin; constants, arguments and own variables are none."""
    source = "def f(x):\n    y = 2 * RATE\n    optimizer.step(x, y)"

    assert text(source, "RATE = 0.8\noptimizer = make()\nx = make()\ny = make()").outside("f") == "optimizer"
    assert text(source, "RATE = 0.8").outside("f") is None


GROWS = {
    "kept = []\ndef f(x):\n    kept.append(x)\n    return kept": "kept",
    "def f(x, out=[]):\n    out.append(x)\n    return out": "out",
    "kept = {}\ndef f(x):\n    kept[x] = 1\n    return list(kept)": "kept",
    "kept = []\ndef f(x):\n    kept = []\n    kept.append(x)\n    return kept": None,
    "kept = []\ndef f(x):\n    kept.clear()\n    kept.append(x)\n    return kept": None,
    "kept = []\ndef f(x):\n    kept.append(x)\n    return kept[-1:]": "kept",
    "kept = []\ndef f(x):\n    kept.append(x)\n    return x": None,
    "def f(out):\n    out.append(1)\n    return out": None,
}


@pytest.mark.parametrize("source", GROWS)
def test_what_grows_from_call_to_call(source: str) -> None:
    """Made once, added to, never emptied, and handed back; a list of the function's own is none."""
    assert text(source).grows("f", returned=True) == GROWS[source]


def test_what_is_kept_without_being_handed_back() -> None:
    """It may make answers differ, but not their number."""
    source = "kept = []\ndef f(x):\n    kept.append(x)\n    return x"

    assert text(source).grows("f") == "kept"
    assert text(source).grows("f", returned=True) is None


DRAWS = {
    "cell = nn.GRUCell(1, 1)": "it makes a `nn.GRUCell`, whose weights are random",
    "layer = nn.GRU(1, 1)": "it makes a `nn.GRU`",
    "x = nn.GELU()(x) + nn.ReLU()(x)": "Something in it is random, or is kept",
    "cell = GRUCell(1, 1)": "Something in it is random, or is kept",
    "class Net:\n    fc = nn.RNN(1, 1)": "Something in it is random, or is kept",
    "loader = DataLoader(data, shuffle=True)": "it shuffles its rows",
    "order = torch.randperm(n)": "it calls `torch.randperm`",
    "x = x + torch.randn_like(x)": "it calls `torch.randn_like`",
    "    global memory\n    memory = memory + x": "it keeps `memory` from call to call, by `global`",
    "lstm = nn.LSTM(2, 3)\nout = lstm(x)": "it makes a `nn.LSTM`, whose weights are random, anew",
    "module.reset_parameters()": "it draws new weights for a module, by `reset_parameters`",
    "memory.append(x)": "Something in it is random, or is kept",
    "row = torch.rand(1)": "Something in it is random, or is kept",
}


@pytest.mark.parametrize("line", DRAWS)
def test_what_is_random_is_named(line: str) -> None:
    """What the solution draws as well is not what makes answers differ."""
    assert DRAWS[line] in unsteady(line, "torch.rand(1).item()").says


def test_what_is_made_outside_may_keep_something() -> None:
    """It is named where the text shows nothing that draws."""
    assert "It uses `cell`, which is made once" in unsteady("cell.step(x)", "", "cell").says
    assert "it calls `np.random.rand`" in unsteady("cell.step(np.random.rand())", "", "cell").says


def test_layers_that_the_solution_makes_are_no_new_ones() -> None:
    """A type in a signature is no call, and what the solution makes is asked for."""
    assert "nn.LSTM" in unsteady("lstm = nn.LSTM(2, 3)", "def f(module: nn.LSTM): pass").says
    assert "nn.LSTM" not in unsteady("lstm = nn.LSTM(2, 3)", "self.lstm = nn.LSTM(1, 8)").says


def test_too_much_text_is_unknown() -> None:
    """It costs no time, and tells nothing."""
    assert text("def f(x):\n    print(x)\n" + "#" * 200_000).why_none("f", printed=True) is None


def test_what_is_always_the_same_is_not_always_typed_in() -> None:
    """A function that uses its arguments is not told that numbers are typed in."""
    assert text("def f(x, y=1):\n    return 0 * x").reads_an_argument("f")
    assert not text("def f(x):\n    return 0.5").reads_an_argument("f")
    assert not text("def f(x, n=3):\n    return [0.5] * n").reads_an_argument("f")
    assert not text("def f(x):\n    r = np.tanh(g(-0.3))\n    return x + r").reads_an_argument("f", "r")
    assert text("def f(x):\n    r = np.tanh(x.size)\n    return r").reads_an_argument("f", "r")
    assert constant("`f`", reads=False).name == "numbers typed in"
    assert constant("`f`", reads=True).name == "always the same"
