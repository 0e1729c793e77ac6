"""Stores the sum before tanh, and takes tanh in the mix.

cell: gru_step
mistake: candidate without tanh
message: the tanh around it is missing
"""


def gru_step(h_prev: float, x_t: float, update_logit: float, reset_logit: float) -> dict[str, float]:
    z_t = sigmoid(update_logit)
    r_t = sigmoid(reset_logit)
    h_candidate = x_t + r_t * h_prev
    h_t = (1 - z_t) * h_prev + z_t * np.tanh(h_candidate)
    return {"update_gate": z_t, "reset_gate": r_t, "h_candidate": h_candidate, "h_t": h_t}
