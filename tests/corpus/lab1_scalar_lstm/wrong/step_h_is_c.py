"""Returns the memory as h_t.

cell: lstm_step
mistake: c_t for h_t
"""


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    f = sigmoid(forget_logit)
    i = sigmoid(input_logit)
    o = sigmoid(output_logit)
    g = np.tanh(candidate_logit)
    c = f * c_prev + i * g
    h = c
    return {"forget_gate": f, "input_gate": i, "output_gate": o, "c_tilde": g, "c_t": c, "h_t": h}
