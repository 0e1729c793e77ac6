"""The forget gate on both parts.

cell: lstm_step
mistake: one gate for both parts
"""


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    f = sigmoid(forget_logit)
    i = sigmoid(input_logit)
    o = sigmoid(output_logit)
    g = np.tanh(candidate_logit)
    c = f * (c_prev + g)
    h = o * np.tanh(c)
    return {"forget_gate": f, "input_gate": i, "output_gate": o, "c_tilde": g, "c_t": c, "h_t": h}
