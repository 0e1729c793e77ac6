"""Wrong trainings of lab 4: `train` with one part of it done as a student does who makes that mistake.

Used twice: to name the mistake that a returned history fits, and by `autograder calibrate` to measure what passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


@dataclass(frozen=True)
class Recipe:
    """`train` with what is not the default done wrong. `lr` stands in for the rate that was asked for."""

    optimizer: Callable[..., Any] = torch.optim.Adam
    loss: Loss = functional.cross_entropy
    lr: float | None = None
    zero: bool = True
    step: bool = True
    fresh: bool = False  # a new optimizer at every epoch
    after: bool = False  # measured after the step
    batch: int = 0  # rows per step; 0 is all
    steps: int = 1  # per epoch

    def train(
        self,
        model: torch.nn.Module,
        X: torch.Tensor,  # noqa: N803  # the lab's own name
        y: torch.Tensor,
        epochs: int,
        lr: float,
    ) -> list[dict[str, float]]:
        """Train and return the history that this gives."""
        rate = lr if self.lr is None else self.lr
        optimizer = self.optimizer(model.parameters(), lr=rate)
        history = []
        for epoch in range(1, epochs + 1):
            if self.fresh:
                optimizer = self.optimizer(model.parameters(), lr=rate)
            for step, (rows, labels) in enumerate(self._batches(X, y)):
                logits = model(rows)
                loss = self.loss(logits, labels)
                if step == 0 and not self.after:
                    history.append(_entry(epoch, loss, logits, labels))
                self._improve(optimizer, loss)
            if self.after:
                logits = model(X)
                history.append(_entry(epoch, self.loss(logits, y), logits, y))
        return history

    def _batches(self, X: torch.Tensor, y: torch.Tensor) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:  # noqa: N803
        size = self.batch or len(X)
        for _ in range(self.steps):
            yield from zip(torch.split(X, size), torch.split(y, size), strict=True)

    def _improve(self, optimizer: Any, loss: torch.Tensor) -> None:  # noqa: ANN401  # any of them
        if self.zero:
            optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        if self.step:
            optimizer.step()


def _entry(epoch: int, loss: torch.Tensor, logits: torch.Tensor, y: torch.Tensor) -> dict[str, float]:
    return {"epoch": epoch, "loss": loss.item(), "acc": (logits.argmax(1) == y).float().mean().item()}


def _on(change: Callable[[torch.Tensor], torch.Tensor], loss: Loss) -> Loss:
    return lambda logits, y: loss(change(logits), y)


def _squared(logits: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return functional.mse_loss(logits, functional.one_hot(y, 2).float())


def _nll(logits: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return -logits.gather(1, y[:, None]).mean()


def _summed(logits: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return functional.cross_entropy(logits, y, reduction="sum")


def _inverted(logits: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return functional.cross_entropy(logits, 1 - y)


TRAININGS: dict[str, tuple[str, Recipe]] = {
    "loss after the step": (
        "Your losses are measured after the step. Write each entry down from the logits before `optimizer.step()`.",
        Recipe(after=True),
    ),
    "no step": (
        "Your model does not learn. Each epoch needs `zero_grad()`, then `backward()`, then `step()`.",
        Recipe(step=False),
    ),
    "missing zero_grad": (
        "Gradients pile up over your epochs: `optimizer.zero_grad()` is missing before `backward()`.",
        Recipe(zero=False),
    ),
    "SGD for Adam": (
        "Your losses are those of plain gradient descent. The task asks for `torch.optim.Adam`.",
        Recipe(optimizer=torch.optim.SGD),
    ),
    "AdamW for Adam": (
        "Your losses are those of `AdamW`, which shrinks the weights as well. The task asks for `torch.optim.Adam`.",
        Recipe(optimizer=torch.optim.AdamW),
    ),
    "RMSprop for Adam": (
        "Your losses are those of `RMSprop`. The task asks for `torch.optim.Adam`.",
        Recipe(optimizer=torch.optim.RMSprop),
    ),
    "new optimizer at every epoch": (
        "The optimizer is made inside your loop. It remembers past gradients, so make it once, before.",
        Recipe(fresh=True),
    ),
    "softmax before the loss": (
        "A softmax is taken before the loss. Cross-entropy takes raw logits and does that itself.",
        Recipe(loss=_on(lambda z: z.softmax(1), functional.cross_entropy)),
    ),
    "sigmoid before the loss": (
        "A sigmoid is taken before the loss. Cross-entropy takes raw logits.",
        Recipe(loss=_on(lambda z: z.sigmoid(), functional.cross_entropy)),
    ),
    "sum for mean": (
        "Your loss is the sum over the rows. The mean is cross-entropy's default.",
        Recipe(loss=_summed),
    ),
    "squared error": (
        "Your loss is a squared error. The task asks for cross-entropy on the logits.",
        Recipe(loss=_squared),
    ),
    "NLL of raw logits": (
        "Your loss is `NLLLoss`, which expects log-probabilities. `CrossEntropyLoss` takes raw logits.",
        Recipe(loss=_nll),
    ),
    "labels inverted in train": (
        "Your loss is that of the labels turned round. Hand `y` on as it is.",
        Recipe(loss=_inverted),
    ),
    "one step per row": (
        "You step after every row. Hand all rows to the model at once: one step per epoch.",
        Recipe(batch=1),
    ),
    "two steps per epoch": (
        "You take two steps per epoch. It is one.",
        Recipe(steps=2),
    ),
    "lr ignored": (
        "Your steps have the size of lr = 0.03 whatever is asked for. Hand `lr=lr` on to the optimizer.",
        Recipe(lr=0.03),
    ),
    "lr left out": (
        "Your steps have the size of Adam's own lr = 0.001. Hand `lr=lr` on to the optimizer.",
        Recipe(lr=0.001),
    ),
    **{
        f"lr {rate} typed in": (
            f"Your steps have the size of lr = {rate} whatever is asked for. Hand `lr=lr` on to the optimizer.",
            Recipe(lr=rate),
        )
        for rate in (0.3, 0.1, 0.01, 0.003)
    },
}
