"""The mistakes in lab 1's `lstm_step` that the suite recognises: what each one computes, and what to say.

Most specific first: the first recipe that gives what the student got, for every draw, is the one that is named.
"""

from __future__ import annotations

import math

from autograder.checks import Mistake
from autograder.mistakes.lab1_scalar_lstm import sigma, step
from autograder.mistakes.scalar_steps import rounded


def _c(c: float, f: float, i: float, o: float, g: float) -> float:
    return step(c, f, i, o, g)["c_t"]


STEP_MISTAKES = [
    Mistake(
        "gates without sigmoid",
        "Your gates are the logits themselves. A gate is sigmoid(logit), a number between 0 and 1.",
        lambda c, f, i, o, g: {"forget_gate": f, "input_gate": i, "output_gate": o},
    ),
    Mistake(
        "tanh for the gates",
        "Your gates are tanh of their logits. Gates use sigmoid; tanh is for the candidate and for c_t on its way out.",
        lambda c, f, i, o, g: {"forget_gate": math.tanh(f), "input_gate": math.tanh(i)},
    ),
    Mistake(
        "forget and input logit swapped",
        "Your forget gate is computed from the input logit, and the input gate from the forget logit.",
        lambda c, f, i, o, g: {"forget_gate": sigma(i), "input_gate": sigma(f)},
    ),
    Mistake(
        "input and output logit swapped",
        "Your input gate is computed from the output logit, and the output gate from the input logit.",
        lambda c, f, i, o, g: {"input_gate": sigma(o), "output_gate": sigma(i)},
    ),
    Mistake(
        "sign of the logits",
        "Your gates are sigmoid of minus the logit: they open where they should shut.",
        lambda c, f, i, o, g: {"forget_gate": sigma(-f), "input_gate": sigma(-i)},
    ),
    Mistake(
        "one minus for the input gate",
        "Your input gate is 1 − f. In an LSTM it has a logit of its own: sigmoid(input_logit).",
        lambda c, f, i, o, g: {"forget_gate": sigma(f), "input_gate": 1 - sigma(f)},
    ),
    Mistake(
        "one logit for all gates",
        "Your gates are all computed from the forget logit. Each gate has a logit of its own.",
        lambda c, f, i, o, g: {"forget_gate": sigma(f), "input_gate": sigma(f), "output_gate": sigma(f)},
    ),
    Mistake(
        "sigmoid for tanh in the candidate",
        "Your c_tilde is sigmoid of its logit. The candidate uses tanh, so that what is written can be negative.",
        lambda c, f, i, o, g: {"c_tilde": sigma(g)},
    ),
    Mistake(
        "candidate without tanh",
        "Your c_tilde is the candidate's logit itself: its tanh is missing.",
        lambda c, f, i, o, g: {"c_tilde": g},
    ),
    Mistake(
        "c_t for h_t",
        "Your h_t is c_t. The memory and what is shown of it differ: h_t = o · tanh(c_t).",
        lambda c, f, i, o, g: step(c, f, i, o, g, h_t=_c(c, f, i, o, g)),
    ),
    Mistake(
        "h_t and c_t swapped",
        "Your c_t and h_t have changed places in the dict.",
        lambda c, f, i, o, g: {"c_t": step(c, f, i, o, g)["h_t"], "h_t": _c(c, f, i, o, g)},
    ),
    Mistake(
        "h_t without tanh",
        "Your h_t is o · c_t: the tanh around c_t is missing.",
        lambda c, f, i, o, g: step(c, f, i, o, g, h_t=sigma(o) * _c(c, f, i, o, g)),
    ),
    Mistake(
        "h_t without the output gate",
        "Your h_t is tanh(c_t): the output gate is missing.",
        lambda c, f, i, o, g: step(c, f, i, o, g, h_t=math.tanh(_c(c, f, i, o, g))),
    ),
    Mistake(
        "output gate inside tanh",
        "Your h_t is tanh(o · c_t). Take tanh(c_t) first, then multiply by the output gate.",
        lambda c, f, i, o, g: step(c, f, i, o, g, h_t=math.tanh(sigma(o) * _c(c, f, i, o, g))),
    ),
    Mistake(
        "sigmoid for tanh in h_t",
        "Your h_t is o · sigmoid(c_t). What is shown of the memory goes through tanh.",
        lambda c, f, i, o, g: step(c, f, i, o, g, h_t=sigma(o) * sigma(_c(c, f, i, o, g))),
    ),
    Mistake(
        "candidate for memory in h_t",
        "Your h_t is o · tanh(c_tilde). The new memory c_t is what is shown.",
        lambda c, f, i, o, g: step(c, f, i, o, g, h_t=sigma(o) * math.tanh(math.tanh(g))),
    ),
    Mistake(
        "old memory in h_t",
        "Your h_t is o · tanh(c_prev). Use the new memory, c_t.",
        lambda c, f, i, o, g: step(c, f, i, o, g, h_t=sigma(o) * math.tanh(c)),
    ),
    Mistake(
        "output logit for output gate",
        "Your h_t is output_logit · tanh(c_t). Multiply by the gate, sigmoid(output_logit).",
        lambda c, f, i, o, g: step(c, f, i, o, g, h_t=o * math.tanh(_c(c, f, i, o, g))),
    ),
    Mistake(
        "gates change places in c_t",
        "In your c_t the input gate sits on the old memory and the forget gate on the candidate. "
        "It is f · c_prev + i · c_tilde.",
        lambda c, f, i, o, g: {"c_t": sigma(i) * c + sigma(f) * math.tanh(g)},
    ),
    Mistake(
        "logits for gates in c_t",
        "In your c_t the logits stand where the gates should: f and i are sigmoid of their logits.",
        lambda c, f, i, o, g: {"c_t": f * c + i * math.tanh(g)},
    ),
    Mistake(
        "no input gate",
        "Your c_t adds the candidate whole: the input gate is missing. It is f · c_prev + i · c_tilde.",
        lambda c, f, i, o, g: {"c_t": sigma(f) * c + math.tanh(g)},
    ),
    Mistake(
        "no forget gate",
        "Your c_t keeps the old memory whole: the forget gate is missing. It is f · c_prev + i · c_tilde.",
        lambda c, f, i, o, g: {"c_t": c + sigma(i) * math.tanh(g)},
    ),
    Mistake(
        "no gates in c_t",
        "Your c_t is c_prev + c_tilde: both gates are missing.",
        lambda c, f, i, o, g: {"c_t": c + math.tanh(g)},
    ),
    Mistake(
        "one minus forget gate",
        "Your c_t uses 1 − f in place of the input gate: that is a GRU's idea; an LSTM has an input gate of its own.",
        lambda c, f, i, o, g: {"c_t": sigma(f) * c + (1 - sigma(f)) * math.tanh(g)},
    ),
    Mistake(
        "one minus forget gate on the old memory",
        "Your c_t multiplies the old memory by 1 − f. The forget gate says how much stays: f · c_prev.",
        lambda c, f, i, o, g: {"c_t": (1 - sigma(f)) * c + sigma(i) * math.tanh(g)},
    ),
    Mistake(
        "plus for times in c_t",
        "In your c_t a gate is added to its signal. Gates multiply; only the two products are added.",
        lambda c, f, i, o, g: {"c_t": (sigma(f) + c) * (sigma(i) + math.tanh(g))},
    ),
    Mistake(
        "minus for plus in c_t",
        "Your c_t subtracts the new part. It is f · c_prev plus i · c_tilde.",
        lambda c, f, i, o, g: {"c_t": sigma(f) * c - sigma(i) * math.tanh(g)},
    ),
    Mistake(
        "times for plus in c_t",
        "Your c_t multiplies the kept part by the new part; the two are added.",
        lambda c, f, i, o, g: {"c_t": sigma(f) * c * sigma(i) * math.tanh(g)},
    ),
    Mistake(
        "old part only",
        "Your c_t is f · c_prev alone: the new part, i · c_tilde, is missing.",
        lambda c, f, i, o, g: {"c_t": sigma(f) * c},
    ),
    Mistake(
        "new part only",
        "Your c_t is i · c_tilde alone: the old part, f · c_prev, is missing.",
        lambda c, f, i, o, g: {"c_t": sigma(i) * math.tanh(g)},
    ),
    Mistake(
        "memory squashed",
        "Your c_t is tanh of the new memory. That tanh belongs to h_t only; the memory itself is never squashed.",
        lambda c, f, i, o, g: {"c_t": math.tanh(_c(c, f, i, o, g))},
    ),
    Mistake(
        "one gate for both parts",
        "Your c_t multiplies old memory and candidate by the forget gate. The candidate has the input gate.",
        lambda c, f, i, o, g: {"c_t": sigma(f) * (c + math.tanh(g))},
    ),
    Mistake(
        "one gate for both parts",
        "Your c_t multiplies old memory and candidate by the input gate. The old memory has the forget gate.",
        lambda c, f, i, o, g: {"c_t": sigma(i) * (c + math.tanh(g))},
    ),
    Mistake(
        "forget gate on the whole sum",
        "Your c_t is f · (c_prev + i · c_tilde). The forget gate belongs to c_prev alone: mind the brackets.",
        lambda c, f, i, o, g: {"c_t": sigma(f) * (c + sigma(i) * math.tanh(g))},
    ),
    Mistake(
        "sigmoid twice",
        "In your c_t sigmoid is taken of the gates once more. They are gates already.",
        lambda c, f, i, o, g: {"c_t": sigma(sigma(f)) * c + sigma(sigma(i)) * math.tanh(g)},
    ),
    Mistake(
        "tanh twice",
        "In your c_t tanh is taken of the candidate once more. c_tilde has its tanh already.",
        lambda c, f, i, o, g: {"c_t": sigma(f) * c + sigma(i) * math.tanh(math.tanh(g))},
    ),
    Mistake(
        "logit for candidate in c_t",
        "In your c_t the candidate's logit stands where c_tilde should.",
        lambda c, f, i, o, g: {"c_t": sigma(f) * c + sigma(i) * g},
    ),
    Mistake(
        "output gate in c_t",
        "Your c_t is multiplied by the output gate. That gate only decides what is shown, in h_t.",
        lambda c, f, i, o, g: {"c_t": sigma(o) * _c(c, f, i, o, g)},
    ),
    Mistake(
        "lab's c_prev typed in",
        "Your c_t is worked out from 0.8 every time. Use the argument c_prev.",
        lambda c, f, i, o, g: {"c_t": _c(0.8, f, i, o, g)},
    ),
    *rounded(step, ["c_t", "h_t"]),
    *rounded(step, ["forget_gate", "input_gate", "output_gate"]),
]
