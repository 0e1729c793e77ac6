"""An experiment that costs nothing, for the tests of `calibrate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.suite import Outcome, Runs

if TYPE_CHECKING:
    from collections.abc import Iterator

LAB = "lab4_memory_task"


class Fake:
    """An experiment whose correct work always passes and whose wrong work never follows; it says what it ran."""

    what = "a fake"

    def __init__(self, conditions: dict[str, Any] | None = None) -> None:
        self.conditions = conditions or {"epochs": 1}
        self.ran = 0
        self.stop_at: int | None = None

    def correct(self, runs: int) -> dict[str, Runs]:
        """All right."""
        return {"right": Runs(runs, lambda done: self._batches(runs - done, follows=True))}

    def wrong(self) -> dict[str, Runs]:
        """Accurate, but not by the training that was asked for."""
        return {"elsewhere": Runs(400, lambda done: self._batches(400 - done, follows=False))}

    def choose(self) -> list[tuple[int, ...]]:
        """A pool."""
        return [(1, 2)]

    def _batches(self, count: int, *, follows: bool) -> Iterator[list[Outcome]]:
        for start in range(0, count, 100):
            if self.stop_at is not None and self.ran >= self.stop_at:
                raise KeyboardInterrupt
            batch = min(100, count - start)
            self.ran += batch
            yield [Outcome(follows, 1.0)] * batch
