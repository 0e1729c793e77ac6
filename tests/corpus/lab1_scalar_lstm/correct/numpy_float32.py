"""Everything in float32, as numpy scalars; far out it warns of an overflow."""
import numpy as np


def sigmoid(x):
    x = np.float32(x)
    return np.float32(1) / (np.float32(1) + np.exp(-x))


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    f = sigmoid(forget_logit)
    i = sigmoid(input_logit)
    o = sigmoid(output_logit)
    g = np.tanh(np.float32(candidate_logit))
    c = f * np.float32(c_prev) + i * g
    return {"forget_gate": f, "input_gate": i, "output_gate": o, "c_tilde": g, "c_t": c, "h_t": o * np.tanh(c)}
