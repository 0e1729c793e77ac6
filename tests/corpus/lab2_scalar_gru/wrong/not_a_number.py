"""Divides nothing by nothing.

cell: gru_step
mistake: none
message: `update_gate` is nan
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = np.float64(0) / np.float64(0)
    r = sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n}
