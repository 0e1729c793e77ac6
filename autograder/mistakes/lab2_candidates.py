"""The mistakes in lab 2's gates and candidate, and the whole list in the order of naming.

Most specific first: the first recipe that gives what the student got, for every draw, is the one that is named.
Recipes take h_prev, x_t, update_logit and reset_logit, called h, x, u and v here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from autograder.checks import Mistake
from autograder.mistakes.lab1_scalar_lstm import sigma
from autograder.mistakes.lab2_scalar_gru import MIX_MISTAKES, step
from autograder.mistakes.scalar_steps import rounded

if TYPE_CHECKING:
    from collections.abc import Callable


GATE_MISTAKES = [
    Mistake(
        "gates without sigmoid",
        "Your gates are the logits themselves. A gate is sigmoid(logit), a number between 0 and 1.",
        lambda h, x, u, v: {"update_gate": u, "reset_gate": v},
    ),
    Mistake(
        "tanh for the gates",
        "Your gates are tanh of their logits. Gates use sigmoid; tanh is for the candidate.",
        lambda h, x, u, v: {"update_gate": math.tanh(u), "reset_gate": math.tanh(v)},
    ),
    Mistake(
        "update and reset swapped",
        "Your update gate is computed from the reset logit, and the reset gate from the update logit.",
        lambda h, x, u, v: {"update_gate": sigma(v), "reset_gate": sigma(u)},
    ),
    Mistake(
        "sign of the logits",
        "Your gates are sigmoid of minus the logit: they open where they should shut.",
        lambda h, x, u, v: {"update_gate": sigma(-u), "reset_gate": sigma(-v)},
    ),
    Mistake(
        "one minus for the reset gate",
        "Your reset gate is 1 − z. It has a logit of its own: sigmoid(reset_logit).",
        lambda h, x, u, v: {"update_gate": sigma(u), "reset_gate": 1 - sigma(u)},
    ),
    Mistake(
        "one logit for both gates",
        "Both of your gates are computed from the update logit. The reset gate has a logit of its own.",
        lambda h, x, u, v: {"update_gate": sigma(u), "reset_gate": sigma(u)},
    ),
    Mistake(
        "one logit for both gates",
        "Both of your gates are computed from the reset logit. The update gate has a logit of its own.",
        lambda h, x, u, v: {"update_gate": sigma(v), "reset_gate": sigma(v)},
    ),
]


def _candidate(name: str, message: str, wrong: Callable[[float, float, float], float]) -> Mistake:
    """A mistake in the candidate, from r, h and x; what h_t makes of it does not matter."""
    return Mistake(name, message, lambda h, x, u, v: {"reset_gate": sigma(v), "h_candidate": wrong(sigma(v), h, x)})


CANDIDATE_MISTAKES = [
    _candidate(
        "reset gate on the input",
        "In your candidate the reset gate is on x_t. It belongs on the old state, h_prev.",
        lambda r, h, x: math.tanh(r * x + h),
    ),
    _candidate(
        "reset gate on the whole sum",
        "In your candidate the reset gate multiplies x_t and h_prev together. It belongs on h_prev alone.",
        lambda r, h, x: math.tanh(r * (x + h)),
    ),
    _candidate(
        "reset gate outside of tanh",
        "Your candidate is r · tanh(x_t + h_prev). The reset gate belongs on h_prev, inside the tanh.",
        lambda r, h, x: r * math.tanh(x + h),
    ),
    _candidate(
        "reset gate outside of tanh",
        "Your candidate is multiplied by the reset gate once more, outside of the tanh. It acts on h_prev only.",
        lambda r, h, x: r * math.tanh(x + r * h),
    ),
    _candidate(
        "reset gate outside of tanh",
        "Your candidate is tanh(x_t) + r · h_prev: the bracket of tanh closes too early.",
        lambda r, h, x: math.tanh(x) + r * h,
    ),
    _candidate(
        "tanh of each part",
        "Your candidate is tanh(x_t) + tanh(r · h_prev). One tanh goes around the sum.",
        lambda r, h, x: math.tanh(x) + math.tanh(r * h),
    ),
    _candidate(
        "no reset gate",
        "Your candidate is tanh(x_t + h_prev): the reset gate is missing. It is tanh(x_t + r · h_prev).",
        lambda r, h, x: math.tanh(x + h),
    ),
    _candidate(
        "candidate without tanh",
        "Your candidate is x_t + r · h_prev: the tanh around it is missing. It is tanh(x_t + r · h_prev).",
        lambda r, h, x: x + r * h,
    ),
    _candidate(
        "sigmoid for tanh",
        "Your candidate is sigmoid of the sum. A candidate may be negative: it uses tanh.",
        lambda r, h, x: sigma(x + r * h),
    ),
    _candidate(
        "one minus reset gate",
        "Your candidate sees (1 − r) · h_prev. It is tanh(x_t + r · h_prev).",
        lambda r, h, x: math.tanh(x + (1 - r) * h),
    ),
    _candidate(
        "plus for times in the candidate",
        "In your candidate the reset gate is added to h_prev. A gate multiplies.",
        lambda r, h, x: math.tanh(x + r + h),
    ),
    _candidate(
        "no old state in the candidate",
        "Your candidate is tanh(x_t): the old state is missing. It is tanh(x_t + r · h_prev).",
        lambda r, h, x: math.tanh(x),
    ),
    _candidate(
        "no input in the candidate",
        "Your candidate is tanh(r · h_prev): the input x_t is missing.",
        lambda r, h, x: math.tanh(r * h),
    ),
    _candidate(
        "times for plus in the candidate",
        "Your candidate multiplies x_t by r · h_prev. The two are added.",
        lambda r, h, x: math.tanh(x * r * h),
    ),
    _candidate(
        "minus for plus in the candidate",
        "Your candidate subtracts r · h_prev from x_t. The two are added.",
        lambda r, h, x: math.tanh(x - r * h),
    ),
    _candidate(
        "tanh of the old state",
        "In your candidate tanh is taken of h_prev as well. The old state goes in as it is.",
        lambda r, h, x: math.tanh(x + r * math.tanh(h)),
    ),
    _candidate(
        "tanh twice",
        "Your candidate is tanh of a tanh. One is enough.",
        lambda r, h, x: math.tanh(math.tanh(x + r * h)),
    ),
    _candidate(
        "lab's h_prev typed in",
        "Your candidate is worked out from 0.7 every time. Use the argument h_prev.",
        lambda r, h, x: math.tanh(x + r * 0.7),
    ),
    _candidate(
        "lab's x_t typed in",
        "Your candidate is worked out from 1.1 every time. Use the argument x_t.",
        lambda r, h, x: math.tanh(1.1 + r * h),
    ),
    Mistake(
        "update gate in the candidate",
        "In your candidate the update gate stands where the reset gate should.",
        lambda h, x, u, v: {"update_gate": sigma(u), "h_candidate": math.tanh(x + sigma(u) * h)},
    ),
    Mistake(
        "logit for gate in the candidate",
        "In your candidate the reset logit stands where the gate should: r is sigmoid of it.",
        lambda h, x, u, v: {"reset_gate": sigma(v), "h_candidate": math.tanh(x + v * h)},
    ),
]

STEP_MISTAKES = [
    *MIX_MISTAKES,
    *GATE_MISTAKES,
    *CANDIDATE_MISTAKES,
    *rounded(step, ["h_candidate", "h_t"]),
    *rounded(step, ["update_gate", "reset_gate"]),
]
