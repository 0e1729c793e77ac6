"""The reset gate as an LSTM's forget gate.

cell: gru_step
mistake: reset gate in the mix
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = sigmoid(update_logit)
    r = sigmoid(reset_logit)
    n = np.tanh(x_t + r * h_prev)
    h = r * h_prev + z * n
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": h}
