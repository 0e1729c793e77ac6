"""Works everything out and forgets to return it.

cell: lstm_step
mistake: none
message: returned None
"""


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    f, i, o = sigmoid(forget_logit), sigmoid(input_logit), sigmoid(output_logit)
    g = np.tanh(candidate_logit)
    c = f * c_prev + i * g
    result = {"forget_gate": f, "input_gate": i, "output_gate": o, "c_tilde": g, "c_t": c, "h_t": o * np.tanh(c)}
