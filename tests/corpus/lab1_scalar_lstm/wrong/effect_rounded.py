"""Rounded for the table.

cell: forget_gate_effect
mistake: rounded
"""


def forget_gate_effect(forget_logits):
    return [round(lstm_step(0.8, l, 0.2, 0.7, 0.9)["c_t"], 4) for l in forget_logits]
