"""Gates unpacked in the other order.

cell: gru_step
mistake: update and reset swapped
message: computed from the reset logit
"""


def gru_step(h_prev: float, x_t: float, update_logit: float, reset_logit: float) -> dict[str, float]:
    r, z = [sigmoid(logit) for logit in (update_logit, reset_logit)]
    n = np.tanh(x_t + r * h_prev)
    h = (1 - z) * h_prev + z * n
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": h}
