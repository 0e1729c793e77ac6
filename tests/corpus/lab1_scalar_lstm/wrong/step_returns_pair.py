"""Returns c_t and h_t as PyTorch does, without the dict.

cell: lstm_step
mistake: none
message: should return a dict, but returned a sequence of 2
"""


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    c = sigmoid(forget_logit) * c_prev + sigmoid(input_logit) * np.tanh(candidate_logit)
    return sigmoid(output_logit) * np.tanh(c), c
