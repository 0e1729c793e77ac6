"""Runs the step twice.

cell: gru_step
mistake: step taken twice
message: One call is one step
"""


def gru_step(h_prev, x_t, update_logit, reset_logit):
    gates = []
    for logit in [update_logit, reset_logit]:
        gates.append(sigmoid(logit))
    z, r = gates

    h = h_prev
    for g in gates:
        cand = np.tanh(x_t + r * h)
        h = (1 - z) * h + z * cand

    return {"update_gate": z, "reset_gate": r, "h_candidate": cand, "h_t": h}
