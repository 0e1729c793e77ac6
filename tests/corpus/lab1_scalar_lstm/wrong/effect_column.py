"""A column in place of a row.

cell: forget_gate_effect
mistake: none
message: (0, 1)
"""


def forget_gate_effect(forget_logits):
    return np.array([lstm_step(0.8, l, 0.2, 0.7, 0.9)["c_t"] for l in forget_logits]).reshape(-1, 1)
