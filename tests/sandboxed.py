"""One warm server for all tests of the engine, and short ways to run code in its children."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec
import pytest

from autograder.sandbox import protocol as p
from autograder.sandbox.server_client import WarmServer
from autograder.sandbox.submission_process import SubmissionProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Run(Protocol):
    """`run(source, "name", 1, 2)`: load the source as one cell, call the name."""

    def __call__(self, source: str, name: str = "f", *args: object) -> p.Returned | p.Raised:
        """What the call gave."""
        ...


@pytest.fixture(scope="session")
def server() -> Iterator[WarmServer]:
    """A real warm server, confined."""
    with WarmServer() as found:
        yield found


@pytest.fixture
def process(server: WarmServer) -> Iterator[Callable[..., SubmissionProcess]]:
    """A maker of runners over cells; closed with the test."""
    made: list[SubmissionProcess] = []

    def make(*sources: str, names: list[str] | None = None, **limits: float) -> SubmissionProcess:
        cells = [p.Cell(index, source) for index, source in enumerate(sources)]
        made.append(SubmissionProcess(server, cells, names or ["f"], msgspec.convert(limits, p.Limits)))
        return made[-1]

    yield make
    for item in made:
        item.close()


@pytest.fixture
def run(process: Callable[..., SubmissionProcess]) -> Run:
    """Run a function of a one-cell submission."""

    def call(source: str, name: str = "f", *args: object) -> p.Returned | p.Raised:
        return process(source, names=[name]).ask(p.Call(name, "", list(args), {}))

    return call
