"""An interpolation that goes away from the candidate.

cell: gru_step
mistake: another mix
message: h_prev − h_candidate
"""


def lerp(old, new, share):
    return old + share * (old - new)

def gru_step(h_prev, x_t, update_logit, reset_logit):
    z = sigmoid(update_logit)
    r = sigmoid(reset_logit)
    candidate = np.tanh(x_t + r * h_prev)
    return {"update_gate": z, "reset_gate": r, "h_candidate": candidate, "h_t": lerp(h_prev, candidate, z)}
