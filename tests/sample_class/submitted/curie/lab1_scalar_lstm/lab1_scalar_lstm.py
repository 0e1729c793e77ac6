"""Lab 1, as a plain Python file."""

import math


def sigmoid(x):
    """Numerically careful on both sides."""
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    return math.exp(x) / (1 + math.exp(x))


def lstm_step(c_prev, forget_logit, input_logit, output_logit, candidate_logit):
    forget_gate = sigmoid(forget_logit)
    input_gate = sigmoid(input_logit)
    output_gate = sigmoid(output_logit)
    c_tilde = math.tanh(candidate_logit)
    c_t = forget_gate * c_prev + input_gate * c_tilde
    h_t = output_gate * math.tanh(c_t)
    return {
        "forget_gate": forget_gate,
        "input_gate": input_gate,
        "output_gate": output_gate,
        "c_tilde": c_tilde,
        "c_t": c_t,
        "h_t": h_t,
    }


def forget_gate_effect(forget_logits):
    return [lstm_step(0.8, logit, 0.2, 0.7, 0.9)["c_t"] for logit in forget_logits]


if __name__ == "__main__":
    print(forget_gate_effect([1.0, -1.0]))
