"""An own sigmoid without its offset, and z - 1.

cell: gru_step
mistake: another function for a gate; another mix
message: 0.5 less than sigmoid of its logit
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    sig = lambda a: 0.5 * np.tanh(0.5 * a)
    z = sig(update_logit)
    r = sig(reset_logit)
    hc = np.tanh(x_t + r * h_prev)
    ht = (z - 1) * h_prev + z * hc
    return {"update_gate": z, "reset_gate": r, "h_candidate": hc, "h_t": ht}
