"""As before, but with the empty list taken care of.

cell: forget_gate_effect
mistake: return inside the loop
message: Only the first logit
"""


def forget_gate_effect(forget_logits):
    out = []
    for l in forget_logits:
        out.append(lstm_step(0.8, l, 0.2, 0.7, 0.9)["c_t"])
        break
    return out
