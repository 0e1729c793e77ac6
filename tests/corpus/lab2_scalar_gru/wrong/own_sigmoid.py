"""Defines a sigmoid of its own over the given one, and wrongly.

cell: gru_step
mistake: sign of the logits
"""
# %% answer gru_step
def sigmoid(x):
    return 1 / (1 + np.exp(x))

def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = sigmoid(update_logit), sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n}
