"""No tanh on the candidate.

cell: lstm_step
mistake: candidate without tanh
"""


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    f = sigmoid(forget_logit)
    i = sigmoid(input_logit)
    o = sigmoid(output_logit)
    g = candidate_logit
    c = f * c_prev + i * g
    h = o * np.tanh(c)
    return {"forget_gate": f, "input_gate": i, "output_gate": o, "c_tilde": g, "c_t": c, "h_t": h}
