"""Plain Python with the math module; e^-x written by cases so that nothing overflows."""
from math import exp, tanh


def sigmoid(x):
    if x < 0:
        return exp(x) / (exp(x) + 1)
    return 1 / (1 + exp(-x))


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    f, i, o = sigmoid(forget_logit), sigmoid(input_logit), sigmoid(output_logit)
    g = tanh(candidate_logit)
    c = f * c_prev + i * g
    return dict(forget_gate=f, input_gate=i, output_gate=o, c_tilde=g, c_t=c, h_t=o * tanh(c))
