"""itertools.accumulate from 0.8 on.

cell: forget_gate_effect
mistake: none
message: should have 0 numbers, as none goes in, but has 1
"""

from itertools import accumulate


def forget_gate_effect(forget_logits: list[float]) -> list[float]:
    def step(c, logit):
        return lstm_step(c, logit, 0.2, 0.7, 0.9)["c_t"]

    return list(accumulate(forget_logits, step, initial=0.8))
