"""Gates cut to 0 or 1.

cell: gru_step
mistake: a switch for a gate
message: 0 or 1 and nothing between
"""


def gate(logit):
    p = sigmoid(logit)
    if p > 0.5:
        return 1.0
    else:
        return 0.0

def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = gate(update_logit)
    r = gate(reset_logit)
    h_candidate = np.tanh(x_t + r * h_prev)
    h_t = (1 - z) * h_prev + z * h_candidate
    return {"update_gate": z, "reset_gate": r, "h_candidate": h_candidate, "h_t": h_t}
