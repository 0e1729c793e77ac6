"""Commas for colons: a set.

cell: lstm_step
mistake: none
message: returned a set
"""


def lstm_step(
    c_prev: float,
    forget_logit: float,
    input_logit: float,
    output_logit: float,
    candidate_logit: float,
) -> dict[str, float]:
    f = sigmoid(forget_logit)
    i = sigmoid(input_logit)
    o = sigmoid(output_logit)
    c_tilde = np.tanh(candidate_logit)
    c_t = f * c_prev + i * c_tilde
    h_t = o * np.tanh(c_t)
    return {
        "forget_gate", f,
        "input_gate", i,
        "output_gate", o,
        "c_tilde", c_tilde,
        "c_t", c_t,
        "h_t", h_t,
    }
