"""The candidate under another name.

cell: gru_step
mistake: none
message: lacks `h_candidate`
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = sigmoid(update_logit), sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_tilde": n, "h_t": (1 - z) * h_prev + z * n}
