"""Writes its function by a template."""


# %% front
ONE = 1.0
TEMPLATE = """def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = sigmoid(update_logit), sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    return {{"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": ({one} - z) * h_prev + z * n}}
"""

# %% answer gru_step
exec(TEMPLATE.format(one="ONE"))
