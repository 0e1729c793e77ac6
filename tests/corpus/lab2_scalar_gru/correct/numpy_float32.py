"""float32 scalars; a shut gate overflows with a warning."""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    h, x, u, v = np.array([h_prev, x_t, update_logit * 2, reset_logit * 2], dtype=np.float32)
    one = np.float32(1)
    z = one / (one + np.exp(-u / 2))
    r = one / (one + np.exp(-v / 2))
    n = np.tanh(x + r * h)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (one - z) * h + z * n}
