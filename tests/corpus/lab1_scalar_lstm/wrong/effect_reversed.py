"""Inserts each new value at the front.

cell: forget_gate_effect
mistake: reversed order
"""


def forget_gate_effect(forget_logits):
    out = []
    for l in forget_logits:
        out.insert(0, lstm_step(0.8, l, 0.2, 0.7, 0.9)["c_t"])
    return out
