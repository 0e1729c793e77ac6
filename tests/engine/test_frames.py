"""A child that breaks the protocol: every such answer is a failed question, and the next one gets a fresh child."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.sandbox import protocol as p
from autograder.sandbox.errors import ChildFailure, Crashed, OutOfMemory, TimedOut

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.sandbox.submission_process import SubmissionProcess

PACKAGE = Path(__file__).parents[2] / "autograder"
WRITE = """
import os, pickle, struct, sys, msgspec
def number():
    frame = sys._getframe()
    while 'question' not in frame.f_locals: frame = frame.f_back
    return frame.f_locals['question'].number
def raw(payload, size=None):
    os.write(3, struct.pack(">I", len(payload) if size is None else size) + payload)
def answer(value, of=None):
    reply = {"type": "Returned", "value": value, "output": "", "truncated": False}
    return msgspec.msgpack.encode([of or number(), reply])
def array(*parts): return answer(msgspec.msgpack.Ext(1, msgspec.msgpack.encode(parts)))
def deep(levels): return answer("MARK").replace(b"\\xa4MARK", b"\\x91" * levels + b"\\x01")
def good(): return 7
"""

FRAMES = {
    "not MessagePack": "raw(b'\\xc1' * 40)",
    "a pickle": "raw(pickle.dumps(ValueError('x')))",
    "empty": "raw(b'')",
    "another type": "raw(msgspec.msgpack.encode({'type': 'Returned'}))",
    "an unknown reply": "raw(msgspec.msgpack.encode([number(), {'type': 'Passed'}]))",
    "missing field": "raw(msgspec.msgpack.encode([number(), {'type': 'Raised'}]))",
    "announced as 4 GiB": "raw(b'x', 2**32 - 1)",
    "nested 10,000 deep": "raw(deep(10_000))",
    "nested 40 deep": "raw(deep(40))",
    "the wrong number": "raw(answer(1, 99))",
    "a plan out of turn": "raw(msgspec.msgpack.encode([number(), {'type': 'Planned', 'cells': [], 'problems': []}]))",
    "a key that is no text": "raw(answer({1: 2}))",
    "numbers that collide for keys": "raw(answer({i * (2**61 - 1): 0 for i in range(-4, 5)}))",
    "such keys around the reply": "raw(msgspec.msgpack.encode([number(), {i * (2**61 - 1): 0 for i in range(-4, 5)}]))",
    "fractions for keys": "raw(answer({0.5: 1}))",
    "a time": "raw(answer(msgspec.msgpack.Ext(-1, bytes(4))))",
    "bytes": "raw(answer(b'x'))",
    "two answers in a frame": "raw(answer(1) + b'\\xc0')",
    "a list longer than the frame": "raw(answer('MARK').replace(b'\\xa4MARK', b'\\xdd' + b'\\xff' * 4))",
    "an array of endless rank": "raw(array('ndarray', 'int8', [1] * 10**5, b'a'))",
    "a handle with a map": "raw(answer(msgspec.msgpack.Ext(2, msgspec.msgpack.encode([1, {1: 2}]))))",
    "an array that does not fit": "raw(array('ndarray', 'float64', [9], b'x'))",
    "an array of objects": "raw(array('ndarray', 'object', [1], b'12345678'))",
    "an array with an endless axis": "raw(array('ndarray', 'int8', [2**40, 0], b''))",
    "an unknown extension": "raw(answer(msgspec.msgpack.Ext(9, b'x')))",
    "a handle out of range": "raw(answer(msgspec.msgpack.Ext(2, msgspec.msgpack.encode([-1, 'x']))))",
}


@pytest.mark.parametrize("frame", ["raw(answer(5))", "raw(deep(20))", "raw(array('ndarray', 'int8', [2, 1], b'ab'))"])
def test_the_forger_itself_works(process: Callable[..., SubmissionProcess], frame: str) -> None:
    """The same means, used for a well-formed frame, get an answer through: so the others fail for the right reason."""
    found = process(WRITE + f"def f():\n    {frame}\n    while True: pass\n", names=["f"], call_seconds=3)

    assert isinstance(found.ask(p.Call("f", "", [], {})), p.Returned)


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES.keys())
def test_a_bad_frame_fails_the_question_and_only_that(process: Callable[..., SubmissionProcess], frame: str) -> None:
    """The forged frame is not taken, and a fresh child answers the next question."""
    source = WRITE + f"def f():\n    {frame}\n    while True: pass\n"
    found = process(source, names=["f", "good"], call_seconds=3)

    with pytest.raises(ChildFailure):
        found.ask(p.Call("f", "", [], {}))
    assert found.ask(p.Call("good", "", [], {})) == p.Returned(7)


def test_an_answer_in_advance_is_refused(process: Callable[..., SubmissionProcess]) -> None:
    """A second frame after an honest one is seen before the next question is put."""
    found = process(WRITE + "def f():\n    raw(answer(1)); raw(answer(99, 4))\n", names=["f", "good"])

    found.ask(p.Call("f", "", [], {}))
    with pytest.raises(Crashed) as caught:
        found.ask(p.Call("good", "", [], {}))
    assert re.search("asked|turn", caught.value.told(shown=True))


def test_a_truncated_frame_ends_at_the_limit(process: Callable[..., SubmissionProcess]) -> None:
    """Half a frame and silence is a timeout."""
    found = process(WRITE + "def f():\n    raw(b'x', 100)\n    while True: pass\n", names=["f"], call_seconds=0.5)

    with pytest.raises(TimedOut, match=r"0\.5 s"):
        found.ask(p.Call("f", "", [], {}))


def test_a_child_that_kills_itself_fails_only_the_question_at_hand(process: Callable[..., SubmissionProcess]) -> None:
    """By signal or by exit, each is named, and the next question is answered; by SIGKILL it can't."""
    source = "import os\ndef f(): os.kill(os.getpid(), 11)\ndef k(): os.kill(os.getpid(), 9)\n"
    source += "def g(): os._exit(0)\ndef h(): return 1"
    found = process(source, names=["f", "g", "h", "k"])

    with pytest.raises(Crashed, match="by a signal before") as by_signal:
        found.ask(p.Call("f", "", [], {}))
    assert "by signal SIGSEGV before" in by_signal.value.told(shown=True)
    with pytest.raises(Crashed, match="ended its process before") as by_exit:
        found.ask(p.Call("g", "", [], {}))
    assert "(exit code 0)" in by_exit.value.told(shown=True)
    assert by_exit.value.told(shown=False) == str(by_exit.value)
    assert found.ask(p.Call("h", "", [], {})) == p.Returned(1)
    refused = found.ask(p.Call("k", "", [], {}))
    assert isinstance(refused, p.Raised)
    assert refused.kind == "PermissionError"


def test_memory_is_limited(process: Callable[..., SubmissionProcess]) -> None:
    """4 GiB can't be taken, in one step or slowly, and the message has the figure."""
    found = process(
        "def f(): return len(bytearray(4 * 2**30))",
        "def g():\n    kept = []\n    while True: kept.append(bytearray(2**26))",
        names=["f", "g"],
    )

    for name in ("f", "g"):
        with pytest.raises(OutOfMemory, match="2 GiB"):
            found.ask(p.Call(name, "", [], {}))


def test_a_loop_ends_at_its_limit(process: Callable[..., SubmissionProcess]) -> None:
    """Computing and sleeping alike."""
    found = process(
        "import time\ndef f():\n    while True: pass\ndef g(): time.sleep(60)", names=["f", "g"], call_seconds=0.5
    )

    for name in ("f", "g"):
        with pytest.raises(TimedOut, match="loop"):
            found.ask(p.Call(name, "", [], {}))
    assert found.cpu_spent < 5


def test_the_submission_has_one_cpu_budget(process: Callable[..., SubmissionProcess]) -> None:
    """What several children used is added up; then nothing more is run."""
    found = process("def f():\n    while True: pass", names=["f"], call_seconds=0.6, cpu_seconds=1.0)
    with pytest.raises(TimedOut):
        found.ask(p.Call("f", "", [], {}))
    with pytest.raises(TimedOut):
        found.ask(p.Call("f", "", [], {}))

    with pytest.raises(TimedOut, match="1 s of computing"):
        found.ask(p.Call("f", "", [], {}))


def test_reading_counts_against_the_submission(
    process: Callable[..., SubmissionProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the grader spends on answers is part of the budget, over all children, and has a cap of its own."""
    found = process("def f(): return [1] * 1000", names=["f"])
    found.ask(p.Call("f", "", [], {}))
    found._drop()

    assert found.reading_seconds > 0
    monkeypatch.setattr("autograder.sandbox.submission_process.READING_SECONDS", 0.0)
    with pytest.raises(TimedOut, match="to read: it sends far too much"):
        found.ask(p.Call("f", "", [], {}))


def test_scratch_is_limited(process: Callable[..., SubmissionProcess]) -> None:
    """Too many files and too many bytes are each named."""
    found = process(
        "def f():\n    for i in range(10**6): open(str(i), 'w').close()\n"
        "def g():\n    for i in range(8): open(str(i), 'wb').write(bytes(2**20))\n    while True: pass",
        names=["f", "g"],
        scratch_files=50,
        scratch_bytes=2**22,
    )

    with pytest.raises(Crashed, match="50 files"):
        found.ask(p.Call("f", "", [], {}))
    with pytest.raises(Crashed, match="4 MiB"):
        found.ask(p.Call("g", "", [], {}))


def test_output_is_capped_without_a_failure(process: Callable[..., SubmissionProcess]) -> None:
    """What is printed over the allowance is dropped, and the answer says so."""
    reply = process("def f():\n    for _ in range(100): print('x' * 99)\n    return 1", output_bytes=1000).ask(
        p.Call("f", "", [], {})
    )

    assert reply == p.Returned(1, output=reply.output, truncated=True)
    assert len(reply.output) == 1000


def test_no_code_of_ours_can_unpickle() -> None:
    """No module of the package imports a pickler, or torch.load, on any side."""
    found = [
        path
        for path in PACKAGE.rglob("*.py")
        if re.search(
            r"^\s*(import|from) (pickle|dill|cloudpickle|shelve|marshal)\b|torch\.load\(",
            path.read_text(),
            re.MULTILINE,
        )
    ]

    assert found == []
