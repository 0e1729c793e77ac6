"""Input and output logit exchanged.

cell: forget_gate_effect
mistake: other logits exchanged
"""


def forget_gate_effect(forget_logits):
    return [lstm_step(0.8, l, 0.7, 0.2, 0.9)["c_t"] for l in forget_logits]
