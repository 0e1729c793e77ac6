"""Reads its own source in a decorator."""


# %% front
import inspect


def noisy(function):
    text = inspect.getsource(function)
    assert "def gru_step" in text
    return function

# %% answer gru_step
@noisy
def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = sigmoid(update_logit), sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n}
