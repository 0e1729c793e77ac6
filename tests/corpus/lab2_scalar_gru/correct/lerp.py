"""The mix as old state plus a step towards the candidate."""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    out = dict(update_gate=sigmoid(update_logit), reset_gate=sigmoid(reset_logit))
    out["h_candidate"] = np.tanh(x_t + out["reset_gate"] * h_prev)
    out["h_t"] = h_prev + out["update_gate"] * (out["h_candidate"] - h_prev)
    return out
