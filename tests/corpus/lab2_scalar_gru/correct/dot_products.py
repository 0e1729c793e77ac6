"""Candidate and mix as dot products with two-vectors."""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z, r = 1 / (1 + np.exp(-np.array([update_logit, reset_logit])))
    n = np.tanh(np.dot([1.0, r], [x_t, h_prev]))
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": np.dot([1 - z, z], [h_prev, n])}
