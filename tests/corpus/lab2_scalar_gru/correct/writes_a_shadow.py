"""Writes a file called numpy.py, which shadows nothing."""


# %% front
%%writefile numpy.py
raise ImportError("not this one")

# %% front
import numpy as np

# %% answer gru_step
def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = sigmoid(update_logit), sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n}
