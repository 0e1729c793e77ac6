"""What ends a child, and what is then told: limits, signals, a channel that is closed, a busy machine."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from test_runner import value

from autograder.sandbox import protocol as p
from autograder.sandbox.errors import ChildFailure, Crashed, TimedOut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from autograder.sandbox.submission_process import SubmissionProcess


def test_a_thread_that_goes_on_does_not_hold_an_answer_up(process: Callable[..., SubmissionProcess]) -> None:
    """It runs beside, until its child ends."""
    found = process(
        "import threading, time\nthread = threading.Thread(target=time.sleep, args=[60], daemon=False)\n"
        "thread.start()\ndef f(): return thread.is_alive()"
    )

    start = time.monotonic()
    assert value(found) is True
    found.close()
    assert time.monotonic() - start < 20


def test_the_kernel_ends_what_uses_up_its_computing_time(process: Callable[..., SubmissionProcess]) -> None:
    """RLIMIT_CPU holds where nobody looks: the answer is a timeout with the figure."""
    found = process("import os\ndef f():\n    while True: pass", call_seconds=60, cpu_seconds=1)

    with pytest.raises(TimedOut, match="computing time"):
        value(found)


EATEN = """
import signal, threading
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGXCPU])
def eat():
    while True: signal.sigwait([signal.SIGXCPU])
def f():
    threading.Thread(target=eat, daemon=True).start()
    while True: pass
"""


def test_who_eats_the_kernels_signal_is_told_the_same(
    process: Callable[..., SubmissionProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only the kernel is left to end it, by SIGKILL, it is used-up computing time, and nobody else's doing."""
    monkeypatch.setattr("autograder.sandbox.child_process.ChildClock.cpu", lambda _self: 0.0)
    found = process(EATEN, call_seconds=60, cpu_seconds=1)

    with pytest.raises(TimedOut, match="used up its 1 s of computing time"):
        value(found)
    assert found.doubts == set()


def test_who_hangs_up_is_not_taken_for_killed(process: Callable[..., SubmissionProcess]) -> None:
    """A process that closes its channel and goes on is killed by us: that is no evidence of anybody else."""
    found = process("import os, time\ndef f():\n    os.close(3)\n    time.sleep(60)")

    with pytest.raises(Crashed, match="closed the channel"):
        value(found)
    assert found.doubts == set()


def test_too_large_a_file_is_told_alike(process: Callable[..., SubmissionProcess]) -> None:
    """Whether Python raises or the kernel's signal ends the process, the student reads of the same limit."""
    write = "open('f', 'wb').write(bytes(3 * 2**20))"
    deadly = f"import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_DFL)\ndef f(): {write}"
    for source in (f"def f(): {write}", deadly):
        with pytest.raises(Crashed, match="Your program's files grew over 2 MiB"):
            value(process(source, scratch_bytes=2**21))


def test_code_that_another_child_lost_is_loaded_again(process: Callable[..., SubmissionProcess]) -> None:
    """State of the lost child is gone, definitions are not."""
    found = process(
        "import os\nn = [0]\ndef f():\n    n[0] += 1\n    return n[0]\ndef g(): os._exit(1)", names=["f", "g"]
    )

    assert [value(found), value(found)] == [1, 2]
    with pytest.raises(ChildFailure):
        value(found, "g")
    assert value(found) == 1


@pytest.fixture
def busy_machine() -> Iterator[None]:
    """Four busy processes for each core, each with a session, so a share, of its own."""
    loop = [sys.executable, "-S", "-c", "print('ready', flush=True)\nwhile True: pass"]
    count = 4 * len(os.sched_getaffinity(0))
    loops = [subprocess.Popen(loop, stdout=subprocess.PIPE, start_new_session=True) for _ in range(count)]
    for loop_process in loops:
        assert loop_process.stdout is not None
        loop_process.stdout.readline()
    yield
    for loop_process in loops:
        loop_process.kill()
        loop_process.communicate()


@pytest.mark.full  # whether the load really slows it depends on the scheduler and on priorities
def test_a_busy_machine_fails_nobody(process: Callable[..., SubmissionProcess], busy_machine: None) -> None:
    """Half a second of honest computing passes a limit of 1 s, though it takes longer than that on the clock."""
    burn = "end = time.process_time() + 0.5\n    while time.process_time() < end: pass"
    found = process(f"import time\ndef f():\n    {burn}\n    return 1", call_seconds=1, cell_seconds=1)

    start = time.monotonic()
    assert value(found) == 1
    assert time.monotonic() - start > 1.25  # the next look after the limit, or there was nothing to be fair about


COUNT = "import os\ncount = int(os.getcwd().rpartition('/')[2].partition('-')[0])\n"


def test_what_loading_says_is_what_it_said_before_hidden_inputs(process: Callable[..., SubmissionProcess]) -> None:
    """A cell whose exception tells of its child is told as in the first one, once hidden inputs were asked."""
    found = process(COUNT + "g = 1 / 0", COUNT + "h = int(f'x{count}')", "def f(): pass", names=["f", "g", "h"])
    value(found)
    first = dict(found.abandoned)
    found.ask(p.Call("f", "", [], {}), hidden=True)
    found._drop()
    value(found)

    assert found.generation == 2
    assert first
    assert found.abandoned == first


@pytest.mark.parametrize("odd", [0, 1])
def test_what_loading_says_anew_after_hidden_inputs_has_no_words_of_its_own(
    process: Callable[..., SubmissionProcess], odd: int
) -> None:
    """A cell that raises in a later child alone is told as one that raised, without kind, text and line."""
    found = process(COUNT + f"g = 1 / (count % 2 != {odd})", "def f(): pass", names=["f", "g"])
    value(found)
    before = dict(found.abandoned)
    found.ask(p.Call("f", "", [], {}), hidden=True)
    found._drop()
    value(found)

    assert before or list(found.abandoned.values()) == [p.Raised("Exception", "")]
