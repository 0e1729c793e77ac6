"""The return line is indented too far: only the first value comes out.

cell: forget_gate_effect
mistake: none
message: is None
"""


def forget_gate_effect(forget_logits):
    out = []
    for l in forget_logits:
        out.append(lstm_step(0.8, l, 0.2, 0.7, 0.9)["c_t"])
        return out
