"""The formulas' symbols as keys.

cell: gru_step
mistake: none
message: lacks `update_gate`, `reset_gate`
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = sigmoid(update_logit)
    r = sigmoid(reset_logit)
    h_tilde = np.tanh(x_t + r * h_prev)
    h = (1 - z) * h_prev + z * h_tilde
    return {"z": z, "r": r, "h_tilde": h_tilde, "h": h}
