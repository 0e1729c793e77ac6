"""An array made of whole zeros cuts the decimals.

cell: forget_gate_effect
mistake: whole numbers
message: only whole numbers
"""

import numpy as np

def forget_gate_effect(forget_logits: list[float]) -> list[float]:
    n = len(forget_logits)
    # preallocate
    memories = np.array([0] * n)
    for k in range(n):
        step = lstm_step(0.8, forget_logits[k], 0.2, 0.7, 0.9)
        memories[k] = step["c_t"]
    return memories
