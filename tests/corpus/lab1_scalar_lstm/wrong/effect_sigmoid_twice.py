"""Sigmoid before lstm_step takes it.

cell: forget_gate_effect
mistake: sigmoid twice
message: in the forget gate it is taken twice
"""


def forget_gate_effect(forget_logits: list[float]) -> list[float]:
    c_prev = 0.8
    result = []
    for l in forget_logits:
        forget_gate = sigmoid(l)
        step = lstm_step(c_prev, forget_gate, 0.2, 0.7, 0.9)
        result.append(step["c_t"])
    return result
