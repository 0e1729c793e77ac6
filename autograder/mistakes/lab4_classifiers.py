"""Judging lab 4's classifiers: random weights are copied in, and logits and gradients must be the reference's.

What a wrong classifier computes is computed here from the same weights, to name the mistake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from autograder.mistakes.lab4_logits import WRONG_LOGITS
from autograder.mistakes.lab4_pool import classifier, load, seeded
from autograder.mistakes.lab4_weights import Kind, logits, made, order_in
from autograder.suite.failures import StudentFailure
from autograder.suite.stages import fail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.suite.reference import Reference
    from autograder.suite.student import Student

RTOL = ATOL = 1e-5
"""Agreement of tensors, as the lesson has it."""


class Transplant:
    """A student's classifier and the reference's, with the same random weights in both."""

    def __init__(self, student: Student, reference: Reference, kind: Kind, draw: np.random.Generator) -> None:
        self.kind, self.hidden = kind, int(draw.integers(3, 7))
        self.model = made(student, kind, hidden_size=self.hidden)
        self.order = order_in(self.model.weights(), kind, self.hidden)
        self.weights = [
            torch.from_numpy(draw.uniform(-1.2, 1.2, shape).astype("float32")) for shape in kind.shapes(self.hidden)
        ]
        self.model.set_weights([self.weights[place] for place in self.order])
        self.oracle = classifier(reference, kind, self.weights, hidden_size=self.hidden)

    def ask(self, x: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """The student's logits."""
        return logits(self.model(torch.from_numpy(x)), len(x))

    def right(self, x: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """The reference's."""
        with torch.no_grad():
            return np.asarray(self.oracle(torch.from_numpy(x)))

    def name(self, x: np.ndarray[Any, Any], got: np.ndarray[Any, Any]) -> None:
        """Fail with the mistake that gives the logits `got` for `x`."""
        if not np.isfinite(got).all():
            fail("With ordinary weights your logits are not finite numbers.", mistake="logits not finite")
        recurrent, linear = _layers(self.kind, self.hidden, self.weights)
        with torch.no_grad():
            for label, (message, recipe) in WRONG_LOGITS.items():
                wrong = recipe(recurrent, linear, torch.from_numpy(x))
                if wrong is not None and agree(got, np.asarray(wrong)):
                    fail(message, mistake=label)
        again = self.ask(x)
        if not agree(got, again):
            fail(
                "The same sequences with the same weights give other logits each time: a layer draws random numbers "
                "(Dropout?). Between the two layers nothing is asked for.",
                mistake="random layer",
            )
        if agree(got[0], got[1]) and not agree(got[0], got[2]):
            fail(
                "Your logits depend on the first value alone, whatever follows it: the input is read past the "
                "recurrent layer. The logits come from its final hidden state.",
                mistake="input read in forward",
            )
        if agree(got, got[:1].repeat(len(got), axis=0)):
            fail("Your logits are the same for every sequence.", mistake="constant logits")
        fail(
            "Right shape, wrong numbers: with the same weights your logits differ from the linear layer's answer to "
            "the final hidden state.",
            mistake="other logits",
        )


def probe(draw: np.random.Generator, *, rows: int = 5, steps: int = 0) -> np.ndarray[Any, Any]:
    """Random sequences; the second has the first one's first value, the third the opposite of it."""
    steps = steps or int(draw.integers(5, 9))
    x = draw.normal(size=(rows, steps, 1)).astype("float32")
    if rows > 2:
        x[1, 0], x[2, 0], x[2, 1:] = x[0, 0], -x[0, 0], x[0, 1:]
    return x


def agree(a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> bool:
    """The same tensors within the lesson's tolerance; shapes are compared, not broadcast."""
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=RTOL, atol=ATOL))


def _layers(kind: Kind, hidden: int, weights: Sequence[torch.Tensor]) -> tuple[Any, Any]:
    recurrent = getattr(torch.nn, kind.layer)(1, hidden, batch_first=True)
    return load(recurrent, weights[:4]), load(torch.nn.Linear(hidden, 2), weights[4:])


def start(student: Student, reference: Reference, kind: Kind, seed: int) -> None:
    """After the same seed the student's start weights are the reference's; fails, naming why not."""
    student.seed(seed)
    model = made(student, kind)
    weights = model.weights()
    order = order_in(weights, kind, 8)
    own = [array.numpy() for _, array in weights]
    with seeded(seed):
        right = [weight.detach().numpy() for weight in getattr(reference, kind.classifier)().parameters()]
    if all(np.allclose(mine, right[place], rtol=0, atol=1e-6) for place, mine in zip(order, own, strict=True)):
        return
    with seeded(seed):
        linear = torch.nn.Linear(8, 2)
    first = own[order.index(4)]
    if np.allclose(first, linear.weight.detach().numpy(), rtol=0, atol=1e-6):
        fail(
            f"The linear layer is made before the {kind.layer}, so both start with other weights than the lab's. "
            f"Make the {kind.layer} first.",
            mistake="linear layer first",
        )
    fail(
        "After the same seed your start weights are others than PyTorch's own for these layers, made in this order.",
        mistake="other initialisation",
    )


def judge_layers(student: Student, kind: Kind) -> None:
    """The weights of the two layers for two hidden sizes, and the shape of the logits."""
    order_in(made(student, kind).weights(), kind, 8)
    model = made(student, kind, hidden_size=5)
    order_in(model.weights(), kind, 5)
    x = torch.linspace(-1, 1, 21).reshape(3, 7, 1)
    logits(model(x), 3)
    logits(model(x[:1, :2]), 1)


def judge_logits(student: Student, reference: Reference, kind: Kind, draw: np.random.Generator) -> None:
    """With random weights copied in, the logits are the reference's; else the mistake is named."""
    both = Transplant(student, reference, kind, draw)
    x = probe(draw)
    got = both.ask(x)
    if not agree(got, both.right(x)):
        both.name(x, got)


def judge_calls(student: Student, reference: Reference, kind: Kind, draw: np.random.Generator) -> None:
    """Other lengths, a batch of one, a single step, the first batch again: each as if it were the only call."""
    both = Transplant(student, reference, kind, draw)
    first = probe(draw, rows=4, steps=6)
    for x in (first, probe(draw, rows=4, steps=6), probe(draw, rows=1, steps=9), probe(draw, rows=2, steps=1), first):
        if agree(both.ask(x), both.right(x)):
            continue
        if x is first:
            fail(
                "The same sequences give other logits after other sequences have been read: the model keeps a state "
                "between calls. Let each forward start anew.",
                mistake="state kept between calls",
            )
        if len(x) == 4:
            fail(
                "The first batch gets the right logits, the next one does not: the model keeps a state between calls.",
                mistake="state kept between calls",
            )
        what = "a batch of one" if len(x) == 1 else "sequences of a single step"
        fail(f"The logits for {what} are wrong; for other batches they are right.", mistake="other batches")


def judge_gradients(student: Student, reference: Reference, kind: Kind, draw: np.random.Generator) -> None:
    """Each of the six gradients of the logits' sum is the reference's."""
    both = Transplant(student, reference, kind, draw)
    x = torch.from_numpy(probe(draw))
    try:
        both.model.backward(x)
    except StudentFailure as failure:
        if failure.raised != "RuntimeError":
            raise
        fail("No gradient leads from your logits back to the weights.", mistake="gradient cut")
    both.oracle(x).sum().backward()
    right = [weight.grad for weight in both.oracle.parameters()]
    gradients = dict(enumerate(array for _, array in both.model.gradients()))
    for own, place in enumerate(both.order):
        array, wanted = gradients.get(own), right[place]
        assert wanted is not None
        if array is None or not array.numpy().any():
            layer = "linear layer" if place >= 4 else kind.layer
            fail(f"No gradient reaches the weights of your {layer}: something cuts it off.", mistake="gradient cut")
        if array.shape != tuple(wanted.shape) or not np.allclose(array.numpy(), wanted.numpy(), rtol=1e-4, atol=1e-4):
            fail("The logits are right, but their gradients are not the reference's.", mistake="other gradients")
