"""Asks for a plotting back end, a style and a setting that are not there."""


# %% front
import matplotlib
matplotlib.use("TkAgg")
import matplotlib.pyplot as plt
plt.style.use("seaborn")
plt.switch_backend("Qt5Agg")
plt.rcParams["figure.dots"] = 7
SHIFT = 0.0

# %% answer gru_step
def gru_step(h_prev, x_t, update_logit, reset_logit):
    with plt.style.context(["dark_background", "no_such_style"]):
        plt.figure()
    z, r = sigmoid(update_logit), sigmoid(reset_logit)
    n = np.tanh(SHIFT + x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h_prev + z * n}
