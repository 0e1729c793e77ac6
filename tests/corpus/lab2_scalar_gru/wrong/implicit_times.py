"""A product written without its sign.

cell: gru_step
mistake: none
message: right behind a number
status: error
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = sigmoid(update_logit)
    r = sigmoid(reset_logit)
    h_tilde = np.tanh(x_t + r * h_prev)
    h_t = (1 - z)(h_prev) + z * (h_tilde)
    return {"update_gate": z, "reset_gate": r, "h_candidate": h_tilde, "h_t": h_t}
