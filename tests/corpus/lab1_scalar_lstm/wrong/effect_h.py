"""Collects h_t.

cell: forget_gate_effect
mistake: h_t for c_t
"""


def forget_gate_effect(forget_logits):
    return [lstm_step(0.8, l, 0.2, 0.7, 0.9)["h_t"] for l in forget_logits]
