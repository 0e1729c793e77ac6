"""An own tanh from sigmoid, without the factor 2 inside.

cell: lstm_step
mistake: tanh of half or twice
message: tanh is taken of half of what goes in
"""


def tanh(x):
    # tanh is only a sigmoid stretched to -1..1
    return 2 * sigmoid(x) - 1


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
    g = tanh(candidate_logit)
    c = f * c_prev + i * g
    h = o * tanh(c)
    return dict(forget_gate=f, input_gate=i, output_gate=o, c_tilde=g, c_t=c, h_t=h)
