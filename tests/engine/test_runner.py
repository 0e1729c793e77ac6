"""One submission's cells in real children: broken, endless, crashing and odd ones, and the namespace that they see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from raising import RAISING

from autograder.sandbox import protocol as p
from autograder.sandbox.errors import Crashed, TimedOut

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandboxed import Run

    from autograder.sandbox.submission_process import SubmissionProcess


def value(process: SubmissionProcess, name: str = "f", *args: object) -> object:
    """What a call returned; fails if it raised."""
    reply = process.ask(p.Call(name, "", list(args), {}))
    assert isinstance(reply, p.Returned), reply
    return reply.value


def test_a_cell_that_raises_is_abandoned_and_the_rest_goes_on(process: Callable[..., SubmissionProcess]) -> None:
    """What it had defined before stays, the cells after it run, and the place is known."""
    found = process(
        "a = 1\nk = a / 0\nb = 2", "c = 3\ndef f(): return [a, c]", "def g(): return b", names=["f", "g", "k"]
    )

    assert value(found) == [1, 3]
    assert isinstance(found.ask(p.Call("g", "", [], {})), p.Raised)
    raised = found.abandoned[0]
    assert isinstance(raised, p.Raised)
    assert (raised.kind, raised.line) == ("ZeroDivisionError", 2)


def test_a_cell_that_is_no_python_is_a_problem_and_the_rest_goes_on(process: Callable[..., SubmissionProcess]) -> None:
    """It is named with its line."""
    found = process("x = 1\ndef f(:", "def f(): return 2")

    assert value(found) == 2
    assert [(problem.cell, problem.line) for problem in found.problems] == [(0, 2)]


@pytest.mark.parametrize(
    "wait", ["while True: k += 1", "import time; k = time.sleep(100)", "import threading; k = threading.Event().wait()"]
)
def test_an_endless_cell_is_interrupted_and_keeps_what_it_defined(
    process: Callable[..., SubmissionProcess], wait: str
) -> None:
    """A loop, a sleep and a wait; as after Jupyter's stop button, in the same child."""
    found = process(f"k = a = 7\n{wait}\na = 8", "def f(): return a", names=["f", "k"], cell_seconds=0.4)

    assert value(found) == 7
    assert found.generation == 1
    raised = found.abandoned[0]
    assert isinstance(raised, p.Raised)
    assert raised.kind == "KeyboardInterrupt"


@pytest.mark.parametrize(
    "stubborn",
    [
        "while True:\n    try:\n        k = sum(range(1000))\n        k = 0\n    except KeyboardInterrupt: pass",
        "import signal\nk = signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: k = 1",
    ],
)
def test_a_cell_that_ignores_the_interrupt_is_left_out(
    process: Callable[..., SubmissionProcess], stubborn: str
) -> None:
    """A fresh child runs the other cells, and the cause is kept for the message."""
    found = process("a = 1", stubborn, "def f(): return a\ndef g(): return k", names=["f", "g"], cell_seconds=0.4)

    assert value(found) == 1
    assert found.generation == 2
    assert isinstance(found.abandoned[1], TimedOut)
    assert isinstance(found.ask(p.Call("g", "", [], {})), p.Raised)


def test_a_cell_that_kills_its_process_is_left_out(process: Callable[..., SubmissionProcess]) -> None:
    """By `os._exit`, by a signal, and by recursion without a limit."""
    deep = "import sys\nsys.setrecursionlimit(10**9)\nk = repr\nd = []\nfor _ in range(10**6): d = [d]\nk(d)"
    found = process(
        "import os\nk = os._exit(0)",
        "m = os.kill(os.getpid(), 11)",
        deep,
        "def f(): return 1",
        names=["f", "k", "m", "d"],
    )

    assert value(found) == 1
    assert set(found.abandoned) == {0, 1, 2}
    assert all(isinstance(cause, Crashed | p.Raised) for cause in found.abandoned.values())


def test_a_submission_whose_cells_all_kill_it_comes_to_an_end(process: Callable[..., SubmissionProcess]) -> None:
    """After some children it is given up, and every question has that answer."""
    found = process(
        *[f"import os\nk{place} = os._exit(3)" for place in range(9)], names=[f"k{place}" for place in range(9)]
    )

    for _ in range(2):
        with pytest.raises(Crashed) as caught:
            value(found)
        assert "exit code 3" in caught.value.told(shown=True)
    assert found.generation == 6


@pytest.mark.parametrize("last", ["time.sleep(60)", "time.sleep(0.2); os._exit(5)"], ids=["lives on", "ends itself"])
def test_closing_the_channel_is_no_kill_from_outside(process: Callable[..., SubmissionProcess], last: str) -> None:
    """What the grader then does to end the process is no evidence that the place has killed it."""
    found = process(f"import os, time\ndef f():\n    os.closerange(3, 200)\n    {last}")

    with pytest.raises(Crashed) as caught:
        found.ask(p.Call("f", "", [], {}))
    assert re.search("closed the channel|exit code 5", caught.value.told(shown=True))
    assert "killed" not in found.doubts


def test_whatever_a_function_raises_is_an_answer(process: Callable[..., SubmissionProcess]) -> None:
    """And the same child answers the next question."""
    cells = [
        source.replace("f()", f"f{place}()").replace("f =", f"f{place} =")
        for place, (source, _) in enumerate(RAISING.values())
    ]
    found = process(*cells, "def good(): return 1", names=["good", *(f"f{place}" for place in range(len(cells)))])

    for place, (case, (_, kind)) in enumerate(RAISING.items()):
        reply = found.ask(p.Call(f"f{place}", "", [], {}))
        assert isinstance(reply, p.Raised), case
        assert reply.kind == kind, case
        assert len(reply.text) <= 500, case
        assert reply.text == "x" or case != "a __str__ of another kind"
    assert value(found, "good") == 1
    assert found.generation == 1


def test_an_endless_str_ends_at_the_limit(process: Callable[..., SubmissionProcess]) -> None:
    """A text that never comes is a timeout of that question."""
    found = process(
        "class E(Exception):\n    def __str__(self):\n        while True: pass\ndef f(): raise E\ndef g(): return 1",
        names=["f", "g"],
        call_seconds=0.5,
        cpu_seconds=9,
    )

    with pytest.raises(TimedOut, match=r"0\.5 s"):
        value(found)
    assert value(found, "g") == 1


def test_the_place_of_an_error_is_in_the_students_cell(run: Run) -> None:
    """The innermost line of the student's own, not of a library below it."""
    reply = run("import json\n\ndef g():\n    return json.loads('{')\n\ndef f():\n    return g()")

    assert isinstance(reply, p.Raised)
    assert (reply.kind, reply.cell, reply.line) == ("JSONDecodeError", 0, 4)


def test_what_is_printed_comes_with_the_answer(process: Callable[..., SubmissionProcess]) -> None:
    """Standard output and error, of this call alone, whatever the student did to them in the call before."""
    found = process(
        "import sys, io\nprint('while loading')\n"
        "def f(): print('one'); print('two', file=sys.stderr)\n"
        "def g(): sys.stdout = io.StringIO(); print('lost')\n"
        "def h(): sys.stdout.close(); sys.stdout = None\n"
        "def k(): raise ValueError(print('three'))",
        names=["f", "g", "h", "k"],
    )  # fmt: skip
    for name in ("f", "g", "f", "h", "f"):
        reply = found.ask(p.Call(name, "", [], {}))
        assert reply.output == ("one\ntwo\n" if name == "f" else "")
    assert found.ask(p.Call("k", "", [], {})).output == "three\n"


def test_the_namespace_is_a_notebooks(run: Run) -> None:
    """`display`, `get_ipython`, `input`, `__name__`, `In` and `Out`, threads, matplotlib, files in the own folder."""
    source = """
import threading, __main__
import matplotlib.pyplot as plt
get_ipython().run_line_magic('matplotlib', 'inline')
display(1)
name = input('your name? ')
marks = []
thread = threading.Thread(target=marks.append, args=[5])
thread.start(); thread.join()
plt.plot([1, 2]); plt.savefig('figure.png'); plt.show()
with open('notes.txt', 'w') as file: file.write('abc')
if __name__ == '__main__': main = True
def f(): return [name, marks, open('notes.txt').read(), main, __main__.main, In, Out]
"""
    reply = run(source)

    assert isinstance(reply, p.Returned), reply
    assert reply.value == ["", [5], "abc", True, True, [], {}]
