"""Parameters renamed, so that the lab's call by name does not fit.

cell: gru_step
mistake: none
message: raised a TypeError
status: error
"""


def gru_step(h, x, u, v):
    z, r = sigmoid(u), sigmoid(v)
    n = np.tanh(x + r * h)
    return {"update_gate": z, "reset_gate": r, "h_candidate": n, "h_t": (1 - z) * h + z * n}
