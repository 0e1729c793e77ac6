"""Sets a helper on the main module."""


# %% front
import sys
setattr(sys.modules[__name__], "squash", lambda x: 0.5 + 0.5 * np.tanh(0.5 * x))
vars()["shift"] = 0.0

# %% answer gru_step
def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = squash(update_logit), squash(reset_logit)
    n = np.tanh(shift + x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n}
