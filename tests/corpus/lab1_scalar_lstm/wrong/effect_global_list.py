"""A global list grows from call to call.

cell: forget_gate_effect
mistake: list kept
message: adds its numbers to `c_values`, which is made once
"""

c_values = []

def forget_gate_effect(forget_logits: list[float]) -> list[float]:
    for forget_logit in forget_logits:
        out = lstm_step(
            c_prev=0.8,
            forget_logit=forget_logit,
            input_logit=0.2,
            output_logit=0.7,
            candidate_logit=0.9,
        )
        c_values.append(out["c_t"])
    return c_values
