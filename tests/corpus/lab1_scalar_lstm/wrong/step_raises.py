"""Reads a key before it is there.

cell: lstm_step
mistake: none
message: raised a KeyError
status: error
"""


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    s = {"forget_gate": sigmoid(forget_logit), "input_gate": sigmoid(input_logit), "output_gate": sigmoid(output_logit)}
    s["c_tilde"] = np.tanh(candidate_logit)
    s["h_t"] = s["output_gate"] * np.tanh(s["c_t"])
    s["c_t"] = s["forget_gate"] * c_prev + s["input_gate"] * s["c_tilde"]
    return s
