"""A really confined child: its limits, its privileges, and what honest code can do in it."""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import resource
import signal
import threading
from pathlib import Path

import pytest
from confined import LIMITS, default_policy, in_sandbox

from autograder.sandbox.confinement import confine, privileges, syscalls
from autograder.sandbox.protocol import KILLED_AFTER

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: only root can become another user")


# ------------------------------------------------------------------ limits


def test_memory_is_limited_on_top_of_what_is_inherited() -> None:
    """1.5 of 2 GiB can be taken, 4 GiB can't, by neither road: nothing is killed, Python raises."""
    assert in_sandbox(lambda: len(bytearray(3 << 29))).value == 3 << 29
    assert in_sandbox(lambda: len(bytearray(4 << 30))).error == "MemoryError"
    assert in_sandbox(lambda: len(mmap.mmap(-1, 4 << 30))).error == "OSError"


def test_cpu_time_is_limited() -> None:
    """A loop ends at its limit, by a signal that it can neither catch nor ignore, and that is no SIGKILL."""
    limits = confine.ProcessLimits(cpu_seconds=0.2, memory_bytes=2**30, file_bytes=2**20)

    def stubborn() -> None:
        with contextlib.suppress(OSError):
            signal.signal(signal.SIGXCPU, signal.SIG_IGN)
        while True:
            pass

    assert in_sandbox(stubborn, limits=limits).code == -signal.SIGXCPU


def test_a_blocked_signal_is_no_way_around_it() -> None:
    """Who keeps the signal from arriving is killed some seconds later, whether or not anybody watches."""
    limits = confine.ProcessLimits(cpu_seconds=0.2, memory_bytes=2**30, file_bytes=2**20)

    def deaf() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGXCPU])
        while True:
            pass

    start = os.times().children_user
    assert in_sandbox(deaf, limits=limits).code == -signal.SIGKILL
    assert os.times().children_user - start < 2 * (1 + KILLED_AFTER)


def test_limits_hold() -> None:
    """File size, open files, core files and the limits themselves can't be raised."""

    def attempt() -> list[object]:
        names = ("NOFILE", "CORE", "FSIZE", "CPU", "RTPRIO")
        return [resource.getrlimit(getattr(resource, f"RLIMIT_{name}")) for name in names]

    assert in_sandbox(attempt).value == [[256, 256], [0, 0], [2**20, 2**20], [20, 20 + KILLED_AFTER], [0, 0]]
    assert in_sandbox(lambda: Path("big").write_bytes(bytes(2**20 + 1))).error == "OSError"
    assert in_sandbox(lambda: [os.dup(0) for _ in range(300)]).errno == 24
    assert in_sandbox(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2**30, 2**30))).error == "ValueError"


def test_threads_work_and_are_limited() -> None:
    """Eight threads do their work; a thread bomb ends in an exception that names threads."""

    def attempt(count: int) -> int:
        done = threading.Event()
        threads = [threading.Thread(target=done.wait, daemon=True) for _ in range(count)]
        for thread in threads:
            thread.start()
        done.set()
        for thread in threads:
            thread.join()
        return count

    assert in_sandbox(lambda: attempt(8)).value == 8
    limits = confine.ProcessLimits(cpu_seconds=20, memory_bytes=2**35, file_bytes=1, threads=32)
    outcome = in_sandbox(lambda: attempt(3000), limits=limits)
    assert outcome.text == "can't start new thread"


# ------------------------------------------------------------------ privileges


def test_isolation_is_recorded() -> None:
    """The record says what was done, in plain values."""
    isolation = in_sandbox(lambda: None).isolation

    assert isolation["landlock"] == default_policy().abi
    assert isolation["uid"] == "own"
    assert all(isolation[key] is True for key in ("seccomp", "rlimits", "no_new_privs"))
    assert isolation["capabilities"] == ("dropped" if os.geteuid() == 0 else "none")


def test_no_capability_is_left() -> None:
    """Permitted and bounding sets are empty: root is an ordinary owner of files."""

    def attempt() -> list[int]:
        bounding = sum(syscalls.call("prctl", 23, capability, 0, 0, 0) for capability in range(32))
        return [privileges.permitted(), bounding, syscalls.call("prctl", 39, 0, 0, 0, 0)]

    permitted, bounding, no_new_privs = in_sandbox(attempt).value
    assert (permitted, no_new_privs) == (0, 1)
    assert bounding == 0 or os.geteuid() != 0


@needs_root
def test_takes_the_slots_user_where_it_can_be_used() -> None:
    """With a reachable interpreter the child runs as its slot's user, and its scratch belongs to it."""
    policy = confine.Policy.for_interpreter()
    policy.others_reach_it = True
    outcome = in_sandbox(lambda: [*os.getresuid(), Path("a").write_text("x")], policy=policy, slot=61_234)

    assert outcome.value == [61_234] * 3 + [1]
    assert outcome.isolation["uid"] == "slot"


@needs_root
def test_stays_its_own_user_where_no_other_reaches_the_interpreter() -> None:
    """Below a home of mode 0700 another user could not import anything; only the count of tasks moves."""
    policy = confine.Policy.for_interpreter()
    policy.others_reach_it = False
    outcome = in_sandbox(lambda: list(os.getresuid()), policy=policy, slot=61_234)

    assert outcome.value[1:] == [0, 0]
    assert outcome.value[0] != 0
    assert (outcome.isolation["uid"], outcome.isolation["threads"]) == ("own", LIMITS.threads)


# ------------------------------------------------------------------ honest work


def test_torch_trains_and_matplotlib_draws_inside() -> None:
    """Imported in the sandbox, numpy, torch (GRU, Adam) and matplotlib do all that the labs ask for."""

    def attempt() -> bool:
        import matplotlib as mpl
        import numpy as np
        import torch

        mpl.use("Agg")
        import matplotlib.pyplot as plt

        torch.set_num_threads(1)
        torch.manual_seed(0)
        gru = torch.nn.GRU(1, 4, batch_first=True)
        optimizer = torch.optim.Adam(gru.parameters(), lr=0.01)
        losses = []
        for _ in range(5):
            out, _ = gru(torch.ones(3, 5, 1))
            loss = ((out[:, -1] - 1) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        plt.plot(np.array(losses))
        plt.savefig("loss.png")
        torch.save(gru.state_dict(), "weights.pt")
        gru.load_state_dict(torch.load("weights.pt"))
        return bool(losses[-1] < losses[0])

    outcome = in_sandbox(attempt)

    assert outcome.value is True, outcome
    assert {"loss.png", "weights.pt"} <= set(outcome.files)


def test_ordinary_library_calls_work_inside() -> None:
    """Time, randomness, memory mapping (executable too), select, terminals, imports: no false refusal."""

    def attempt() -> int:
        import sqlite3
        import zoneinfo

        mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()
        callback = ctypes.CFUNCTYPE(ctypes.c_int)(lambda: 7)  # libffi maps executable memory
        sqlite3.connect(":memory:").execute("create table t (x)")
        zoneinfo.ZoneInfo("Europe/London")
        os.isatty(0)
        Path(os.devnull).write_text("x")
        return int(callback()) + len(os.urandom(3))

    assert in_sandbox(attempt).value == 10
