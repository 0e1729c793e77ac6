"""Carries the memory from logit to logit.

cell: forget_gate_effect
mistake: memory carried over
"""


def forget_gate_effect(forget_logits):
    c, out = 0.8, []
    for l in forget_logits:
        c = lstm_step(c, l, 0.2, 0.7, 0.9)["c_t"]
        out.append(c)
    return out
