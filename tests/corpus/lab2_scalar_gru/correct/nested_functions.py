"""Gates and mix as inner functions that read the outer arguments."""
from collections import defaultdict


def gru_step(h_prev, x_t, update_logit, reset_logit):
    def z():
        return sigmoid(update_logit)

    def r():
        return sigmoid(reset_logit)

    def n():
        return np.tanh(x_t + r() * h_prev)

    def h():
        return (1 - z()) * h_prev + z() * n()

    out = defaultdict(float)
    for name, function in [("update_gate", z), ("reset_gate", r), ("h_candidate", n), ("h_t", h)]:
        out[name] = function()
    return out
