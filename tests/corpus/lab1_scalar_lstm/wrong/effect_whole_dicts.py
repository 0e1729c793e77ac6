"""Collects the whole dicts.

cell: forget_gate_effect
mistake: whole dicts
"""


def forget_gate_effect(forget_logits):
    return [lstm_step(0.8, l, 0.2, 0.7, 0.9) for l in forget_logits]
