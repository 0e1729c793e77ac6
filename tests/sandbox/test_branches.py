"""One warm server for several graders: each has a branch of its own, and none depends on another."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.course.settings import find_course
from autograder.grading.grader import Grader
from autograder.sandbox import protocol as p
from autograder.sandbox.errors import ServerLost
from autograder.sandbox.server_client import Branch, WarmServer
from autograder.sandbox.submission_process import SubmissionProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "sample_class" / "submitted" / "ada" / "lab1_scalar_lstm" / "lab1_scalar_lstm.ipynb"


@pytest.fixture
def trunk() -> Iterator[WarmServer]:
    """A server with two branches."""
    with WarmServer(branches=2) as found:
        yield found


@pytest.fixture
def branch(trunk: WarmServer) -> Iterator[Branch]:
    """The next of its branches, as a worker gets it: over a copy of the handoff."""
    with Branch(trunk.handoff.dup()) as found:
        yield found


@pytest.fixture
def second(trunk: WarmServer) -> Iterator[Branch]:
    """One more."""
    with Branch(trunk.handoff.dup()) as found:
        yield found


def asked(branch: Branch) -> object:
    """What a submission's function answers through a branch."""
    process = SubmissionProcess(branch, [p.Cell(0, "def f(): return 6 * 7")], ["f"], p.Limits())
    try:
        reply = process.ask(p.Call("f", "", [], {}))
    finally:
        process.close()
    assert isinstance(reply, p.Returned)
    return reply.value


def gone(pid: int) -> bool:
    """Whether a process ends within some seconds; nobody may have collected it yet."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            if ") Z " in Path(f"/proc/{pid}/stat").read_text():
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False


def test_each_grader_has_a_server_of_its_own(trunk: WarmServer, branch: Branch, second: Branch) -> None:
    """Both answer, in processes and folders of their own, confined as the one they come from."""
    children = [one.fork(p.Limits(), 10) for one in (branch, second)]

    assert asked(branch) == asked(second) == 42
    assert len({trunk.pid, branch.pid, second.pid}) == 3
    assert branch.versions == trunk.versions
    assert children[0].scratch.parent != children[1].scratch.parent
    assert {child.scratch.parents[1] for child in children} == {trunk.scratch}
    assert children[0].isolation["landlock"] == children[1].isolation["landlock"] > 0
    for child in children:
        child.close()


def test_a_branch_ends_with_its_grader(branch: Branch, second: Branch) -> None:
    """With its children and their folders; the other branch goes on."""
    child = branch.fork(p.Limits(), 10)
    branch.close()

    assert gone(branch.pid)
    assert gone(child.pid)
    assert not child.scratch.exists()
    assert asked(second) == 42
    with pytest.raises(ServerLost, match="the warm server is gone"):
        child.close()


def test_a_branch_outlives_the_server_that_it_came_from(trunk: WarmServer, branch: Branch) -> None:
    """A killed server costs nobody a submission: what it has forked goes on."""
    os.kill(trunk.pid, signal.SIGKILL)

    assert gone(trunk.pid)
    assert asked(branch) == 42


def test_nothing_is_left_of_all_of_it(trunk: WarmServer, branch: Branch) -> None:
    """Branches that nobody took end with the server; so do their folders."""
    branch.close()
    trunk.close()

    assert gone(branch.pid)
    assert not trunk.scratch.exists()


def test_a_grader_whose_share_is_lost_starts_a_server_of_its_own() -> None:
    """A server that ended before it was warm is no submission's fault, and no reason not to grade it."""
    ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
    theirs.close()
    with pytest.raises(ServerLost, match="the shared warm server ended before it was warm"):
        Branch(ours.dup()).ready()
    with Grader(find_course(ROOT), server=Branch(ours)) as grader:
        record = grader.grade_file(SAMPLE, "ada", "lab1_scalar_lstm")

    assert record.score == record.max_score == 10
