"""Update and reset exchanged.

cell: gru_step
mistake: update and reset swapped
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = sigmoid(reset_logit)
    r = sigmoid(update_logit)
    n = np.tanh(x_t + r * h_prev)
    h = (1 - z) * h_prev + z * n
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": h}
