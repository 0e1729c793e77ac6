"""Counts from 1, and swaps two logits.

cell: forget_gate_effect
mistake: none
message: should have 1 number, one for each that goes in
"""


def forget_gate_effect(forget_logits):
    n = len(forget_logits)
    c = []
    for k in range(1, n):
        s = lstm_step(0.8, forget_logits[k], 0.7, 0.2, 0.9)
        c.append(s["c_t"])
    return c
