"""sigmoid for tanh.

cell: gru_step
mistake: sigmoid for tanh
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = sigmoid(update_logit)
    r = sigmoid(reset_logit)
    n = sigmoid(x_t + r * h_prev)
    h = (1 - z) * h_prev + z * n
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": h}
