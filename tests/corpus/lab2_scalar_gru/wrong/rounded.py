"""Rounds the new state as printed.

cell: gru_step
mistake: digits lost on the way; rounded
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = sigmoid(update_logit)
    r = sigmoid(reset_logit)
    n = round(np.tanh(x_t + r * h_prev), 4)
    h = round((1 - z) * h_prev + z * round(n, 4), 4)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": h}
