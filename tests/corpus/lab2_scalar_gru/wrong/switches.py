"""Gates as True or False.

cell: gru_step
mistake: none
message: is True or False
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = update_logit > 0, reset_logit > 0
    n = np.tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": n if z else h_prev}
