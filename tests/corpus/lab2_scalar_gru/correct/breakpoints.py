"""Stops in the debugger."""


# %% answer gru_step
def gru_step(h_prev, x_t, update_logit, reset_logit):
    breakpoint()
    import pdb; pdb.set_trace()
    z, r = sigmoid(update_logit), sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n}
