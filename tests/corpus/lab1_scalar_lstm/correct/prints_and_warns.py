"""Prints while it works, warns, and writes to standard error."""
import sys
import warnings

import numpy as np


def sigmoid(x):
    warnings.warn("is this the right formula?")
    return 1 / (1 + np.exp(-x))


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    print("lstm_step called with", c_prev, forget_logit, input_logit, output_logit, candidate_logit)
    f = sigmoid(forget_logit)
    i = sigmoid(input_logit)
    o = sigmoid(output_logit)
    g = np.tanh(candidate_logit)
    print(f"{f=} {i=} {o=} {g=}", file=sys.stderr)
    c = f * c_prev + i * g
    print("no newline at the end of this: ", end="")
    print()
    return {"forget_gate": f, "input_gate": i, "output_gate": o, "c_tilde": g, "c_t": c, "h_t": o * np.tanh(c)}
