"""Wraps each number in an array.

cell: gru_step
mistake: none
message: an array of shape (1,)
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = sigmoid(np.array([update_logit])), sigmoid(np.array([reset_logit]))
    n = np.tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n}
