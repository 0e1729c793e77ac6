"""0-d arrays, and a weighted average for the mix."""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = np.asarray(sigmoid(update_logit)), np.asarray(sigmoid(reset_logit))
    n = np.asarray(np.tanh(np.add(x_t, np.multiply(r, h_prev))))
    h = np.asarray(np.average([h_prev, n], weights=[1 - z, z]))
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": h}
