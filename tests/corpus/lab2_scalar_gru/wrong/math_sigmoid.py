"""Calls a function that there is not.

cell: gru_step
mistake: none
message: raised an AttributeError
status: error
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = np.sigmoid(update_logit), np.sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n}
