"""tanh for the gates.

cell: gru_step
mistake: tanh for the gates
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = np.tanh(update_logit)
    r = np.tanh(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    h = (1 - z) * h_prev + z * n
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": h}
