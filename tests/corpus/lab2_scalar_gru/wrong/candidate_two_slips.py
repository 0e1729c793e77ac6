"""1 - r, and a minus, in the candidate.

cell: gru_step
mistake: another formula for the candidate
message: tanh(x_t − (1 − r) · h_prev)
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = sigmoid(update_logit)
    r = sigmoid(reset_logit)
    # r near 1 = reset, so remove that part of the old state
    remaining = (1 - r) * h_prev
    h_candidate = np.tanh(x_t - remaining)
    h_t = (1 - z) * h_prev + z * h_candidate
    return {"update_gate": z, "reset_gate": r, "h_candidate": h_candidate, "h_t": h_t}
