"""An LSTM's step, pasted from lab 1.

cell: gru_step
mistake: none
message: raised a TypeError
status: error
"""


def gru_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    c = sigmoid(forget_logit) * c_prev + sigmoid(input_logit) * np.tanh(candidate_logit)
    return {"c_t": c, "h_t": sigmoid(output_logit) * np.tanh(c)}
