"""How a warm server starts: what it brings in, and that it leaves when nobody waits for it any more."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

import pytest
from small_course import write_course

from autograder.course.settings import load_course
from autograder.grading.grader import Grader
from autograder.sandbox import protocol as p
from autograder.sandbox.server_client import WarmServer
from autograder.sandbox.submission_process import SubmissionProcess

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.sandbox.server_client import Link

TRAINS = """
import sys
import torch

def step():
    warm = "torch._dynamo" in sys.modules
    weight = torch.nn.Parameter(torch.ones(1))
    optimizer = torch.optim.SGD([weight], lr=0.5)
    weight.sum().backward()
    optimizer.step()
    return [warm, weight.item()]
"""


def stepped(server: Link) -> object:
    """Whether the compiler was there before the step, and the weight after it."""
    process = SubmissionProcess(server, [p.Cell(0, TRAINS)], ["step"], p.Limits())
    reply = process.ask(p.Call("step", "", [], {}))
    process.close()
    assert isinstance(reply, p.Returned), reply
    return reply.value


@pytest.mark.parametrize("trains", [True, False])
def test_an_optimizer_works_whether_it_was_expected_or_not(trains: bool) -> None:  # a parameter
    """Where no lab trains, torch's compiler comes in with a student's first step, and the step is the same."""
    with WarmServer(trains=trains) as server:
        assert stepped(server) == [trains, 0.5]


def test_a_grader_expects_what_its_assignments_need(tmp_path: Path) -> None:
    """Alone as in a pool: `check` and Gradescope wait for the compiler only where a lab trains."""
    course = load_course(write_course(tmp_path))
    with Grader(course, assignments=["tiny"]) as grader:
        assert stepped(grader._server) == [False, 0.5]


@pytest.mark.parametrize("branches", [0, 2])
def test_a_server_that_nobody_waits_for_imports_nothing(branches: int) -> None:
    """Its grader hung up before it was up: it notices that first, and doesn't spend seconds on torch."""

    def used() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return children.ru_utime + children.ru_stime

    before = used()
    server = WarmServer(branches=branches)
    server.close()

    assert used() - before < 0.9
    assert not server.scratch.exists()
