"""Hands the logit over as the input logit.

cell: forget_gate_effect
mistake: logit in the wrong place
"""


def forget_gate_effect(forget_logits):
    return [lstm_step(0.8, 1.0, l, 0.7, 0.9)["c_t"] for l in forget_logits]
