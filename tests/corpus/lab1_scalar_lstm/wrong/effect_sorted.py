"""Sorts the logits first.

cell: forget_gate_effect
mistake: sorted
"""


def forget_gate_effect(forget_logits):
    return [lstm_step(0.8, l, 0.2, 0.7, 0.9)["c_t"] for l in sorted(forget_logits)]
