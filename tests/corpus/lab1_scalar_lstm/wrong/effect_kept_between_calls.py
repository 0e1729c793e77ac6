"""The list is a default argument, so that it grows from call to call.

cell: forget_gate_effect
mistake: list kept
message: adds its numbers to `out`, which is made once
"""


def forget_gate_effect(forget_logits, out=[]):
    for l in forget_logits:
        out.append(lstm_step(0.8, l, 0.2, 0.7, 0.9)["c_t"])
    return out
