"""A misspelt key, and a logit for a gate.

cell: gru_step
mistake: none
message: lacks `h_candidate`
"""


def gru_step(h_prev: float, x_t: float, update_logit: float, reset_logit: float) -> dict[str, float]:
    update_gate = sigmoid(update_logit)
    reset_gate = sigmoid(reset_logit)
    h_candidate = np.tanh(x_t + reset_logit * h_prev)
    h_t = (1 - update_gate) * h_prev + update_gate * h_candidate
    return {
        "update_gate": update_gate,
        "reset_gate": reset_gate,
        "h_candiate": h_candidate,
        "h_t": h_t,
    }
