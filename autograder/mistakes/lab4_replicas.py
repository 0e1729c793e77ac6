"""Many trainings at once, for calibration: the lab's GRU or LSTM, full-batch Adam, replicas side by side.

Each replica has its own start weights and data; nothing is shared but the instructions. Forward, backward through
time and Adam are written out (no autograd), with the features in rows and the sequences in columns, so that one
small matrix product per step does all gates of all replicas. That makes it one more equivalent implementation of
`train`, with an order of floating-point operations of its own; a test holds it to `nn.GRU` and `nn.LSTM`.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn.functional import softplus

tanh_backward, sigmoid_backward = torch.ops.aten.tanh_backward, torch.ops.aten.sigmoid_backward
H = 8  # hidden units
K = H + 2  # what a gate reads: hidden state, input, constant 1


class Replicas:
    """`weights`: the lab's six tensors, each with a leading axis of replicas; `X` (R, n, T, 1), `y` (R, n)."""

    def __init__(self, weights: list[Tensor], X: Tensor, y: Tensor) -> None:  # noqa: N803  # the lab's own name
        self.lstm = weights[1].shape[1] == 4 * H
        self.shapes = [weight.shape[1:] for weight in weights]
        self.flat = torch.cat([weight.flatten(1) for weight in weights], dim=1).contiguous()
        self.sign = (2.0 * y - 1.0).to(self.flat.dtype)
        self.inputs = _inputs(X)
        self.first = torch.zeros_like(self.flat)
        self.second = torch.zeros_like(self.flat)
        self.steps = 0

    def weights(self) -> list[Tensor]:
        """The six tensors as they are now."""
        parts = torch.split(self.flat, [math.prod(shape) for shape in self.shapes], dim=1)
        return [part.reshape(len(part), *shape) for part, shape in zip(parts, self.shapes, strict=True)]

    def train(self, epochs: int, lr: float) -> Tensor:
        """Train; the losses before each step, (epochs, R)."""
        losses = []
        for _ in range(epochs):
            loss, gradient = self._loss_and_gradient()
            losses.append(loss)
            self._adam(gradient, lr)
        return torch.stack(losses)

    def accuracy(self, X: Tensor, y: Tensor) -> Tensor:  # noqa: N803  # the lab's own name
        """The share of rows of `X` (n, T, 1) that each replica gets right."""
        replicas = len(self.flat)
        inputs = _inputs(X.expand(replicas, *X.shape))
        margin = self._margin(self._read(inputs)[0][-1])
        return ((margin > 0) == (y > 0)).to(torch.float64).mean(1)

    def _read(self, inputs: Tensor) -> tuple[list[Tensor], list[tuple[Tensor, ...]]]:
        """Hidden states after each step, and what the way back needs. Writes the states into `inputs`."""
        gates = self._gates()
        hidden = torch.zeros_like(inputs[0, :, :H])
        cell = hidden
        states: list[Tensor] = []
        kept: list[tuple[Tensor, ...]] = []
        for read in inputs.unbind():
            read[:, :H] = hidden
            mixed = torch.bmm(gates, read)
            if self.lstm:
                mixed[:, : 2 * H].sigmoid_()
                i, f, g, o = torch.split(mixed, H, dim=1)
                g.tanh_()
                o.sigmoid_()
                before, cell = cell, torch.addcmul(f * cell, i, g)
                shown = cell.tanh()
                hidden = o * shown
                kept.append((i, f, g, o, before, shown))
            else:
                mixed[:, : 2 * H].sigmoid_()
                r, z, own, new = torch.split(mixed, H, dim=1)
                new.addcmul_(r, own).tanh_()
                before, hidden = hidden, torch.lerp(new, hidden, z)
                kept.append((r, z, own, new, before))
            states.append(hidden)
        return states, kept

    def _gates(self) -> Tensor:
        """One matrix per replica, (4·H, K): i, f, g, o of the LSTM; r, z, the candidate's two halves of the GRU."""
        w_in, w_hidden, b_in, b_hidden = self.weights()[:4]
        if self.lstm:
            return torch.cat([w_hidden, w_in, (b_in + b_hidden).unsqueeze(2)], dim=2)
        gates = self.flat.new_zeros(len(self.flat), 4 * H, K)
        gates[:, : 3 * H, :H] = w_hidden
        gates[:, : 2 * H, H] = w_in[:, : 2 * H, 0]
        gates[:, 3 * H :, H] = w_in[:, 2 * H :, 0]
        gates[:, : 3 * H, H + 1] = b_hidden
        gates[:, : 2 * H, H + 1] += b_in[:, : 2 * H]
        gates[:, 3 * H :, H + 1] = b_in[:, 2 * H :]
        return gates

    def _margin(self, hidden: Tensor) -> Tensor:
        """Second logit less the first, (R, n)."""
        logits = self._logits(hidden)
        return logits[:, 1] - logits[:, 0]

    def _logits(self, hidden: Tensor) -> Tensor:
        w_out, b_out = self.weights()[4:]
        return torch.baddbmm(b_out.unsqueeze(2), w_out, hidden)

    def _loss_and_gradient(self) -> tuple[Tensor, Tensor]:
        states, kept = self._read(self.inputs)
        margin = self._margin(states[-1])
        loss = softplus(-self.sign * margin).mean(1)
        slope = -self.sign * torch.sigmoid(-self.sign * margin) / margin.shape[1]
        at_logits = torch.stack([-slope, slope], dim=1)
        at_hidden = torch.bmm(self.weights()[4].transpose(1, 2), at_logits)
        at_gates = (self._back_lstm if self.lstm else self._back_gru)(at_hidden, kept)
        out = torch.bmm(at_logits, states[-1].transpose(1, 2))
        return loss, self._as_flat(at_gates, out, at_logits.sum(2))

    def _back_gru(self, at_hidden: Tensor, kept: list[tuple[Tensor, ...]]) -> Tensor:
        gates = self._gates()
        back = gates[:, :, :H].transpose(1, 2).contiguous()
        total = torch.zeros_like(gates)
        mixed = at_hidden.new_empty(len(at_hidden), 4 * H, at_hidden.shape[2])
        at_r, at_z, at_own, at_new = torch.split(mixed, H, dim=1)
        for read, (r, z, own, new, before) in zip(reversed(self.inputs.unbind()), reversed(kept), strict=True):
            kept_share = at_hidden * z
            tanh_backward(at_hidden - kept_share, new, grad_input=at_new)
            torch.mul(at_new, r, out=at_own)
            sigmoid_backward(at_new * own, r, grad_input=at_r)
            sigmoid_backward(at_hidden * (before - new), z, grad_input=at_z)
            total.baddbmm_(mixed, read.transpose(1, 2))
            at_hidden = torch.baddbmm(kept_share, back, mixed)
        return total

    def _back_lstm(self, at_hidden: Tensor, kept: list[tuple[Tensor, ...]]) -> Tensor:
        gates = self._gates()
        back = gates[:, :, :H].transpose(1, 2).contiguous()
        total = torch.zeros_like(gates)
        mixed = at_hidden.new_empty(len(at_hidden), 4 * H, at_hidden.shape[2])
        at_i, at_f, at_g, at_o = torch.split(mixed, H, dim=1)
        at_cell = torch.zeros_like(at_hidden)
        for read, (i, f, g, o, before, shown) in zip(reversed(self.inputs.unbind()), reversed(kept), strict=True):
            at_cell = at_cell + tanh_backward(at_hidden * o, shown)
            sigmoid_backward(at_hidden * shown, o, grad_input=at_o)
            sigmoid_backward(at_cell * g, i, grad_input=at_i)
            sigmoid_backward(at_cell * before, f, grad_input=at_f)
            tanh_backward(at_cell * i, g, grad_input=at_g)
            at_cell = at_cell * f
            total.baddbmm_(mixed, read.transpose(1, 2))
            at_hidden = torch.bmm(back, mixed)
        return total

    def _as_flat(self, gates: Tensor, w_out: Tensor, b_out: Tensor) -> Tensor:
        """The gradient in the order of the lab's parameters."""
        if self.lstm:
            w_in, w_hidden, b_in = gates[:, :, H], gates[:, :, :H], gates[:, :, H + 1]
            b_hidden = b_in
        else:
            ahead = torch.cat([gates[:, : 2 * H], gates[:, 3 * H :]], dim=1)
            w_in, w_hidden, b_in = ahead[:, :, H], gates[:, : 3 * H, :H], ahead[:, :, H + 1]
            b_hidden = gates[:, : 3 * H, H + 1]
        parts = (w_in, w_hidden, b_in, b_hidden, w_out, b_out)
        return torch.cat([part.flatten(1) for part in parts], dim=1)

    def _adam(self, gradient: Tensor, lr: float) -> None:
        """One step of Adam as its paper and torch's defaults have it."""
        self.steps += 1
        self.first.lerp_(gradient, 0.1)
        self.second.mul_(0.999).addcmul_(gradient, gradient, value=0.001)
        scale = math.sqrt(1 - 0.999**self.steps)
        self.flat.addcdiv_(self.first, self.second.sqrt().div_(scale).add_(1e-8), value=-lr / (1 - 0.9**self.steps))


def _inputs(X: Tensor) -> Tensor:  # noqa: N803  # the lab's own name
    """(T, R, K, n): room for the hidden state, then the input, then 1."""
    replicas, rows, length, _ = X.shape
    inputs = X.new_ones(length, replicas, K, rows)
    inputs[:, :, H] = X[:, :, :, 0].permute(2, 0, 1)
    return inputs
