"""Reset gate as output gate, and tanh of the mix.

cell: gru_step
mistake: another mix; no old state in the candidate
message: r · tanh(the mix)
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    update_gate = sigmoid(update_logit)
    reset_gate = sigmoid(reset_logit)
    h_candidate = np.tanh(x_t)
    c_t = (1 - update_gate) * h_prev + update_gate * h_candidate
    h_t = reset_gate * np.tanh(c_t)
    return {"update_gate": update_gate, "reset_gate": reset_gate, "h_candidate": h_candidate, "h_t": h_t}
