"""The reset logit in the candidate.

cell: gru_step
mistake: logit for gate in the candidate
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = sigmoid(update_logit)
    r = sigmoid(reset_logit)
    n = np.tanh(x_t + reset_logit * h_prev)
    h = (1 - z) * h_prev + z * n
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": h}
