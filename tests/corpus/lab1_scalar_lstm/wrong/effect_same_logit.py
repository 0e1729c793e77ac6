"""Hands 1.0 over every time.

cell: forget_gate_effect
mistake: same logit every time
"""


def forget_gate_effect(forget_logits):
    return [lstm_step(0.8, 1.0, 0.2, 0.7, 0.9)["c_t"] for l in forget_logits]
