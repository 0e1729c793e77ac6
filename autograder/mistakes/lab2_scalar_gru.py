"""The mistakes in lab 2's mix of old state and candidate: what each one computes, and what to say.

Recipes take h_prev, x_t, update_logit and reset_logit, called h, x, u and v here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from autograder.checks import Mistake
from autograder.mistakes.lab1_scalar_lstm import sigma

if TYPE_CHECKING:
    from collections.abc import Callable

KEYS = ("update_gate", "reset_gate", "h_candidate", "h_t")


def step(h: float, x: float, u: float, v: float) -> dict[str, float]:
    """One right step."""
    z, r = sigma(u), sigma(v)
    candidate = math.tanh(x + r * h)
    return {"update_gate": z, "reset_gate": r, "h_candidate": candidate, "h_t": (1 - z) * h + z * candidate}


def _mix(name: str, message: str, wrong: Callable[[float, float, float, float, float, float], float]) -> Mistake:
    """A mistake in h_t, from z, r, the candidate, h, x and u; the other three numbers are right."""

    def recipe(h: float, x: float, u: float, v: float) -> dict[str, float]:
        right = step(h, x, u, v)
        return right | {"h_t": wrong(right["update_gate"], right["reset_gate"], right["h_candidate"], h, x, u)}

    return Mistake(name, message, recipe)


MIX_MISTAKES = [
    _mix(
        "swapped mix",
        "Your h_t is z · h_prev + (1 − z) · h_candidate: old and new have changed places. PyTorch writes it that way, "
        "and the lab's numbers then give 0.7573; here it is (1 − z) · h_prev + z · h_candidate.",
        lambda z, r, c, h, x, u: z * h + (1 - z) * c,
    ),
    _mix("candidate for h_t", "Your h_t is the candidate. Mix it with the old state.", lambda z, r, c, h, x, u: c),
    _mix("old state for h_t", "Your h_t is h_prev. Mix the candidate into it.", lambda z, r, c, h, x, u: h),
    _mix(
        "new part only",
        "Your h_t is z · h_candidate alone: the part that stays, (1 − z) · h_prev, is missing.",
        lambda z, r, c, h, x, u: z * c,
    ),
    _mix(
        "old part only",
        "Your h_t is (1 − z) · h_prev alone: the new part, z · h_candidate, is missing.",
        lambda z, r, c, h, x, u: (1 - z) * h,
    ),
    _mix(
        "1 - z only",
        "Your h_t is (1 − z) · h_prev + h_candidate: the candidate lacks its share z.",
        lambda z, r, c, h, x, u: (1 - z) * h + c,
    ),
    _mix(
        "z only",
        "Your h_t is h_prev + z · h_candidate: the old state lacks its share 1 − z.",
        lambda z, r, c, h, x, u: h + z * c,
    ),
    _mix(
        "no gate in the mix",
        "Your h_t is h_prev + h_candidate: the update gate is missing from both parts.",
        lambda z, r, c, h, x, u: h + c,
    ),
    _mix(
        "same share for both",
        "Your h_t gives the share z to both parts. The old state has 1 − z.",
        lambda z, r, c, h, x, u: z * (h + c),
    ),
    _mix(
        "same share for both",
        "Your h_t gives the share 1 − z to both parts. The candidate has z.",
        lambda z, r, c, h, x, u: (1 - z) * (h + c),
    ),
    _mix(
        "missing brackets",
        "Your h_t is 1 − z · h_prev + …: Python multiplies before it subtracts. Put 1 − z in brackets.",
        lambda z, r, c, h, x, u: 1 - z * h + z * c,
    ),
    _mix(
        "reset gate in the mix",
        "In your h_t the reset gate stands where the update gate should.",
        lambda z, r, c, h, x, u: (1 - r) * h + r * c,
    ),
    _mix(
        "reset gate in the mix",
        "In your h_t the old state is multiplied by the reset gate as well. That gate acts in the candidate only.",
        lambda z, r, c, h, x, u: (1 - z) * r * h + z * c,
    ),
    _mix(
        "reset gate in the mix",
        "In your h_t the old state is multiplied by the reset gate. Its share is 1 − z.",
        lambda z, r, c, h, x, u: r * h + z * c,
    ),
    _mix(
        "logit for gate in the mix",
        "In your h_t the update logit stands where the gate should: z is sigmoid of it.",
        lambda z, r, c, h, x, u: (1 - u) * h + u * c,
    ),
    _mix(
        "input for candidate",
        "Your h_t mixes x_t into the old state. It is the candidate that is mixed in.",
        lambda z, r, c, h, x, u: (1 - z) * h + z * x,
    ),
    _mix(
        "sigmoid twice",
        "In your h_t sigmoid is taken of the update gate once more. It is a gate already.",
        lambda z, r, c, h, x, u: (1 - sigma(z)) * h + sigma(z) * c,
    ),
    _mix(
        "tanh twice",
        "In your h_t tanh is taken of the candidate once more. It has its tanh already.",
        lambda z, r, c, h, x, u: (1 - z) * h + z * math.tanh(c),
    ),
    _mix(
        "state squashed",
        "Your h_t is tanh of the mix. A mix of old state and candidate needs no tanh.",
        lambda z, r, c, h, x, u: math.tanh((1 - z) * h + z * c),
    ),
    _mix(
        "minus for plus in the mix",
        "Your h_t subtracts the new part. The two parts are added.",
        lambda z, r, c, h, x, u: (1 - z) * h - z * c,
    ),
    _mix(
        "times for plus in the mix",
        "Your h_t multiplies the two parts. They are added.",
        lambda z, r, c, h, x, u: (1 - z) * h * z * c,
    ),
]
