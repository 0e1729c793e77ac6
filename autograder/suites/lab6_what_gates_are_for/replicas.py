"""Many trainings of lab 6 at once, for calibration: GRUs with a leading axis of replicas.

Each replica has its own start weights and data. Gates, clipping and Adam are written out, so this is one more
equivalent implementation, with an order of floating-point operations of its own; a test holds it to the solution.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional


class Replicas:
    """`weights`: the lab's six tensors, each with a leading axis of replicas; `X` (R, n, T, 2), `y` (R, n)."""

    def __init__(self, weights: list[Tensor], X: Tensor, y: Tensor) -> None:  # the lab's own name
        self.weights = [weight.clone().requires_grad_() for weight in weights]
        self._X, self._y = X, y
        self._moments = [(torch.zeros_like(weight), torch.zeros_like(weight)) for weight in weights]

    def train(self, epochs: int, lr: float, clip: float) -> Tensor:
        """Train; the losses before each step, (epochs, R)."""
        losses = []
        for epoch in range(1, epochs + 1):
            logits = self._logits(self._X)
            each = functional.cross_entropy(logits.flatten(0, 1), self._y.flatten(), reduction="none")
            loss = each.view(self._y.shape).mean(1)
            slopes = torch.autograd.grad(loss.sum(), self.weights)
            norms = torch.cat([slope.flatten(1) for slope in slopes], dim=1).norm(dim=1)
            self._step(slopes, (clip / (norms + 1e-6)).clamp(max=1), epoch, lr)
            losses.append(loss.detach())
        return torch.stack(losses)

    @torch.no_grad()
    def accuracy(self, X: Tensor, y: Tensor) -> Tensor:  # the lab's own name
        """The share of rows of `X` (n, T, 2) that each replica gets right."""
        logits = self._logits(X.expand(len(self._y), *X.shape))
        return (logits.argmax(2) == y).double().mean(1)

    def _logits(self, X: Tensor) -> Tensor:  # the lab's own name
        """Logits from the final state, (R, n, 2); z is the share of the old state."""
        w, u, b, d, out, bias = self.weights
        size = u.shape[2]
        fed = torch.baddbmm(b.unsqueeze(1), X.flatten(1, 2), w.mT).view(*X.shape[:3], 3 * size)
        h = X.new_zeros(*X.shape[:2], size)
        for read in fed.unbind(2):
            own = torch.baddbmm(d.unsqueeze(1), h, u.mT)
            r, z = torch.sigmoid(read[:, :, : 2 * size] + own[:, :, : 2 * size]).chunk(2, dim=2)
            h = torch.lerp(torch.tanh(read[:, :, 2 * size :] + r * own[:, :, 2 * size :]), h, z)
        return torch.baddbmm(bias.unsqueeze(1), h, out.mT)

    @torch.no_grad()
    def _step(self, slopes: tuple[Tensor, ...], factors: Tensor, epoch: int, lr: float) -> None:
        """One step of Adam as its paper and torch's defaults have it, on shortened gradients."""
        scale = math.sqrt(1 - 0.999**epoch)
        for weight, slope, (first, second) in zip(self.weights, slopes, self._moments, strict=True):
            short = slope * factors.view(-1, *[1] * (slope.dim() - 1))
            first.lerp_(short, 0.1)
            second.mul_(0.999).addcmul_(short, short, value=0.001)
            weight.addcdiv_(first, second.sqrt().div_(scale).add_(1e-8), value=-lr / (1 - 0.9**epoch))
