"""Keys as in the formulas, not as in the docstring.

cell: lstm_step
mistake: none
message: lacks `forget_gate`, `input_gate`, `output_gate`
"""


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    f, i, o = sigmoid(forget_logit), sigmoid(input_logit), sigmoid(output_logit)
    g = np.tanh(candidate_logit)
    c = f * c_prev + i * g
    return {"f": f, "i": i, "o": o, "c_tilde": g, "c_t": c, "h_t": o * np.tanh(c)}
