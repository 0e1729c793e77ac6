"""Collects the gates.

cell: forget_gate_effect
mistake: gates for memories
"""


def forget_gate_effect(forget_logits):
    return [lstm_step(0.8, l, 0.2, 0.7, 0.9)["forget_gate"] for l in forget_logits]
