"""Import and do a few times, before the warm server forks, what its children should be quick at from the start.

Python specialises bytecode that has run some times, and torch sets much up at first use; children inherit both. So a
small program is read, sliced, run and called here, by the code that a child answers with, and layers of torch's are
trained. Children can read all that is here: it is written like a notebook, and holds nothing that a lab asks for. All
generators are seeded on the way, the same for everybody.
"""

from __future__ import annotations

import socket
import sys
import warnings

import msgspec

from autograder.sandbox import protocol as p
from autograder.sandbox.server import surroundings
from autograder.sandbox.server.child import Child
from autograder.sandbox.values import Array, Handle, enc_hook, ext_hook

_ROUNDS = 12
"""Python specialises a function within some ten calls."""

_CELLS = [
    """
import math
import numpy as np
import torch
from torch import nn
WIDTH, BOUNDS = 3, (0.0, 40.0)
readings = {"north": [12.5, 13.0], "south": [19.5, 21.0]}
readings["north"].append(-WIDTH * 0.5)
warmest = sum(value ** 2 for value in readings["south"] if value > 0)
""",
    """
def fahrenheit(celsius: float, *, digits=1) -> float:
    'Another scale.'
    if celsius < -273 or not digits:
        return 0.0
    return round(celsius * 9 / 5 + 32, digits)

def spread(start, readings=(0.5, -0.5)):
    'A dict of numbers.'
    parts = [fahrenheit(part) for part in readings]
    low, high = min(parts), max(parts)
    return {"low": low, "high": math.floor(high) + start * (high - low)}

class Line(nn.Module):
    'One layer.'

    def __init__(self, width=2):
        super().__init__()
        self.line = nn.Linear(1, width)

    def forward(self, x):
        'The first column through the layer.'
        columns, _ = x[:, 0], x.shape
        return self.line(columns)

def grid(rows=4, steps=3):
    'Numbers in rows, and their places.'
    found = torch.empty(rows, steps, 1)
    for row in range(rows):
        found[row] = torch.rand(steps, 1)
    return found, torch.tensor([row % 2 for row in range(rows)])

def shown():
    'Prints.'
    for name, value in spread(0.8).items():
        print(f"{name:<12} {value:.4f}")
""",
    """
found, places = grid()
for seed in range(2):
    torch.manual_seed(seed)
    log = [Line()(found).mean().item() for _ in range(2)]
fig, axes = plt.subplots(1, 2, figsize=(8, 3))
axes[0].plot([value for value in log], label="value", color="C0")
axes[1].set(xlabel="place", ylim=(0, 1))
fig.tight_layout(); plt.show()
""",
    """
result = spread(0.8)
assert isinstance(result, dict), f"a dict, please, not {type(result).__name__}"
try:
    assert abs(result["low"] - 0.5) < 1e-6, "the low one"
    ok = all(key in result for key in ("low", "high"))
except (KeyError, AssertionError) as error:
    print("not yet:", error)
else:
    print("right" if ok else "wrong")
""",
]  # fmt: skip


def warm_up(*, trains: bool) -> dict[str, str]:
    """Import and practise what students' code uses, optimizers if it `trains`; returns the versions."""
    warnings.simplefilter("ignore")  # a warning never costs a student anything
    import matplotlib as mpl

    mpl.use("Agg")
    import IPython.core.inputtransformer2
    import matplotlib.pyplot
    import numpy as np
    import torch

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    surroundings.settle()
    practise(trains=trains)
    return {
        "python": sys.version.split()[0],
        "torch": str(torch.__version__),
        "numpy": np.__version__,
        "matplotlib": mpl.__version__,
    }


def practise(*, trains: bool) -> None:
    """Answer questions about the program; raises `RuntimeError` for an answer that is none."""
    kept = sys.stdout, sys.stderr
    try:
        for _ in range(_ROUNDS):
            _answer_all()
        _train(optimizing=trains)
    finally:
        sys.stdout, sys.stderr = kept


def _answer_all() -> None:
    x = Array("tensor", "float32", (2, 3, 1), bytes(24))
    model, made = Handle(0, "Line"), Handle(1, "Sequential")
    cells = [p.Cell(*pair) for pair in enumerate(_CELLS)]
    weights = [Array("tensor", "float32", (2, 2), bytes(16)), Array("tensor", "float32", (2,), bytes(8))]
    requests: list[p.Request] = [
        p.Plan(cells, ["fahrenheit", "spread", "Line", "grid", "shown"]),
        p.RunCell(0),
        p.RunCell(1),
        p.Exists(["spread", "lost"]),
        p.Call("fahrenheit", "", [0.5], {"digits": 2}),
        p.Call("spread", "", [0.5, [1, -1.0]], {}),
        p.Call("Line", "", [], {"width": 2}),
        p.Make("torch.nn.Sequential", [], {}, [p.Make("torch.nn.Linear", [2, 2], {})], list(weights)),
        p.SetWeights(made, list(weights)),
        p.Weights(model),
        p.Call(model, "", [x], {}),
        p.Backward(model, [x]),
        p.Weights(model, gradients=True),
        p.Call("grid", "", [2], {"steps": 3}),
        p.Call("shown", "", [], {}),
    ]
    with socket.socket() as nowhere:
        child = Child(nowhere, 2**20)
        for request in requests:
            _ask(child, request)


def _train(*, optimizing: bool) -> None:
    """Optimizer steps too, where they are needed: torch imports its compiler at the first one."""
    import torch

    for kind in (torch.nn.GRU, torch.nn.LSTM):
        module = kind(1, 2, batch_first=True)
        optimizer = torch.optim.Adam(module.parameters()) if optimizing else None
        for _ in range(_ROUNDS):
            out, _state = module(torch.zeros(2, 3, 1))
            torch.nn.functional.cross_entropy(out[:, -1], torch.zeros(2, dtype=torch.int64)).backward()  # type: ignore[no-untyped-call]
            if optimizer is not None:
                optimizer.step()
                optimizer.zero_grad()


def _ask(child: Child, request: p.Request) -> None:
    frame = child.answered(msgspec.msgpack.encode(p.Question(1, request, 0), enc_hook=enc_hook))
    reply = msgspec.msgpack.decode(frame, type=p.Answer, ext_hook=ext_hook).reply
    if isinstance(reply, p.Raised):
        what = f"practising {type(request).__name__} before the first fork"
        raise RuntimeError(f"{what}: {reply.kind}: {reply.text}")  # noqa: TRY004  # a fault of ours, of whatever type
