"""All gates from one logit, by copy and paste.

cell: lstm_step
mistake: one logit for several gates
"""


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    f = sigmoid(forget_logit)
    i = sigmoid(forget_logit)
    o = sigmoid(forget_logit)
    g = np.tanh(candidate_logit)
    c = f * c_prev + i * g
    h = o * np.tanh(c)
    return {"forget_gate": f, "input_gate": i, "output_gate": o, "c_tilde": g, "c_t": c, "h_t": h}
