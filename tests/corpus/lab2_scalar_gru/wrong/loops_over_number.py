"""Loops over a single number.

cell: gru_step
mistake: none
message: which has no length
status: error
"""


def gru_step(h_prev: float, x_t: float, update_logit: float, reset_logit: float) -> dict[str, float]:
    z = sigmoid(update_logit)
    r = sigmoid(reset_logit)
    h = h_prev
    for t in range(len(x_t)):
        h_candidate = np.tanh(x_t[t] + r * h)
        h = (1 - z) * h + z * h_candidate
    return {"update_gate": z, "reset_gate": r, "h_candidate": h_candidate, "h_t": h}
