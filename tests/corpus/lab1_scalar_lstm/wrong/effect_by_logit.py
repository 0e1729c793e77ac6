"""A dict from logit to memory.

cell: forget_gate_effect
mistake: none
message: should be a sequence of numbers, but is
"""


def forget_gate_effect(forget_logits):
    return {l: lstm_step(0.8, l, 0.2, 0.7, 0.9)["c_t"] for l in forget_logits}
