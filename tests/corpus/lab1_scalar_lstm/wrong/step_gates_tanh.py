"""tanh for the gates.

cell: lstm_step
mistake: tanh for the gates
"""


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    f = np.tanh(forget_logit)
    i = np.tanh(input_logit)
    o = np.tanh(output_logit)
    g = np.tanh(candidate_logit)
    c = f * c_prev + i * g
    h = o * np.tanh(c)
    return {"forget_gate": f, "input_gate": i, "output_gate": o, "c_tilde": g, "c_t": c, "h_t": h}
