"""The trainings side by side do what `nn.GRU`, `nn.LSTM` and `torch.optim.Adam` do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import torch

if TYPE_CHECKING:
    from collections.abc import Callable

    from autograder.suite.reference import Reference

EPOCHS = 12


@pytest.mark.parametrize("name", ["first_10", "lstm_10"])
def test_each_replica_trains_as_the_solution_does(solution: Reference, lab: Callable[[str], Any], name: str) -> None:
    """Losses, weights and accuracy of two replicas are the solution's; differences are rounding (1e-7 seen)."""
    pool = lab("pool")
    task = pool.TASKS[name]
    data = [pool.data_of(task, pair.data, solution) for pair in task.pool[:2]]
    starts = [pool.start_of(task, pair.start) for pair in task.pool[:2]]
    stacked = [torch.stack(parts) for parts in zip(*starts, strict=True)]
    replicas = lab("replicas").Replicas(stacked, torch.stack([x for x, _ in data]), torch.stack([y for _, y in data]))
    losses = replicas.train(EPOCHS, 0.03)

    for number, ((x, y), start) in enumerate(zip(data, starts, strict=True)):
        model = pool.classifier(solution, task.kind, start)
        history = solution.train(model, x, y, epochs=EPOCHS, lr=0.03)

        assert losses[:, number].tolist() == pytest.approx([row["loss"] for row in history], abs=2e-6)
        for mine, own in zip(replicas.weights(), model.parameters(), strict=True):
            assert torch.allclose(mine[number], own, atol=1e-4)
        assert float(replicas.accuracy(x, y)[number]) == pytest.approx(solution.accuracy(model, x, y), abs=1e-6)
