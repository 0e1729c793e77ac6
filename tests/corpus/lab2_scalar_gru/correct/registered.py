"""Dispatches on the type of its argument."""


# %% front
import functools


@functools.singledispatch
def squash(x):
    raise TypeError


@squash.register
def _(x: float):
    return 0.5 + 0.5 * np.tanh(0.5 * x)


@squash.register(int)
def _(x):
    return squash(float(x))

# %% answer gru_step
def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = squash(update_logit), squash(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n}
