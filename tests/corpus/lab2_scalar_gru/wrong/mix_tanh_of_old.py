"""The old state squashed in the mix.

cell: gru_step
mistake: another mix
message: tanh(h_prev)
"""


def gru_step(h_prev: float, x_t: float, update_logit: float, reset_logit: float) -> dict[str, float]:
    z_t = sigmoid(update_logit)
    r_t = sigmoid(reset_logit)
    h_candidate = np.tanh(x_t + r_t * h_prev)
    old = (1 - z_t) * np.tanh(h_prev)   # like tanh(c) in the LSTM
    new = z_t * h_candidate
    h_t = old + new
    return {"update_gate": z_t, "reset_gate": r_t, "h_candidate": h_candidate, "h_t": h_t}
