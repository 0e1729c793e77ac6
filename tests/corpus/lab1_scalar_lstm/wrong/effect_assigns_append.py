"""Assigns what append gives.

cell: forget_gate_effect
mistake: none
message: `values` has become None
"""


def forget_gate_effect(forget_logits: list[float]) -> list[float]:
    values = []
    for logit in forget_logits:
        step = lstm_step(0.8, logit, 0.2, 0.7, 0.9)
        values = values.append(step["c_t"])
    return values
