"""Both gates from one logit.

cell: gru_step
mistake: one logit for both gates
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = sigmoid(update_logit)
    r = sigmoid(update_logit)
    n = np.tanh(x_t + r * h_prev)
    h = (1 - z) * h_prev + z * n
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": h}
