"""math in place of numpy, and a sigmoid written out."""
from math import exp, tanh


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = 1 / (1 + exp(-update_logit))
    r = 1 / (1 + exp(-reset_logit))
    n = tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n}
