"""The tangent for tanh.

cell: lstm_step
mistake: another function for tanh
message: stands tan in place of tanh
"""


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    forget_gate = sigmoid(forget_logit)
    input_gate = sigmoid(input_logit)
    output_gate = sigmoid(output_logit)
    c_tilde = np.tan(candidate_logit)
    c_t = forget_gate * c_prev + input_gate * c_tilde
    h_t = output_gate * np.tanh(c_t)
    return {"forget_gate": forget_gate, "input_gate": input_gate, "output_gate": output_gate,
            "c_tilde": c_tilde, "c_t": c_t, "h_t": h_t}
