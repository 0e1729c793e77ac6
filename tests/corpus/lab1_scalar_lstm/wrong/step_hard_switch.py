"""Gates thresholded at 0.5.

cell: lstm_step
mistake: a switch for a gate
message: 0 or 1 and nothing between
"""


def gate(logit):
    # gate is a switch: open (1) or closed (0)
    if sigmoid(logit) >= 0.5:
        return 1.0
    else:
        return 0.0

def lstm_step(
    c_prev: float,
    forget_logit: float,
    input_logit: float,
    output_logit: float,
    candidate_logit: float,
) -> dict[str, float]:
    fg = gate(forget_logit)
    ig = gate(input_logit)
    og = gate(output_logit)
    cand = np.tanh(candidate_logit)
    c_new = fg*c_prev + ig*cand
    h_new = og*np.tanh(c_new)
    return {"forget_gate": fg, "input_gate": ig, "output_gate": og,
            "c_tilde": cand, "c_t": c_new, "h_t": h_new}
