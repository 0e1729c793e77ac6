"""The mistakes in lab 1's sigmoid and exercise that the suite recognises: what each one computes, and what to say.

Most specific first: the first recipe that gives what the student got, for every draw, is the one that is named.
"""

from __future__ import annotations

import math

from autograder.checks import Mistake
from autograder.mistakes.scalar_steps import rounded

KEYS = ("forget_gate", "input_gate", "output_gate", "c_tilde", "c_t", "h_t")


def sigma(x: float) -> float:
    """The logistic function, for the recipes of mistakes."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


SIGMOID_MISTAKES = [
    Mistake(
        "sign of the exponent",
        "Your values are σ(−x): the exponent has the wrong sign. It is e to the power of −x.",
        lambda x: {"value": sigma(-x)},
    ),
    Mistake(
        "missing brackets",
        "Your values are 1 + e^−x: Python divides before it adds. Put the denominator in brackets.",
        lambda x: {"value": 1 + math.exp(-x)},
    ),
    Mistake(
        "tanh for sigmoid", "Your values are tanh(x). A gate lies between 0 and 1.", lambda x: {"value": math.tanh(x)}
    ),
    Mistake(
        "tanh for sigmoid",
        "Your values are tanh(x / 2), which runs from −1 to 1; a gate lies between 0 and 1.",
        lambda x: {"value": math.tanh(x / 2)},
    ),
    Mistake(
        "derivative of sigmoid",
        "Your values are σ(x)·(1 − σ(x)), the slope of the curve; σ(x) itself is asked for.",
        lambda x: {"value": sigma(x) * (1 - sigma(x))},
    ),
    *rounded(lambda x: {"value": sigma(x)}, ["value"]),
    Mistake(
        "relu for sigmoid", "Your values are max(0, x). A gate lies between 0 and 1.", lambda x: {"value": max(0.0, x)}
    ),
    Mistake(
        "exponent only",
        "Your values are e^−x: the fraction 1 / (1 + …) around it is missing.",
        lambda x: {"value": math.exp(-x)},
    ),
    Mistake(
        "minus in the denominator",
        "Your values are 1 / (1 - e^−x). The denominator is a sum: 1 + e^−x.",
        lambda x: {"value": 1 / (1 - math.exp(-x))},
    ),
    Mistake(
        "another base than e",
        "Your values are 1 / (1 + 10^−x). The base is Euler's number e: use exp.",
        lambda x: {"value": 1 / (1 + 10**-x)},
    ),
    Mistake(
        "another base than e",
        "Your values are 1 / (1 + 2^−x). The base is Euler's number e: use exp.",
        lambda x: {"value": 1 / (1 + 2**-x)},
    ),
    Mistake(
        "e times x",
        "Your values are 1 / (1 − e·x): e is multiplied by −x, but it should be raised to that power. Use exp(−x).",
        lambda x: {"value": 1 / (1 - math.e * x)},
    ),
    Mistake(
        "no exponential",
        "Your values are x / (1 + |x|), a curve of the same form; the one asked for is 1 / (1 + e^−x).",
        lambda x: {"value": x / (1 + abs(x))},
    ),
    Mistake(
        "softplus for sigmoid",
        "Your values are log(1 + e^x), which grows without end; a gate lies between 0 and 1.",
        lambda x: {"value": math.log1p(math.exp(x))},
    ),
    Mistake(
        "hard sigmoid",
        "Your values are those of a straight line cut off at 0 and 1; the curve asked for is 1 / (1 + e^−x).",
        lambda x: {"value": min(1.0, max(0.0, x / 6 + 0.5))},
    ),
    Mistake(
        "hard sigmoid",
        "Your values are those of a straight line cut off at 0 and 1; the curve asked for is 1 / (1 + e^−x).",
        lambda x: {"value": min(1.0, max(0.0, 0.2 * x + 0.5))},
    ),
    Mistake(
        "a switch for a gate",
        "Your values are 0 or 1 and nothing between. A gate opens softly: 1 / (1 + e^−x).",
        lambda x: {"value": float(x > 0)},
    ),
]


def step(c: float, f: float, i: float, o: float, g: float, **wrong: float) -> dict[str, float]:
    """One step; `wrong` replaces parts, and what follows from them is computed with the replacement."""
    part = {"forget_gate": sigma(f), "input_gate": sigma(i), "output_gate": sigma(o), "c_tilde": math.tanh(g)} | wrong
    if "c_t" not in part:
        part["c_t"] = part["forget_gate"] * c + part["input_gate"] * part["c_tilde"]
    if "h_t" not in part:
        part["h_t"] = part["output_gate"] * math.tanh(part["c_t"])
    return {key: part[key] for key in KEYS}


def effects(logits: list[float]) -> list[tuple[str, str, list[float]]]:
    """What a student may return in place of the memories: name of the mistake, message, values."""
    rows = [step(0.8, logit, 0.2, 0.7, 0.9) for logit in logits]
    right = [row["c_t"] for row in rows]
    chained, memory = [], 0.8
    for logit in logits:
        memory = step(memory, logit, 0.2, 0.7, 0.9)["c_t"]
        chained.append(memory)
    new = sigma(0.2) * math.tanh(0.9)
    return [
        ("h_t for c_t", "These are values of h_t. Collect c_t.", [row["h_t"] for row in rows]),
        (
            "gates for memories",
            "These are the forget gates themselves. Collect c_t.",
            [row["forget_gate"] for row in rows],
        ),
        (
            "memory carried over",
            "You start each step from the result of the one before. Every logit starts from c_prev 0.8.",
            chained,
        ),
        (
            "same logit every time",
            "Every value is that of forget logit 1.0. Hand the loop's own logit to the step.",
            [step(0.8, 1.0, 0.2, 0.7, 0.9)["c_t"]] * len(logits),
        ),
        ("reversed order", "The values are right, but in reversed order.", right[::-1]),
        ("sorted", "The values are right, but sorted. Keep the order of the logits.", sorted(right)),
        ("sorted", "The values are right, but sorted. Keep the order of the logits.", sorted(right)[::-1]),
        (
            "logits without sigmoid",
            "The logits stand where the forget gates should.",
            [logit * 0.8 + new for logit in logits],
        ),
        (
            "old part only",
            "These are f · c_prev, what stays of the old memory; the new part is missing. Collect c_t.",
            [row["forget_gate"] * 0.8 for row in rows],
        ),
        *_other_steps(logits),
        (
            "change of the memory",
            "These are differences from c_prev. Collect c_t itself.",
            [value - 0.8 for value in right],
        ),
        *(
            ("rounded", "Your values are rounded. Keep every digit.", [round(value, digits) for value in right])
            for digits in range(1, 6)
        ),
    ]


def _other_steps(logits: list[float]) -> list[tuple[str, str, list[float]]]:
    """What comes of steps with something else than the lab's numbers around the logit."""
    return [
        (
            "other logits exchanged",
            "The input logit is 0.2 and the output logit 0.7; you have them the other way round.",
            [step(0.8, logit, 0.7, 0.2, 0.9)["c_t"] for logit in logits],
        ),
        (
            "logit in the wrong place",
            "You hand the logit over as the input logit. It is the forget gate that is turned.",
            [step(0.8, 1.0, logit, 0.7, 0.9)["c_t"] for logit in logits],
        ),
        (
            "empty memory",
            "You start from c_prev 0. Everything else is as in the lab: c_prev is 0.8.",
            [step(0.0, logit, 0.2, 0.7, 0.9)["c_t"] for logit in logits],
        ),
    ]
