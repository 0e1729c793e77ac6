"""What works on a student's machine works in the sandbox, or does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.sandbox import protocol as p

if TYPE_CHECKING:
    from sandboxed import Run

RUNS = {
    "a style of another version": "from matplotlib import style\ndef f():\n    style.use('seaborn')\n    return 1",
    "a style for a while": (
        "import matplotlib.pyplot as plt\ndef f():\n    with plt.style.context('seaborn'):\n        return 1"
    ),
    "a back end with windows": (
        "import matplotlib\nmatplotlib.use('TkAgg')\nimport matplotlib.pyplot as plt\n"
        "def f():\n    plt.switch_backend('Qt5Agg')\n    plt.figure()\n    return 1"
    ),
    "a widget": "%matplotlib widget\nimport pylab as plt\ndef f():\n    plt.plot([1])\n    return 1",
    "a setting of another version": (
        "import matplotlib.pyplot as plt\ndef f():\n    plt.rcParams['text.none'] = 2\n"
        "    plt.rcParams.update({'font.size': 'no size'})\n    return 1"
    ),
    "workers": (
        "import torch\nfrom torch.utils.data import DataLoader, TensorDataset\ndef f():\n"
        "    data = TensorDataset(torch.zeros(4))\n"
        "    loader = DataLoader(data, 2, num_workers=2, persistent_workers=True, prefetch_factor=4, pin_memory=True,\n"
        "                        multiprocessing_context='spawn', timeout=5)\n"
        "    return len(list(loader)) - 1"
    ),
    "workers by place": (
        "import torch\nfrom torch.utils.data import DataLoader\ndef f():\n"
        "    return len(list(DataLoader([1.0], 1, False, None, None, 2)))"
    ),
    "a compiled function": "import torch\n@torch.compile\ndef f():\n    return 1",
    "a compiled function, with options": "import torch\n@torch.compile(mode='max-autotune')\ndef f():\n    return 1",
    "a compiled module": (
        "import torch\ndef f():\n    model = torch.compile(torch.nn.Linear(1, 1))\n    model.compile()\n"
        "    return len(model(torch.zeros(1, 1)))"
    ),
    "debuggers": (
        "import pdb, ipdb\nfrom pdb import set_trace\ndef f():\n    breakpoint()\n    pdb.set_trace()\n"
        "    ipdb.set_trace()\n    set_trace()\n    return 1"
    ),
    "await at the top": (
        "import asyncio\nasync def g():\n    await asyncio.sleep(0.001)\n    return 1\nk = await g()\n"
        "def f():\n    return k"
    ),
    "a loop of one's own": "import asyncio\nasync def g():\n    return 1\ndef f():\n    return asyncio.run(g())",
    "a device if there is one": (
        "import torch\ndevice = torch.device('cuda' if torch.cuda.is_available() else 'cpu')\n"
        "def f():\n    return len(torch.zeros(1).to(device))"
    ),
    "a device that isn't there": (
        "import torch\ndef f():\n    model = torch.nn.Linear(1, 1).cuda().to('cuda:0').to(device='mps')\n"
        "    return len(model(torch.zeros(1, 1).cuda().to(torch.device('cuda'), torch.float32)))"
    ),
    "a dtype": "import torch\ndef f():\n    return int(torch.ones(1).to(torch.int64).to(torch.zeros(1))[0])",
    "threads and a default device": (
        "import torch\ntorch.set_num_interop_threads(4)\ntorch.set_default_device('cuda')\n"
        "def f():\n    torch.set_num_threads(8)\n    return len(torch.zeros(1))"
    ),
    "annotations that lead nowhere": (
        "class A:\n    x: Number\nk: Number = 1\ndef f(x: Number = 1) -> Lost[int]:\n    return k"
    ),
    "annotations that are read": (
        "from functools import singledispatch\n@singledispatch\ndef g(x):\n    return 0\n"
        "@g.register\ndef _(x: float):\n    return 1\ndef f():\n    return g(2.0)"
    ),
    "eval of a name": "k = 1\ndef f():\n    return eval('k', globals())",
    "a template": "k = 1\ntext = 'def f():\\n    return k'\nexec(text)",
    "a helper by its name": "def helper():\n    return 1\ndef f():\n    return globals()['helper']()",
    "a helper of the module": "import sys\nk = 1\ndef f():\n    return getattr(sys.modules[__name__], 'k')",
    "set on the module": "import sys\nsetattr(sys.modules[__name__], 'f', lambda: 1)",
    "vars and locals": "locals()['k'] = 1\nvars()['f'] = lambda: k",
    "its own source": (
        "import inspect\nk = 1\ndef again(g):\n    names = dict(globals())\n"
        "    exec(inspect.getsource(g).split('\\n', 1)[1], names)\n    return names['f']\n"
        "@again\ndef f():\n    return k"
    ),
    "a script of torch's": (
        "import torch\n@torch.jit.script\ndef g(x: torch.Tensor) -> torch.Tensor:\n    return x + 1\n"
        "def f():\n    return int(g(torch.zeros(1))[0])"
    ),
}


@pytest.mark.parametrize("source", RUNS.values(), ids=RUNS)
def test_what_works_in_jupyter_works(run: Run, source: str) -> None:
    """Each function gives 1 on a student's machine, and gives it here."""
    reply = run(source)
    assert isinstance(reply, p.Returned), reply
    assert reply.value == 1


@pytest.mark.parametrize(
    "use",
    [
        "from helpers import half\ndef f(): return half()",
        "from helpers import *\ndef f(): return half()",
        "import helpers\ndef f(): return helpers.half()",
    ],
)
def test_a_written_module_can_be_imported(process: object, use: str) -> None:
    """A file that a cell wrote is there for the cells that follow."""
    made = process("%%writefile helpers.py\ndef half():\n    return 0.5\n", use)  # type: ignore[operator]
    assert made.ask(p.Call("f", "", [], {})).value == 0.5


@pytest.mark.parametrize("magic", ["%run helpers.py", "%run -i helpers.py", "%run helpers", "%run lost.py"])
def test_a_written_file_can_be_run(process: object, magic: str) -> None:
    """`%run` runs what a cell wrote, into the notebook's names; where there is no such file it does nothing."""
    made = process(  # type: ignore[operator]
        "%%writefile helpers.py\nHALF = 0.5\ndef half():\n    return HALF\n", magic, "HALF = 3\ndef f(): return half()"
    )
    reply = made.ask(p.Call("f", "", [], {}))

    if "lost" not in magic:
        assert reply.value == (3 if "-i" in magic else 0.5)
    else:
        assert reply.kind == "NameError"


def test_a_written_module_shadows_nothing(process: object) -> None:
    """The scratch folder comes last, so that `torch.py` and `json.py` of one's own are never found."""
    made = process(  # type: ignore[operator]
        "%%writefile json.py\nraise RuntimeError('shadowed')\n",
        "import sys\nsys.modules.pop('json', None)\nimport json\ndef f(): return json.dumps(1)",
    )
    assert made.ask(p.Call("f", "", [], {})).value == "1"
