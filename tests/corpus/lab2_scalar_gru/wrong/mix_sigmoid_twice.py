"""sigmoid of the gate once more.

cell: gru_step
mistake: sigmoid twice
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = sigmoid(update_logit)
    r = sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    h = (1 - sigmoid(z)) * h_prev + sigmoid(z) * n
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": h}
