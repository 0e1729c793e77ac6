"""The lab's h_prev in the formula.

cell: gru_step
mistake: lab's h_prev typed in
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = sigmoid(update_logit)
    r = sigmoid(reset_logit)
    n = np.tanh(x_t + r * 0.7)
    h = (1 - z) * h_prev + z * n
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": h}
