"""The slice of a notebook that graded functions need: never less, and not its experiments."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from programs import programs

from autograder.sandbox.protocol import Cell
from autograder.sandbox.slicing.choose import choose, future_flags
from autograder.sandbox.slicing.parse import new_namespace, read_cell

if TYPE_CHECKING:
    from pathlib import Path

READS = "\ndef f(*given):\n    return "


def trees(*sources: str) -> list[tuple[int, ast.Module]]:
    """The cells, read."""
    read = [(index, read_cell(Cell(index, source))) for index, source in enumerate(sources)]
    return [(index, tree) for index, tree in read if isinstance(tree, ast.Module)]


def chosen(*sources: str, names: tuple[str, ...] = ("f",)) -> list[str]:
    """The chosen statements, as source."""
    return [ast.unparse(node) for nodes in choose(trees(*sources), list(names)).values() for node in nodes]


def run(*sources: str, whole: bool = False) -> dict[str, Any]:
    """The names after the slice, or the whole notebook, ran."""
    cells = trees(*sources)
    plan = {index: tree.body for index, tree in cells} if whole else choose(cells, ["f"])
    names = new_namespace().__dict__
    for index, body in plan.items():
        module = ast.Module(body, type_ignores=[])
        exec(compile(module, f"<cell {index}>", "exec", future_flags(cells), dont_inherit=True), names)
    return names


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


NEEDED = {
    "a global": "k = 1" + READS + "k",
    "a global, last binding wins": "k = 1\nk = 2" + READS + "k",
    "one that is added to": "k = 1\nk += 4" + READS + "k",
    "a global through another": "a = 1\nb = a + 1" + READS + "b",
    "a helper": "def g(): return 3" + READS + "g()",
    "a helper defined later": "def f(): return g()\ndef g(): return 3",
    "the last definition": "def f(): return 1\ndef f(): return 2",
    "a lambda": "k = 2\nf = lambda x=0: k",
    "a method": "class C:\n    k = 5\n    def f(self): return self.k\nf = C().f",
    "a decorator": "def twice(g): return lambda: 2 * g()\n@twice\ndef f(): return 3",
    "a default of the same name": "rate = 3\ndef f(rate=rate): return rate",
    "a keyword default": "rate = 3\ndef f(*, r=rate): return r",
    "an annotation": "T = int\ndef f(x: T = 1) -> T: return x",
    "a comprehension over its own name": "x = [1, 2]" + READS + "[x for x in x]",
    "a name that a comprehension uses too": "k = 9\ndef f():\n    a = [k for k in range(3)]\n    return k",
    "a condition in a comprehension": "low = 1" + READS + "[x for x in range(4) if x > low]",
    "a nested function's": "k = 4\ndef f():\n    def g(): return k\n    return g()",
    "an item that is set": "d = {}\nd['a'] = 1" + READS + "d",
    "an item that is deleted": "d = {'a': 1, 'b': 2}\ndel d['a']" + READS + "d",
    "a method that changes": "d = []\nd.append(1)" + READS + "d",
    "another name of it": "d = []\ne = d\ne.append(1)" + READS + "d",
    "another name in a tuple": "d, k = [], 1\ne, _ = d, k\ne.append(1)" + READS + "d",
    "a part of it": "d = {'a': []}\ne = d['a']\ne.append(1)" + READS + "d",
    "what it is stored in": "d = []\ntable = {'d': d}\ntable['d'].append(1)" + READS + "d",
    "what it is put into": "d = []\ntable = []\ntable.append(d)\ntable[0].append(1)" + READS + "d",
    "a loop over parts": "ds = [[], []]\nfor d in ds:\n    d.append(1)" + READS + "ds",
    "a loop with enumerate": "ds = [[], []]\nfor i, d in enumerate(ds):\n    d.append(i)" + READS + "ds",
    "a comprehension for its effect": "ds = [[], []]\n[d.append(1) for d in ds]" + READS + "ds",
    "a function that it is given to": "def fill(t): t.append(1)\nd = []\nfill(d)" + READS + "d",
    "given to through a list": "def fill(ts): ts[0].append(1)\nd = []\nfill([d])" + READS + "d",
    "a function that gives it": "d = []\ndef get(): return d\nget().append(1)" + READS + "d",
    "a name for what a function gives": "d = []\ndef get(): return d\ne = get()\ne.append(1)" + READS + "d",
    "a function that changes it unasked": "d = []\ndef fill(): d.append(1)\nfill()" + READS + "d",
    "the same through a local": "d = []\ndef fill():\n    e = d\n    e.append(1)\nfill()" + READS + "d",
    "the same through another": "d = []\ndef g(): d.append(1)\ndef h(): g()\nh()" + READS + "d",
    "a function that rebinds": "k = 1\ndef g():\n    global k\n    k = 2\ng()" + READS + "k",
    "a function that binds": "def g():\n    global k\n    k = 2\ng()" + READS + "k",
    "rebinding through another": "def g():\n    global k\n    k = 2\ndef h(): g()\nh()" + READS + "k",
    "two rebinders of one name": "k = 1\ndef g():\n    global k\n    k = 2\ng()\ndef g():\n    global m\n"
    "    m = 3" + READS + "k",
    "a rebinder in a method": "k = 1\nclass C:\n    def g(self):\n        global k\n        k = 2\n"
    "c = C()\nc.g()" + READS + "k",
    "a lambda that changes": "d = []\ng = lambda: d.append(1)\ng()" + READS + "d",
    "a callback": "d = []\ndef g(x): d.append(x)\nlist(map(g, [1, 2]))" + READS + "d",
    "a registry by decorator": "t = {}\ndef reg(g):\n    t[g.__name__] = g\n    return g\n@reg\n"
    "def g(): return 3" + READS + "t['g']()",
    "a registry by subclass": "class B:\n    kinds = []\n    def __init_subclass__(cls): B.kinds.append(1)\n"
    "class A(B): pass" + READS + "B.kinds",
    "a registry by a subclass' subclass": "t = []\nclass B:\n    def __init_subclass__(cls): t.append(1)\n"
    "class A(B): pass\nclass C(A): pass" + READS + "t",
    "a registry by metaclass": "t = []\nclass M(type):\n    def __init__(cls, *parts): t.append(1)\n"
    "class A(metaclass=M): pass\nclass B(A): pass" + READS + "t",
    "a base's list": "class B:\n    items = []\nclass A(B): pass\nA().items.append(1)" + READS + "B.items",
    "a base's attribute by an instance": "class B:\n    n = 0\n    def up(self): B.n += 1\nclass A(B): pass\n"
    "A().up()" + READS + "B.n",
    "a base's attribute by a class": "class B:\n    n = 0\n    @classmethod\n    def up(cls): B.n += 1\n"
    "class A(B): pass\nA.up()" + READS + "B.n",
    "a library's class that is patched": "import types\nclass C:\n    kind = types.SimpleNamespace\nk = C.kind()\n"
    "k.n = 3" + READS + "k.n",
    "a class and a call of its base in one branch": "d = []\nclass B:\n    def __init__(self): d.append(1)\n"
    "if True:\n    class A(B): pass\n    B()" + READS + "d",
    "a class made in a branch of a base that counts": "t = []\nclass B:\n    def __init_subclass__(cls): t.append(1)\n"
    "if True:\n    class A(B): pass" + READS + "t",
    "a method that sets what it is given": "class C:\n    def mark(self, o): o.k = 1\nclass D: k = 0\n"
    "def g(o): C().mark(o)\ng(D)" + READS + "D.k",
    "a staticmethod that sets what it is given": "class C:\n    @staticmethod\n    def mark(o): o.k = 1\n"
    "class D: k = 0\ndef g(o): C.mark(o)\ng(D)" + READS + "D.k",
    "an object that sets what it is made of": "class C:\n    def __init__(self, o): o.k = 1\nclass D: k = 0\n"
    "C(D)" + READS + "D.k",
    "a method of what is given": "class C:\n    def up(self): self.n = 1\nc = C()\ndef g(o): o.up()\ng(c)"
    + READS + "c.n",
    "a lambda called where it stands": "d = []\nk = (lambda: d.append(1))()" + READS + "d",
    "a lambda's default": "d = []\ng = lambda x=d.append(1): x" + READS + "d",
    "another name of a lambda": "d = []\ng = lambda: d.append(1)\nh = g\nh()" + READS + "d",
    "a function's attribute": "def f(): return f.calls\nf.calls = 3",
    "a class attribute": "class C: k = 1\nC.k = 2" + READS + "C.k",
    "a class attribute by an instance": "class C:\n    n = 0\n    def up(self): C.n += 1\nc = C()\n"
    "c.up()" + READS + "C.n",
    "a class attribute by its type": "class C:\n    n = 0\n    def up(self): type(self).n += 1\nc = C()\n"
    "c.up()" + READS + "C.n",
    "a list of a class": "class C:\n    items = []\nc = C()\nc.items.append(1)" + READS + "C.items",
    "a function that patches a class": "class C: k = 1\ndef patch(c): c.k = 2\npatch(C)" + READS + "C.k",
    "setattr": "class C: k = 1\nsetattr(C, 'k', 2)" + READS + "C.k",
    "setattr in a function": "class C: k = 1\ndef g(): setattr(C, 'k', 2)\ng()" + READS + "C.k",
    "exec": "exec('k = 1')" + READS + "k",
    "globals()": "globals()['k'] = 1" + READS + "k",
    "globals() in a function": "def g(): globals()['k'] = 1\ng()" + READS + "k",
    "a file": "import pathlib\np = pathlib.Path('k')\np.write_text('3')" + READS + "pathlib.Path('k').read_text()",
    "a file with open": "with open('k', 'w') as out: out.write('3')\n"
    "def f():\n    with open('k') as source: return source.read()",
    "a star import": "from math import *" + READS + "floor(pi)",
    "an import as": "import math as m" + READS + "m.pi",
    "a patched library": "import math\nimport math as m\nm.tau2 = 7" + READS + "math.tau2" + "\n",
    "a with statement": "import contextlib\nwith contextlib.suppress(KeyError):\n    k = 3" + READS + "k",
    "try and except": "try:\n    import nothing_like_it as k\nexcept ImportError as error:\n    k = 3" + READS + "k",
    "a branch": "if True:\n    k = 1\nelse:\n    k = 2" + READS + "k",
    "a loop": "for k in range(5):\n    pass" + READS + "k",
    "a while loop": "k = 0\nwhile k < 3:\n    k += 1" + READS + "k",
    "a match": "match {'a': 5}:\n    case {'a': k, **rest}:\n        pass" + READS + "k, rest",
    "a walrus": "print(k := 3)" + READS + "k",
    "a walrus in a comprehension": "[k := x for x in range(3)]" + READS + "k",
    "a starred target": "a, *k = [1, 2, 3]" + READS + "k",
    "a deletion": "k = 1\ndel k\nk = 2" + READS + "k",
    "a closure that counts": "def make():\n    n = [0]\n    def up():\n        n[0] += 1\n"
    "        return n[0]\n    return up\n"
    "up = make()\nup()" + READS + "up()",
    "an object that is called": "class C:\n    def __init__(self): self.n = 0\n    def __call__(self): self.n += 1\n"
    "c = C()\nc()" + READS + "c.n",
    "next on a generator": "g = iter([1, 2, 3])\nnext(g)" + READS + "next(g)",
    "a seed": "import random\nrandom.seed(1)\nk = random.random()" + READS + "k",
    "an earlier draw": "import random\nrandom.seed(1)\nrandom.random()\nk = random.random()" + READS + "k",
    "a seed in a function": "import random\ndef seed(): random.seed(1)\nseed()\nk = random.random()" + READS + "k",
    "numpy's seed": "import numpy as np\nnp.random.seed(1)\nnp.random.rand(2)\n"
    "k = float(np.random.rand())" + READS + "k",
    "a sum as a name": "def sum(x): x.append(1)\nd = []\nsum(d)" + READS + "d",
    "an f-string": "k = 3" + READS + "f'{k:>{k}}'",
    "a conditional alias": "d, e = [], []\ng = d if True else e\ng.append(1)" + READS + "d",
    "shuffled in place": "import random\nrandom.seed(0)\nd = list(range(9))\nrandom.shuffle(d)" + READS + "d",
    "a helper in eval": "def g(): return 3\ndef f(): return eval('g()', globals())",
    "a helper in globals()": "def g(): return 3\ndef f(): return globals()['g']()",
    "a helper in the main module": "import sys\ndef g(): return 3\n"
    "def f(): return getattr(sys.modules['__main__'], 'g', int)() and 3",
    "a registered implementation": "import functools\n@functools.singledispatch\ndef g(x): return 0\n"
    "@g.register(int)\ndef _(x): return 3" + READS + "g(1)",
    "deferred annotations": "from __future__ import annotations\ndef f(x: Nothing = 1) -> Nowhere: return x",
}  # fmt: skip


@pytest.mark.parametrize("source", NEEDED.values(), ids=NEEDED.keys())
def test_what_a_function_needs_is_in_the_slice(source: str) -> None:
    """The function answers as in the notebook that was run from top to bottom."""
    assert repr(run(source)["f"]()) == repr(run(source, whole=True)["f"]())


@pytest.mark.parametrize("source", NEEDED.values(), ids=NEEDED.keys())
def test_the_same_with_a_cell_for_each_statement(source: str) -> None:
    """How statements are spread over cells makes no difference."""
    cells = [ast.unparse(node) for node in ast.parse(source).body]

    assert repr(run(*cells)["f"]()) == repr(run(source, whole=True)["f"]())


LEFT_OUT = {
    "a call that prints": "print(f(1))",
    "an endless experiment": "while True: f(1)",
    "an experiment with a result": "result = f(1)\nresult += 1",
    "a changed result": "result = {'a': f(1)}\nresult['a'] = 2\nresult.update(b=3)",
    "a plot": "import matplotlib.pyplot as plt\nplt.plot([f(x) for x in range(3)])",
    "a check that is handed the function": "def check(g): print(g(1))\ncheck(f)",
    "a timing": "%timeit f(1)",
    "a training": "model = Net()\nlog = train(model, epochs=80)\nmodel.eval()\nprint(log[-1])",
    "a training on a device": "device = torch.device('cpu')\nmodel = Net().to(device)\ntrain(model)",
    "torch without effect": "with torch.no_grad():\n    y = Net()(torch.zeros(1, 3))\nprint(torch.argmax(y))",
    "an experiment in a function": "def lab():\n    torch.manual_seed(0)\n    train(Net())\nlab()",
    "an import of its own": "import pandas_that_is_not_there",
    "a text": "'''what I think'''",
    "a display": "display(f(1))",
}  # fmt: skip
GRADED = (
    "import torch\nK = 8\ndef f(x): return x + K\ndef train(model, epochs=1): return [f(1)]\n"
    "class Net(torch.nn.Linear):\n    def __init__(self): super().__init__(3, 2)\n"
)


@pytest.mark.parametrize("source", LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_an_experiment_is_left_out(source: str) -> None:
    """It would cost time in every child, and may not come to an end."""
    graded = chosen(GRADED, names=("f", "train", "Net"))

    assert len(graded) == 5
    assert chosen(GRADED, source, names=("f", "train", "Net")) == graded


IN_OTHER_WORDS = (
    "import torch\nfrom torch import nn\nclass Meter:\n    def update(self, x): self.sum = x\n"
    "train = lambda model, epochs=1: [Meter().update(nn.Dropout(0.5)(model(1)))]\n"
    "class Base(nn.Module):\n    kind = nn.GRU\n    def __init__(self):\n        super().__init__()\n"
    "        self.memory = self.kind(1, 2)\n"
    "class Net(Base): pass\nclass Other(Base):\n    kind = nn.LSTM\n"
)


@pytest.mark.parametrize(
    "source", ["def run(kind): train(kind())\nrun(Net)", "torch.manual_seed(1)\nprint(train(Other(), epochs=9))"]
)
def test_an_experiment_is_left_out_whatever_the_style(source: str) -> None:
    """A meter, a base class, a layer as a class' attribute and a named lambda run no training of the notebook's."""
    graded = chosen(IN_OTHER_WORDS, names=("train", "Net", "Other"))

    assert len(graded) == 6
    assert chosen(IN_OTHER_WORDS, source, names=("train", "Net", "Other")) == graded


def test_a_broken_experiment_does_not_take_a_function_of_its_cell_along() -> None:
    """A cell's needed statements run without those that raise."""
    assert run("1 / 0\ndef f(): return 1\nnothing_like_it")["f"]() == 1


def test_order_and_cells_are_kept() -> None:
    """The plan lists cells in order, statements in order, and no empty cell."""
    plan = choose(trees("b = a + 1" + READS + "b", "print(1)", "a = 1\nprint(2)\na = 3"), ["f"])

    assert {cell: [ast.unparse(node).split("\n")[0] for node in nodes] for cell, nodes in plan.items()} == {
        0: ["b = a + 1", "def f(*given):"],
        2: ["a = 1", "a = 3"],
    }


def test_a_very_deep_expression_costs_nothing() -> None:
    """A sum of 2,000 terms beside a function, one of 500 that it needs, and 90 levels of branches."""
    deep = ["k = " + " + ".join(["1"] * terms) for terms in (2000, 500)]
    branches = "\n".join(" " * level + "if True:" for level in range(90)) + "\n" + " " * 90 + "m = 1"

    assert run(deep[0], "def f(): return 1")["f"]() == 1
    assert run(deep[1], branches + READS + "k + m")["f"]() == 501


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)  # shrinking is slow
@given(programs())
def test_a_generated_program_gives_the_same_results_from_its_slice(cells: list[str]) -> None:
    """Aliases, mutations, rebinders, classes, loops and helpers at random: three calls answer alike."""
    whole, sliced = run(*cells, whole=True)["f"], run(*cells)["f"]

    assert [sliced() for _ in range(3)] == [whole() for _ in range(3)]
