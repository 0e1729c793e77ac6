"""The number e raised to a power, and tanh written out by hand."""
import math


def sigmoid(x):
    return 1 / (1 + math.e ** (-x))


def my_tanh(x):
    return (math.exp(x) - math.exp(-x)) / (math.exp(x) + math.exp(-x))


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    res = {}
    res["forget_gate"] = sigmoid(forget_logit)
    res["input_gate"] = sigmoid(input_logit)
    res["output_gate"] = sigmoid(output_logit)
    res["c_tilde"] = my_tanh(candidate_logit)
    res["c_t"] = res["forget_gate"] * c_prev
    res["c_t"] += res["input_gate"] * res["c_tilde"]
    res["h_t"] = res["output_gate"] * my_tanh(res["c_t"])
    return res
