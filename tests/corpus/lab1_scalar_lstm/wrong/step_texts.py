"""Numbers formatted as text, ready to print.

cell: lstm_step
mistake: none
message: `forget_gate` should be a number, but is a text
"""


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    f, i, o = sigmoid(forget_logit), sigmoid(input_logit), sigmoid(output_logit)
    g = np.tanh(candidate_logit)
    c = f * c_prev + i * g
    parts = {"forget_gate": f, "input_gate": i, "output_gate": o, "c_tilde": g, "c_t": c, "h_t": o * np.tanh(c)}
    return {key: f"{value:.4f}" for key, value in parts.items()}
