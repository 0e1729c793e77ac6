"""Logits in the place of gate and candidate.

cell: forget_gate_effect
mistake: logits for gates
message: The numbers of the task are logits
"""


def forget_gate_effect(forget_logits):
    c_prev, i_t, o_t, c_tilde = 0.8, 0.2, 0.7, 0.9
    return [sigmoid(l) * c_prev + i_t * c_tilde for l in forget_logits]
