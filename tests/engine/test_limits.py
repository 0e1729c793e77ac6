"""Every limit, hit: what the student reads, with the figure. Limits are short here; the figure is as it was set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from autograder.course.submission import collect_file
from autograder.sandbox import protocol as p
from autograder.sandbox.clock import MOST_PATIENCE, ChildClock
from autograder.sandbox.errors import ChildFailure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from autograder.sandbox.submission_process import SubmissionProcess

LOOP = "while True: pass"
FILL = "open('f', 'wb').write(bytes(3 * 2**20))"
HELD = """
import os
K = []
def f():
    for _ in range(9):
        K.append(open('x', 'wb'))
        K[-1].write(bytes(2**20))
        os.remove('x')
    while True: pass
"""
LIMITS: dict[str, tuple[str, dict[str, float], str]] = {
    "a call": (
        f"def f():\n    {LOOP}",
        {"call_seconds": 0.5},
        "No answer within 0.5 s: is there a loop that does not end?",
    ),
    "computing time": (
        f"def f():\n    {LOOP}",
        {"cpu_seconds": 1},
        "Your program used up its 1 s of computing time.",
    ),
    "time spent waiting": (
        "import time\ndef f(): time.sleep(1.5)",
        {"cpu_seconds": 0.5},
        "Your program took more than 1 s altogether, and spent them waiting.",
    ),
    "memory": (
        "def f(): bytearray(2**31)",
        {"memory_bytes": 2**30},
        "Your code asked for more than 1 GiB of memory.",
    ),
    "memory, in torch": (
        "import torch\ndef f(): torch.zeros(2**30)",
        {"memory_bytes": 2**30},
        "Your code asked for more than 1 GiB of memory.",
    ),
    "memory, held by a global": (
        "K = []\ndef f():\n    while True: K.append(bytearray(2**20))",
        {"memory_bytes": 2**29},
        "Your code asked for more than 0.5 GiB of memory.",
    ),
    "one file": (f"def f(): {FILL}", {"scratch_bytes": 2**21}, "Your program's files grew over 2 MiB."),
    "files together": (
        f"def f():\n    for i in range(4): open(str(i), 'wb').write(bytes(2**20))\n    {LOOP}",
        {"scratch_bytes": 2**21},
        "Your program's files grew over 2 MiB.",
    ),
    "files that were removed": (HELD, {"scratch_bytes": 2**21}, "Your program's files grew over 2 MiB."),
    "number of files": (
        f"def f():\n    for i in range(99): open(str(i), 'x').close()\n    {LOOP}",
        {"scratch_files": 20},
        "Your program made more than 20 files.",
    ),
    "open files": (
        "def f(): return [open('/dev/null') for _ in range(999)]",
        {},
        "Your program held more than 256 files open at once.",
    ),
    "an answer": (
        "import os, struct\ndef f(): os.write(3, struct.pack('>I', 2**27))",
        {},
        (
            "Your program's process announced an answer of 134,217,728 bytes; at most 4,194,304 are taken; "
            "its answer was not taken."
        ),
    ),
}


@pytest.mark.parametrize(("source", "limits", "message"), LIMITS.values(), ids=LIMITS)
def test_the_message_names_the_limit(
    process: Callable[..., SubmissionProcess], source: str, limits: dict[str, float], message: str
) -> None:
    """The limit and its figure stand in one sentence, whichever question hits it."""
    found = process(source, **limits)

    with pytest.raises(ChildFailure) as caught:
        ask_often(found)
    assert caught.value.told(shown=True) == message


def ask_often(found: SubmissionProcess) -> None:
    """Some limits count over several questions."""
    for _ in range(4):
        found.ask(p.Call("f", "", [], {}))


def test_threads(process: Callable[..., SubmissionProcess]) -> None:
    """The figure is what this machine could be held to: the record's isolation has it too."""
    found = process(
        "import threading, time\ndef f():\n    while True: threading.Thread(target=time.sleep, args=[9]).start()"
    )

    with pytest.raises(ChildFailure) as caught:
        found.ask(p.Call("f", "", [], {}))
    assert str(caught.value) == f"Your program started more than {found.isolation['threads']} threads at once."


def test_a_cell(process: Callable[..., SubmissionProcess]) -> None:
    """A cell that takes too long or too much is told like a call."""
    slow = process("import time\nx = time.sleep(9)\ndef f(): return x", cell_seconds=0.5)
    large = process("x = bytearray(2**31)\ndef f(): return x", memory_bytes=2**30)
    for found in (slow, large):
        found.ask(p.Exists(["f"]))

    assert str(large.abandoned[0]) == "Your code asked for more than 1 GiB of memory."
    assert isinstance(slow.abandoned[0], p.Raised)  # interrupted, as by Jupyter's stop button
    assert slow.abandoned[0].kind == "KeyboardInterrupt"


def test_output_costs_nothing(process: Callable[..., SubmissionProcess]) -> None:
    """What is printed over the limit is dropped, and noted; the answer counts."""
    reply = process("def f():\n    print('x' * 5000)\n    return 1", output_bytes=1024).ask(p.Call("f", "", [], {}))

    assert isinstance(reply, p.Returned)
    assert (reply.value, len(reply.output), reply.truncated) == (1, 1024, True)


def test_what_is_handed_in(tmp_path: Path) -> None:
    """A file over the limit is rejected with both sizes and the way out."""
    file = tmp_path / "lab.ipynb"
    file.write_bytes(bytes(3 * 2**20))

    assert collect_file(file, "ann", "lab", most_bytes=2**21).rejection == (
        "lab.ipynb is 3.0 MiB; at most 2 MiB are taken. "
        "Clear the outputs (Kernel, Restart and Clear Outputs), save, and hand it in again."
    )


def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a process says that it waited for a core, 16 seconds on the wall are a fair one.

    A child may give itself idle priority; 16 is four times the load under which no honest submission may fail.
    """
    clock = ChildClock(1)
    monkeypatch.setattr("autograder.sandbox.clock.time.monotonic", lambda: clock._start + 160)
    monkeypatch.setattr(ChildClock, "_waited", lambda _self, wall: wall - 0.001)

    assert clock.fair() == pytest.approx(160 / MOST_PATIENCE)
    clock.close()
