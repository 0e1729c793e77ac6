"""The parts that a lab's `calibration.py` is written with: right and wrong runs behind a threshold, and their outcomes.

`autograder calibrate` runs them and counts. The module has one function, `experiments(reference)`, which gives an
`Experiment` for each threshold, by name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Outcome(NamedTuple):
    """One run: whether the returned losses follow the reference's, and the accuracy on held-out data."""

    follows: bool
    accuracy: float


class Runs(NamedTuple):
    """So many runs. `batches(done)` goes on with them where an earlier measurement has done `done`."""

    total: int
    batches: Callable[[int], Iterator[list[Outcome]]]


class Experiment(Protocol):
    """The runs behind one threshold. `conditions`: a stored table is good for these and no others."""

    what: str
    conditions: dict[str, Any]

    def correct(self, runs: int) -> dict[str, Runs]:
        """Runs that should pass, by way of doing it; `runs` in the first, a few in the others."""

    def wrong(self) -> dict[str, Runs]:
        """Runs that should not pass, by recipe."""

    def choose(self) -> list[tuple[int, ...]]:
        """The pool that the present versions suggest."""
