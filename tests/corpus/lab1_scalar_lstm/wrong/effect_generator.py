"""Yields the memories.

cell: forget_gate_effect
mistake: generator for a list
"""


def forget_gate_effect(forget_logits):
    for l in forget_logits:
        yield lstm_step(0.8, l, 0.2, 0.7, 0.9)["c_t"]
