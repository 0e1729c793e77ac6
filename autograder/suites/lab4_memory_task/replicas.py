"""Many trainings at once, for calibration: the lab's GRU or LSTM, full-batch Adam, replicas side by side.

Each replica has its own start weights and data; nothing is shared but the instructions. Forward, backward through
time and Adam are written out (no autograd), with the features in rows and the sequences in columns, so that one
small matrix product per step does all gates of all replicas. That makes it one more equivalent implementation of
`train`, with an order of floating-point operations of its own; a test holds it to `nn.GRU` and `nn.LSTM`.

Everything of a step is written into memory that is set aside once: fresh memory for each result took longer to map
than the results took to compute.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn.functional import softplus

tanh_backward, sigmoid_backward = torch.ops.aten.tanh_backward, torch.ops.aten.sigmoid_backward
H = 8  # hidden units
K = H + 2  # what a gate reads: hidden state, input, constant 1


class _Steps:
    """Room for what a walk through sequences leaves behind, step by step: (replicas, features, sequences) each."""

    def __init__(self, X: Tensor) -> None:  # the lab's own name
        replicas, rows, length, _ = X.shape
        reads = X.new_ones(length + 1, replicas, K, rows)
        reads[:, :, :H] = 0
        reads[:length, :, H] = X[:, :, :, 0].permute(2, 0, 1)
        self.reads = list(reads.unbind())
        """What the gates read at each step; in its first rows the hidden state before that step."""
        self.hidden = [read[:, :H] for read in self.reads]
        mixed = X.new_empty(length, replicas, 4 * H, rows)
        self.mixed = list(mixed.unbind())
        """The gates of each step."""
        self.switches = [step[:, : 2 * H] for step in self.mixed]
        self.parts = [torch.split(step, H, dim=1) for step in self.mixed]
        self.cells = list(X.new_zeros(length + 1, replicas, H, rows).unbind())
        self.shown = list(X.new_empty(length, replicas, H, rows).unbind())
        """Of the LSTM: the cell before each step, and its tanh after it."""
        self.slope = X.new_empty(replicas, 4 * H, rows)
        """On the way back: the loss's slope at the gates of the step at hand."""
        self.spare = [X.new_empty(replicas, H, rows) for _ in range(2)]
        self._turned = X.new_empty(replicas, rows, K)

    def add_slope(self, total: Tensor, t: int) -> None:
        """Add the slope at the gates' matrix in step `t`; a product with a turned copy is faster than a turned one."""
        total.baddbmm_(self.slope, self._turned.copy_(self.reads[t].transpose(1, 2)))


class Replicas:
    """`weights`: the lab's six tensors, each with a leading axis of replicas; `X` (R, n, T, 1), `y` (R, n)."""

    def __init__(self, weights: list[Tensor], X: Tensor, y: Tensor) -> None:  # the lab's own name
        self.lstm = weights[1].shape[1] == 4 * H
        self.shapes = [weight.shape[1:] for weight in weights]
        self.flat = torch.cat([weight.flatten(1) for weight in weights], dim=1).contiguous()
        self.sign = (2.0 * y - 1.0).to(self.flat.dtype)
        self.own = _Steps(X)
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

    def accuracy(self, X: Tensor, y: Tensor) -> Tensor:  # the lab's own name
        """The share of rows of `X` (n, T, 1) that each replica gets right."""
        steps = _Steps(X.expand(len(self.flat), *X.shape))
        self._read(steps, self._gates())
        return ((self._margin(steps) > 0) == (y > 0)).to(torch.float64).mean(1)

    def _read(self, steps: _Steps, gates: Tensor) -> None:
        """Walk through the sequences."""
        for t, mixed in enumerate(steps.mixed):
            torch.bmm(gates, steps.reads[t], out=mixed)
            steps.switches[t].sigmoid_()
            if self.lstm:
                i, f, g, o = steps.parts[t]
                g.tanh_()
                o.sigmoid_()
                cell = torch.mul(f, steps.cells[t], out=steps.cells[t + 1]).addcmul_(i, g)
                torch.tanh(cell, out=steps.shown[t])
                torch.mul(o, steps.shown[t], out=steps.hidden[t + 1])
            else:
                r, z, own, new = steps.parts[t]
                new.addcmul_(r, own).tanh_()
                torch.lerp(new, steps.hidden[t], z, out=steps.hidden[t + 1])

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

    def _margin(self, steps: _Steps) -> Tensor:
        """Second logit less the first, (R, n)."""
        w_out, b_out = self.weights()[4:]
        logits = torch.baddbmm(b_out.unsqueeze(2), w_out, steps.hidden[-1])
        return logits[:, 1] - logits[:, 0]

    def _loss_and_gradient(self) -> tuple[Tensor, Tensor]:
        gates = self._gates()
        self._read(self.own, gates)
        margin = self._margin(self.own)
        loss = softplus(-self.sign * margin).mean(1)
        slope = -self.sign * torch.sigmoid(-self.sign * margin) / margin.shape[1]
        at_logits = torch.stack([-slope, slope], dim=1)
        at_hidden = torch.bmm(self.weights()[4].transpose(1, 2), at_logits)
        at_gates = (self._back_lstm if self.lstm else self._back_gru)(self.own, gates, at_hidden)
        out = torch.bmm(at_logits, self.own.hidden[-1].transpose(1, 2))
        return loss, self._as_flat(at_gates, out, at_logits.sum(2))

    @staticmethod
    def _back_gru(steps: _Steps, gates: Tensor, at_hidden: Tensor) -> Tensor:
        """The slope at the gates' matrix; `at_hidden` is used up."""
        back = gates[:, :, :H].transpose(1, 2).contiguous()
        total = torch.zeros_like(gates)
        at_r, at_z, at_own, at_new = torch.split(steps.slope, H, dim=1)
        kept, product = steps.spare
        for t in reversed(range(len(steps.mixed))):
            r, z, own, new = steps.parts[t]
            torch.sub(steps.hidden[t], new, out=product).mul_(at_hidden)
            sigmoid_backward(product, z, grad_input=at_z)
            torch.mul(at_hidden, z, out=kept)
            tanh_backward(at_hidden.sub_(kept), new, grad_input=at_new)
            torch.mul(at_new, r, out=at_own)
            sigmoid_backward(torch.mul(at_new, own, out=product), r, grad_input=at_r)
            steps.add_slope(total, t)
            torch.baddbmm(kept, back, steps.slope, out=at_hidden)
        return total

    @staticmethod
    def _back_lstm(steps: _Steps, gates: Tensor, at_hidden: Tensor) -> Tensor:
        """The slope at the gates' matrix; `at_hidden` is used up."""
        back = gates[:, :, :H].transpose(1, 2).contiguous()
        total = torch.zeros_like(gates)
        at_i, at_f, at_g, at_o = torch.split(steps.slope, H, dim=1)
        at_cell = torch.zeros_like(at_hidden)
        product, inner = steps.spare
        for t in reversed(range(len(steps.mixed))):
            i, f, g, o = steps.parts[t]
            shown = steps.shown[t]
            at_cell.add_(tanh_backward(torch.mul(at_hidden, o, out=product), shown, grad_input=inner))
            sigmoid_backward(torch.mul(at_hidden, shown, out=product), o, grad_input=at_o)
            sigmoid_backward(torch.mul(at_cell, g, out=product), i, grad_input=at_i)
            sigmoid_backward(torch.mul(at_cell, steps.cells[t], out=product), f, grad_input=at_f)
            tanh_backward(torch.mul(at_cell, i, out=product), g, grad_input=at_g)
            at_cell.mul_(f)
            steps.add_slope(total, t)
            torch.bmm(back, steps.slope, out=at_hidden)
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
