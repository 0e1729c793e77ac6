"""The lab's x_t in the formula.

cell: gru_step
mistake: lab's x_t typed in
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = sigmoid(update_logit)
    r = sigmoid(reset_logit)
    n = np.tanh(1.1 + r * h_prev)
    h = (1 - z) * h_prev + z * n
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": h}
